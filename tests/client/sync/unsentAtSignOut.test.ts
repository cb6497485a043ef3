import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answered } from '../../../client/base/answered.ts'
import type { Tail } from '../../../client/sync/tail.ts'
import { unsentAtSignOut } from '../../../client/sync/unsentAtSignOut.ts'

const tail: Tail = {
  userId: 'u',
  documentId: 'd',
  epoch: 'e1',
  client: 1,
  changes: [],
  words: [],
  wordsUpTo: 0,
  refused: null,
}
const silent = () => new Promise<never>(() => {})
const kept = { count: async () => 0 }
let online = true
const canSend = () => online
beforeEach(() => {
  online = true
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('a device that never answers keeps nobody from signing out; what the page itself knows is still offered', async () => {
  const unsent = unsentAtSignOut({ tails: silent, ownTails: () => [tail] }, 'u', canSend, kept)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await unsent).toEqual({ tails: [tail], drafts: 0, complete: false })
  const wiped = answered(silent())
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await wiped).toBeNull()
  expect(vi.getTimerCount()).toBe(0)
})

test('words that are on their way are waited for; whatever stays is offered', async () => {
  let left = [tail]
  const store = { tails: async () => left, ownTails: () => [] }
  const sent = unsentAtSignOut(store, 'u', canSend, kept)
  await vi.advanceTimersByTimeAsync(200)
  left = []
  await vi.advanceTimersByTimeAsync(100)
  expect(await sent).toEqual({ tails: [], drafts: 0, complete: true })
  left = [tail]
  const stays = unsentAtSignOut(store, 'u', canSend, kept)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await stays).toEqual({ tails: [tail], drafts: 0, complete: true })
})

test('without a network nothing is on its way: what is unsent is offered at once, also when the line goes meanwhile', async () => {
  const store = { tails: async () => [tail], ownTails: () => [] }
  online = false
  expect(await unsentAtSignOut(store, 'u', canSend, kept)).toEqual({
    tails: [tail],
    drafts: 0,
    complete: true,
  })
  expect(vi.getTimerCount()).toBe(0)
  online = true
  const goes = unsentAtSignOut(store, 'u', canSend, kept)
  await vi.advanceTimersByTimeAsync(200)
  online = false
  await vi.advanceTimersByTimeAsync(100)
  expect(await goes).toEqual({ tails: [tail], drafts: 0, complete: true })
})

test('drafts that only this device has are counted; where it does not say how many, nobody is told that there are none', async () => {
  const store = { tails: async () => [], ownTails: () => [] }
  const drafted = unsentAtSignOut(store, 'u', canSend, { count: async () => 3 })
  expect(await drafted).toEqual({ tails: [], drafts: 3, complete: true })
  const closed = { count: () => Promise.reject(new Error('closed')) }
  expect((await unsentAtSignOut(store, 'u', canSend, closed)).complete).toBe(false)
  const unsaid = unsentAtSignOut(store, 'u', canSend, { count: silent })
  await vi.advanceTimersByTimeAsync(5_000)
  expect((await unsaid).complete).toBe(false)
})
