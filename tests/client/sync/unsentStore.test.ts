import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { keepUnsent } from '../../../client/sync/keepUnsent.ts'
import type { TailKey } from '../../../client/sync/tail.ts'
import type { UnsentDatabase } from '../../../client/sync/unsentDatabase.ts'
import { createUnsentStore } from '../../../client/sync/unsentStore.ts'
import { setClauseText, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'

/** Keeps nothing; counts what it is asked to. */
function database(works: boolean) {
  const asked: string[] = []
  const answer = (what: string) => {
    asked.push(what)
    return Promise.resolve(works)
  }
  const fake: UnsentDatabase = {
    putChange: (key, n) => answer(`put ${key.client} ${n}`),
    putTab: (key) => answer(`describe ${key.client}`),
    deleteChanges: (key, numbers) => answer(`delete ${key.client} ${numbers.join()}`),
    deleteTail: (key) => answer(`drop ${key.client}`),
    deleteUser: (userId) => answer(`wipe ${userId}`),
    read: async () => [],
  }
  return { fake, asked }
}
const key = (userId: string, client: number): TailKey => ({
  userId,
  documentId: 'd',
  epoch: 'e1',
  client,
})
const bytes = new Uint8Array([0, 0])

test('an acknowledgement takes away its own changes, and never those of another tab', async () => {
  const { fake, asked } = database(true)
  const store = createUnsentStore(fake)
  for (const [client, n] of [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const)
    expect(await store.keep(key('u', client), { n, bytes })).toBe(true)
  store.forget(key('u', 1), [1])
  expect(asked.at(-1)).toBe('delete 1 1')
  expect((await store.tails('u')).map(({ client, changes }) => [client, changes.length])).toEqual([
    [1, 1],
    [2, 1],
  ])
  store.forget(key('u', 1), [2])
  expect(asked.at(-1)).toBe('drop 1')
  expect((await store.tails('u')).map(({ client }) => client)).toEqual([2])
})

test('[B53] nobody is shown what somebody else wrote, and a wipe takes one person’s words alone', async () => {
  const { fake, asked } = database(true)
  const store = createUnsentStore(fake)
  await store.keep(key('one', 1), { n: 1, bytes })
  await store.keep(key('two', 2), { n: 1, bytes })
  expect((await store.tails('one', 'd')).map(({ client }) => client)).toEqual([1])
  await store.wipe('one')
  expect(asked.at(-1)).toBe('wipe one')
  expect(await store.tails('one')).toEqual([])
  expect(await store.tails('two')).toHaveLength(1)
})

test('[B53] a page whose person has signed out in another tab takes its own words away, and writes none back', async () => {
  const { fake, asked } = database(true)
  const store = createUnsentStore(fake)
  const doc = new Y.Doc()
  writeBody(doc, [clause('k', 'paragraph', 'cũ')])
  const kept = keepUnsent({
    doc,
    key: key('one', doc.clientID),
    model: 'articles',
    store,
    onChange: () => {},
  })
  let n = 0
  doc.on('update', (change: Uint8Array, _origin, _doc, transaction) => {
    n += 1
    kept.note(n, change, transaction)
  })
  setClauseText(doc, 'k', 'cũ mới')
  await store.keep(key('two', 2), { n: 1, bytes })
  await store.letGo('one')
  // Never all of the user's: somebody may have signed in again and written since.
  expect(asked.at(-1)).toBe(`drop ${doc.clientID}`)
  expect(asked.join()).not.toContain('wipe')
  const before = asked.length
  setClauseText(doc, 'k', 'cũ mới nữa')
  expect(kept.fork('document/locked')).toEqual([])
  kept.destroy()
  expect(asked.slice(before)).toEqual([])
  expect(await store.tails('one')).toEqual([])
  expect(await store.tails('two')).toHaveLength(1)
})

test('a device that keeps nothing says so; the page still has the words', async () => {
  const store = createUnsentStore(database(false).fake)
  expect(store.isReliable()).toBe(true)
  expect(await store.keep(key('u', 1), { n: 1, bytes })).toBe(false)
  expect(await store.settled()).toBe(true)
  expect(store.isReliable()).toBe(false)
  expect(await store.tails('u')).toHaveLength(1)
})

test('words that the device could not keep are never said to be kept on it', async () => {
  const store = createUnsentStore(database(false).fake)
  const doc = new Y.Doc()
  writeBody(doc, [clause('k', 'paragraph', 'cũ')])
  const own = key('u', doc.clientID)
  const kept = keepUnsent({ doc, key: own, model: 'articles', store, onChange: () => {} })
  expect(kept.isKept()).toBe(true)
  doc.on('update', (change: Uint8Array, _origin, _doc, transaction) =>
    kept.note(1, change, transaction),
  )
  setClauseText(doc, 'k', 'cũ mới')
  await expect.poll(() => kept.isKept()).toBe(false)
  kept.covered([1])
  expect(kept.isKept()).toBe(true)
  kept.destroy()
})
