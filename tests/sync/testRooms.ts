import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { openBlobs } from '../../server/platform/blobs.ts'
import { readConfig } from '../../server/platform/config.ts'
import { type Database, openDatabase } from '../../server/platform/database.ts'
import { createLog } from '../../server/platform/log.ts'
import type { Platform } from '../../server/platform/platform.ts'
import type { ConnectionOptions } from '../../server/sync/Connections.ts'
import { createRooms, type Rooms } from '../../server/sync/rooms.ts'
import { applyStored } from '../../server/sync/updateLog.ts'
import type { Block } from '../../shared/clauses/clause.ts'
import { writeBody } from '../../shared/clauses/yjs.ts'
import { clause, table } from '../support/builders.ts'
import { openStockClient, type StockClient } from '../support/stockClient.ts'
import { TestPeer } from '../support/TestPeer.ts'

export const DOCUMENT = 'document0000000000001'
export const TEMPLATE: Block[] = [
  clause('c1', 'article', 'Nội dung giao ước'),
  clause('c2', 'paragraph', 'Thi đua hoàn thành nhiệm vụ'),
  clause('c3', 'point', ''),
  table('t1', [
    ['Chỉ tiêu', 'Điểm'],
    ['Chuyển đổi số', '10'],
  ]),
]

const AGENCIES = [
  ['vpdbqh', 'lead'],
  ['snv', 'deputy'],
  ['stc', 'member'],
  ['bantdkt', 'observer'],
] as const
/** Account names as of the sample bloc; their ids are made of them. */
const PEOPLE = ['head', 'officer', 'clerk', 'observer'] as const

export const accountId = (account: string) =>
  account
    .replace(/[^a-z]/g, '0')
    .padEnd(21, '0')
    .slice(0, 21)

export type TestRooms = {
  rooms: Rooms
  platform: Platform
  database: Database
  server: Server
  url: string
  late: { id: string; documentId: string }[]
  endedSessions: Set<string>
  headers(account: string): Record<string, string>
  join(account: string, query?: string, doc?: Y.Doc): Promise<TestPeer>
  connect(account: string, query?: string, doc?: Y.Doc): Promise<TestPeer>
  stock(account: string, doc?: Y.Doc, params?: Record<string, string>): StockClient
  /** Text of a fresh room built from disk by another connection to the same file. */
  diskText(): Promise<string>
  logLength(): Promise<number>
  setPhase(phase: string): Promise<void>
  close(): Promise<void>
}

/** One for all: each adds a listener of its own to the process. */
const log = createLog('silent')

