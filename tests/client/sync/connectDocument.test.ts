import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { connectDocument, type DocumentConnection } from '../../../client/sync/connectDocument.ts'
import type { SocketClass } from '../../../client/sync/trackDurability.ts'
import { closeCode, type ErrorCode } from '../../../shared/base/errors.ts'
import type { BlocId, DocumentId } from '../../../shared/base/ids.ts'
import { readBody, setClauseText, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'
import { miniRelay } from '../../support/miniRelay.ts'

const server = createServer()
const relay = miniRelay(server, (as) => ({
  id: 'u'.padEnd(21, '0'),
  name: as,
  agencyId: null,
  agency: '',
  color: '#0e5a5a',
}))
let port = 0
let documentId: DocumentId
let documents = 0
const open: DocumentConnection[] = []

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
beforeEach(() => {
  documents += 1
  documentId = `doc${String(documents).padStart(18, '0')}` as DocumentId
  writeBody(relay.room(documentId).doc, [
    clause('a', 'article', 'Mục tiêu'),
    clause('k', 'paragraph', 'cũ'),
  ])
})
afterAll(async () => {
  for (const connection of open) connection.destroy()
  relay.close()
  await new Promise((resolve) => server.close(resolve))
})

function connect(askWhy: () => Promise<ErrorCode | null> = async () => null) {
  const connection = connectDocument({
    documentId,
    blocId: 'bloc'.padEnd(21, '0') as BlocId,
    userId: 'u'.padEnd(21, '0'),
    epoch: 'e1',
    model: 'articles',
    serverUrl: `ws://127.0.0.1:${port}/sync`,
    Socket: WebSocket as unknown as SocketClass,
    online: { isOnline: () => true, subscribe: () => () => {} },
    askWhy,
  })
  open.push(connection)
  connection.open()
  return connection
}
const state = (connection: DocumentConnection) => connection.getSnapshot()
const until = (connection: DocumentConnection, wanted: object) =>
  expect.poll(() => state(connection), { timeout: 5_000 }).toMatchObject(wanted)

/** Words typed when the text has just been locked: the connection that takes the place of the refused one. */
async function typedIntoLock(connection: DocumentConnection): Promise<DocumentConnection> {
  const replaced = new Promise<DocumentConnection>((resolve) => connection.onReplaced(resolve))
  relay.room(documentId).locked = true
  setClauseText(connection.doc, 'k', 'mới')
  const next = await replaced
  open.push(next)
  connection.destroy()
  next.open()
  return next
}

test('[P04] saved is synced and everything acknowledged; a deletion waits for its ack too', async () => {
  const connection = connect()
  await until(connection, { save: 'saved', pending: 0, loaded: true, writable: true })
  relay.room(documentId).mute = true
  setClauseText(connection.doc, 'k', '')
  expect(state(connection)).toMatchObject({ save: 'saving', pending: 1 })
  relay.room(documentId).mute = false
  setClauseText(connection.doc, 'a', 'Mục tiêu chung')
  await until(connection, { save: 'saved', pending: 0 })
})

test('[B51] what is typed while the line is cut is there after it is back', async () => {
  const connection = connect()
  await until(connection, { save: 'saved' })
  setClauseText(connection.doc, 'k', 'một')
  relay.cut({ refuse: true })
  setClauseText(connection.doc, 'k', 'một hai')
  await until(connection, { save: 'offline', online: false })
  expect(state(connection).pending).toBeGreaterThan(0)
  relay.cut({ refuse: false })
  await until(connection, { save: 'saved', pending: 0, online: true })
  expect(JSON.stringify(readBody(relay.room(documentId).doc))).toContain('một hai')
})

test('[P30] a refusal opens a new copy, which keeps the words and forbids writing until the lock is lifted', async () => {
  const connection = connect()
  await until(connection, { save: 'saved' })
  const next = await typedIntoLock(connection)
  await until(next, {
    save: 'unsaved',
    writable: false,
    refused: { code: 'document/locked' },
    unsent: [{ clauseId: 'k', place: 'khoản 1 Điều 1', mine: 'mới', theirs: 'cũ' }],
  })
  expect(next.doc.clientID).not.toBe(connection.doc.clientID)
  next.dismissUnsent()
  expect(state(next)).toMatchObject({ save: 'saved', writable: false, unsent: [] })
  relay.notify(documentId, { type: 'phase', phase: 'drafting', by: null })
  await until(next, { writable: true, refused: null })
})

test('a close that retrying can’t mend stops the connection and says why', async () => {
  const connection = connect()
  await until(connection, { save: 'saved' })
  relay.refuse(documentId, 'auth/required')
  await until(connection, { refused: { code: 'auth/required' }, writable: false, save: 'unsaved' })
  // Signed in again: the same document goes on.
  const { clientID } = connection.doc
  connection.open()
  await until(connection, { refused: null, save: 'saved', writable: true })
  expect(connection.doc.clientID).toBe(clientID)
})

test('why the connection before this one was refused does not hide why this one is', async () => {
  const connection = connect()
  await until(connection, { save: 'saved' })
  const next = await typedIntoLock(connection)
  await until(next, { loaded: true, refused: { code: 'document/locked' } })
  // A bare close: the frame that says why was lost.
  for (const { socket } of relay.room(documentId).peers) socket.close(closeCode('auth/required'))
  await until(next, { ended: true, refused: { code: 'auth/required' } })
})

test('[P04] a server whose disk takes nothing is never called saved; once it does, the words go by themselves', async () => {
  const connection = connect()
  await until(connection, { save: 'saved', faulty: false })
  const room = relay.room(documentId)
  room.full = true
  const said: string[] = []
  setClauseText(connection.doc, 'k', 'một')
  connection.subscribe(() => said.push(state(connection).save))
  await until(connection, { save: 'unsaved', faulty: true, writable: true, refused: null })
  setClauseText(connection.doc, 'k', 'một hai')
  const { rejections } = room
  await expect.poll(() => room.rejections, { timeout: 20_000 }).toBeGreaterThan(rejections + 1)
  await until(connection, { save: 'unsaved', faulty: true })
  expect(said).not.toContain('saved')
  expect(JSON.stringify(readBody(room.doc))).not.toContain('một')
  room.full = false
  await until(connection, { save: 'saved', pending: 0, faulty: false })
  expect(JSON.stringify(readBody(room.doc))).toContain('một hai')
})

test('after an upgrade that failed the reason is asked for over HTTP', async () => {
  relay.cut({ refuse: true })
  let asked = 0
  const connection = connect(async () => {
    asked += 1
    return 'document/not-found'
  })
  await until(connection, { refused: { code: 'document/not-found' }, loaded: false })
  expect(asked).toBe(1)
  relay.cut({ refuse: false })
})

test('notices reach whoever listens', async () => {
  const connection = connect()
  await until(connection, { save: 'saved' })
  const heard = new Promise((resolve) => connection.onNotice(resolve))
  relay.notify(documentId, { type: 'position' })
  expect(await heard).toEqual({ type: 'position' })
})

test('a connection never writes by itself', async () => {
  relay.room(documentId).changes = 0
  const connection = connect()
  await until(connection, { save: 'saved' })
  expect(relay.room(documentId).changes).toBe(0)
  expect(Y.encodeStateVector(connection.doc)).toEqual(
    Y.encodeStateVector(relay.room(documentId).doc),
  )
})
