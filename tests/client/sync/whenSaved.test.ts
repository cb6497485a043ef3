import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ConnectionState, INITIAL } from '../../../client/sync/connectionState.ts'
import { whenSaved } from '../../../client/sync/whenSaved.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A connection of which only the state is asked. */
function connection() {
  const listeners = new Set<() => void>()
  let state: ConnectionState = INITIAL
  return {
    listeners,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    getSnapshot: () => state,
    becomes(change: Partial<ConnectionState>) {
      state = { ...state, ...change }
      for (const listener of [...listeners]) listener()
    },
  }
}

test('an act waits until one’s own letters are on disk, whatever else changes meanwhile', async () => {
  const here = connection()
  const heard: boolean[] = []
  const waiting = whenSaved(here, null).then((saved) => heard.push(saved))
  here.becomes({ loaded: true })
  here.becomes({ save: 'offline' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(heard).toEqual([])
  here.becomes({ save: 'saved' })
  await waiting
  expect(heard).toEqual([true])
  expect(here.listeners.size).toBe(0)
  expect(await whenSaved(here)).toBe(true)
})

test('after five seconds it is told that they are not, and nothing is left behind', async () => {
  const here = connection()
  const waiting = whenSaved(here)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await waiting).toBe(false)
  expect(here.listeners.size).toBe(0)
})
