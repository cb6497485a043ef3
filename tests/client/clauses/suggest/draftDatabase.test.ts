import { afterEach, expect, test, vi } from 'vitest'
import { beginDraft } from '../../../../client/clauses/suggest/beginDraft.ts'
import {
  NO_DEVICE,
  NOTHING_KEPT,
  openDraftDatabase,
} from '../../../../client/clauses/suggest/draftDatabase.ts'

const KEY = { userId: 'u', documentId: 'd', epoch: 'e' }
const UNKEPT = { kept: NOTHING_KEPT, device: NO_DEVICE }

/** @param transaction what the opened database answers when it is asked for one */
function stubDevice(transaction: () => never) {
  const request = { result: { transaction }, onsuccess: () => {} }
  vi.stubGlobal('indexedDB', {
    open() {
      queueMicrotask(() => request.onsuccess())
      return request
    },
  })
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a device that never answers keeps nobody from drafting', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('indexedDB', { open: () => ({}) })
  const begun = beginDraft(KEY, openDraftDatabase())
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await begun).toEqual(UNKEPT)
  expect(vi.getTimerCount()).toBe(0)
})

test('a database that the browser has closed gives nothing, takes nothing and wipes nothing, and says so', async () => {
  stubDevice(() => {
    throw new Error('InvalidStateError')
  })
  const database = openDraftDatabase()
  expect(await beginDraft(KEY, database)).toEqual(UNKEPT)
  expect(await database.add(KEY, new Uint8Array())).toBe(false)
  expect(await database.setWords(KEY, NOTHING_KEPT)).toBe(false)
  expect(await database.wipe('u')).toBe(false)
  await expect(database.count('u')).rejects.toThrow()
})

test('where there is no database nothing has to be wiped', async () => {
  vi.stubGlobal('indexedDB', undefined)
  const database = openDraftDatabase()
  expect(await database.count('u')).toBe(0)
  expect(await database.wipe('u')).toBe(true)
})