/** The rooms on a real SQLite file and real sockets; who comes is said by a header in place of a session. */
export async function startTestRooms(
  options: ConnectionOptions & {
    folder?: string
    wrap?: (database: Database) => Database
  } = {},
): Promise<TestRooms> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'nhat-tri-sync-')))
  const file = path.join(folder, 'test.sqlite')
  if (!options.folder) {
    filled ??= makeFilled()
    await writeFile(file, await filled)
  }
  const real = await openDatabase(file, () => {
    throw new Error('the writer thread died')
  })
  const database = options.wrap ? options.wrap(real) : real
  let ids = 0
  const platform: Platform = {
    config: readConfig({ DATA_DIR: folder, PORT: '0' }),
    database,
    blobs: await openBlobs(path.join(folder, 'blobs')),
    log,
    clock: () => Date.now(),
    newId() {
      ids += 1
      return `id${ids}x`.padEnd(21, '0')
    },
  }
  const late: { id: string; documentId: string }[] = []
  const endedSessions = new Set<string>()
  const rooms = createRooms(
    platform,
    {
      async authenticate(req) {
        const account = req.headers['x-account']
        const sessionId = String(req.headers['x-session'] ?? `session of ${account}`)
        if (typeof account !== 'string' || endedSessions.has(sessionId)) return null
        return { accountId: accountId(account), sessionId }
      },
      endedSessions: async (ids) => ids.filter((id) => endedSessions.has(id)),
      isAllowedOrigin: ({ headers }) =>
        headers.origin === undefined || headers.origin === 'http://localhost',
      async onRestructured() {},
      async onLeft() {},
      async onLateUpdate(update) {
        late.push(update)
      },
    },
    { offencesAMinute: 10_000, ...options },
  )
  const server = createServer()
  rooms.attach(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`
  const headers = (account: string) => ({ 'x-account': account })
  const clients: StockClient[] = []
  const peers: TestPeer[] = []
  const address = (query = '') => `${url}/${DOCUMENT}${query}`
  const connect: TestRooms['connect'] = async (account, query, doc) => {
    const peer = await TestPeer.connect(address(query), {
      headers: headers(account),
      ...(doc ? { doc } : {}),
    })
    peers.push(peer)
    return peer
  }
  return {
    rooms,
    platform,
    database: real,
    server,
    url,
    late,
    endedSessions,
    headers,
    connect,
    async join(account, query, doc) {
      const peer = await connect(account, query, doc)
      peer.sendStep1()
      await peer.until(() => peer.synced, 'synced')
      return peer
    },
    stock(account, doc, params) {
      const client = openStockClient({
        url,
        documentId: DOCUMENT,
        headers: headers(account),
        ...(doc ? { doc } : {}),
        ...(params ? { params } : {}),
      })
      clients.push(client)
      return client
    },
    async diskText() {
      const rows = await real.read
        .selectFrom('document_update')
        .select('bytes')
        .where('document_id', '=', DOCUMENT)
        .orderBy('seq')
        .execute()
      const doc = new Y.Doc()
      applyStored(
        doc,
        rows.map((row) => row.bytes),
      )
      return doc.getXmlFragment('body').toString()
    },
    async logLength() {
      const rows = await real.read
        .selectFrom('document_update')
        .select('seq')
        .where('document_id', '=', DOCUMENT)
        .execute()
      return rows.length
    },
    async setPhase(phase) {
      await real.write((tx) =>
        tx.updateTable('document').set({ phase }).where('id', '=', DOCUMENT).execute(),
      )
    },
    async close() {
      for (const client of clients) client.destroy()
      for (const peer of peers) peer.ws.terminate()
      await rooms.close()
      await new Promise((closed) => server.close(closed))
      await real.close()
      if (!options.folder) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The file that every test starts from: making its tables takes longer than most tests. */
let filled: Promise<Buffer> | undefined

async function makeFilled(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-sync-'))
  const file = path.join(folder, 'test.sqlite')
  const database = await openDatabase(file, (cause) => {
    throw cause
  })
  await fill(database)
  await database.close()
  const bytes = await readFile(file)
  await rm(folder, { recursive: true })
  return bytes
}

async function fill(database: Database): Promise<void> {
  const doc = new Y.Doc()
  doc.clientID = 1
  writeBody(doc, TEMPLATE)
  const template = Buffer.from(Y.encodeStateAsUpdate(doc))
  await database.write(async (tx) => {
    await tx
      .insertInto('bloc')
      .values({ id: 'b', name: 'Khối', short_name: 'Khối', year: 2022, deputy_acts_until: null })
      .execute()
    for (const [rank, [id, role]] of AGENCIES.entries()) {
      const names = { name: `Cơ quan ${id}`, short_name: id.toUpperCase() }
      await tx
        .insertInto('agency')
        .values({ id, code: id, ...names })
        .execute()
      await tx
        .insertInto('membership')
        .values({ bloc_id: 'b', agency_id: id, role, rank })
        .execute()
      for (const person of PEOPLE)
        await tx
          .insertInto('account')
          .values({
            id: accountId(`${id}.${person}`),
            account: `${id}.${person}`,
            name: `${person} ${id}`,
            agency_id: id,
            role: person,
            password_hash: '',
            created_at: 0,
            disabled_at: null,
          })
          .execute()
    }
    await tx
      .insertInto('document')
      .values({
        id: DOCUMENT,
        bloc_id: 'b',
        kind: 'covenant',
        edition: 1,
        epoch: 'e1',
        schema_version: 1,
        agreement_policy: 'all',
        title: 'Giao ước',
        place: '',
        recipients: '[]',
        signing_titles: '{}',
        issuer: '{}',
        signers: '[]',
        number: null,
        date: null,
        revision: 1,
        phase: 'drafting',
        locked_at: null,
        locked_content: null,
        locked_structure: null,
        locked_version: null,
        seal_attempt: null,
        last_failure: null,
        current_file: null,
        completed_at: null,
        created_at: 0,
      })
      .execute()
    await tx
      .insertInto('document_update')
      .values({
        document_id: DOCUMENT,
        epoch: 'e1',
        seq: 1,
        bytes: template,
        account_id: accountId('vpdbqh.officer'),
        client_id: null,
        at: 0,
      })
      .execute()
  })
}

/** Types at the end of a clause's text; makes the text if there is none. */
export function typeInto(doc: Y.Doc, index: number, words: string): void {
  const block = doc.getXmlFragment('body').get(index) as Y.XmlElement
  const first = block.get(0)
  if (first instanceof Y.XmlText) first.insert(first.length, words)
  else block.insert(0, [new Y.XmlText(words)])
}

/** A fact that comes about; patient, since the suites share a busy machine. */
export const eventually = (fact: () => unknown) =>
  expect.poll(fact, { timeout: 20_000, interval: 10 })
