import { afterAll, beforeAll, expect, test } from 'vitest'
import { clauseAtHash } from '../../server/sync/clauseAtHash.ts'
import { blockText } from '../../shared/clauses/clause.ts'
import { setClauseText } from '../../shared/clauses/yjs.ts'
import { openDocument } from '../server/support/peers.ts'
import { clausesOf, crowd, lock } from '../server/support/people.ts'
import type { TestPeer } from '../support/TestPeer.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'

let server: TestServer
let person: ReturnType<typeof crowd>
let peer: TestPeer
let documentId: string
let epoch: string

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  const document = await server.documentOf('plan')
  documentId = document.id
  epoch = document.epoch
  peer = await openDocument(server, await person('stc.officer'), documentId)
})
afterAll(async () => {
  await peer.leave()
  await server.close()
})

const clause = async (index: number) =>
  (await clausesOf(await person('stc.officer'), documentId)).clauses[index] ?? {
    id: '',
    hash: '',
    text: '',
  }
const rewrite = async (clauseId: string, text: string) => {
  peer.write((_, doc) => void setClauseText(doc, clauseId, text))
  await peer.saved()
}
const sought = (clauseId: string, hash: string, at?: number) =>
  clauseAtHash(server.platform.database.read, {
    documentId,
    epoch,
    clauseId,
    hash,
    ...(at !== undefined && { at }),
  })

test('[P13] the words of a former hash are found in the log, with and without knowing when', async () => {
  const seeded = await clause(2)
  for (const text of ['Lời thứ nhất', 'Lời thứ hai', 'Lời thứ ba']) {
    server.advanceClock(60_000)
    await rewrite(seeded.id, text)
    const { hash } = await clause(2)
    const at = server.platform.clock()
    server.advanceClock(3_600_000)
    await rewrite(seeded.id, `${text} rồi khác`)
    for (const when of [undefined, at, at - 30_000_000]) {
      const found = await sought(seeded.id, hash, when)
      expect(found && blockText(found.block)).toBe(text)
    }
  }
  const first = await sought(seeded.id, seeded.hash)
  expect(first && blockText(first.block)).toBe(seeded.text)
})

test('[P13] what a clause never said is not found', async () => {
  expect(await sought((await clause(2)).id, 'a'.repeat(64))).toBeNull()
  expect(await sought('khong-co', (await clause(2)).hash)).toBeNull()
})

test('[P13] the words are found in a version too, and after the log was put together', async () => {
  const { id, hash, text } = await clause(3)
  await peer.leave()
  await lock(person, documentId)
  const found = await sought(id, hash)
  expect(found && blockText(found.block)).toBe(text)
})
