import { statfsSync } from 'node:fs'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import { DamagedData, DataGuard, inspectData } from './DataGuard.ts'
import type {
  AppendOutcome,
  QueryAnswer,
  UpdateBatch,
  WriterAnswer,
  WriterRequest,
} from './writerProtocol.ts'

/**
 * The thread that owns the only write connection. Everything that is written goes through its one queue, in order;
 * the fence between the update log and the lock is simply that order.
 */
const port = parentPort
if (!port) throw new Error('sqliteWriter runs as a worker thread')

const SCRUB_MS = 30_000
/** Bytes: what the largest edit takes, with the pages around it. */
const SPACE = 1.5 * 1024 * 1024

const { file } = workerData as { file: string }
const { db, guard } = open()

function open(): { db: SQLite.Database; guard: DataGuard } {
  try {
    inspectData(file)
    const db = new SQLite(file)
    db.pragma('journal_mode = WAL')
    // NORMAL may lose the last commits at power loss, and a commit is our word that they are safe.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    return { db, guard: new DataGuard(db, file) }
  } catch (cause) {
    const message = (cause as Error).message
    port?.postMessage({ id: 0, ok: false, message } satisfies WriterAnswer)
    // Ends this thread alone.
    return process.exit(1)
  }
}

const statements = new Map<string, SQLite.Statement>()

function statement(sql: string): SQLite.Statement {
  let found = statements.get(sql)
  if (!found) {
    found = db.prepare(sql)
    if (statements.size < 500) statements.set(sql, found)
  }
  return found
}

function query(sql: string, parameters: readonly unknown[]): QueryAnswer {
  const prepared = statement(sql)
  if (prepared.reader) return { rows: prepared.all(...parameters), changes: 0 }
  return { rows: [], changes: prepared.run(...parameters).changes }
}

/**
 * All batches of one turn share a commit, and so an fsync: a fence stops one of them, a disk that refuses stops all. In
 * a transaction that is open already they stand or fall with it.
 */
const append = (batches: readonly UpdateBatch[]): AppendOutcome[] => {
  if (db.inTransaction) return batches.map(appendOne)
  db.exec('begin immediate')
  try {
    const outcomes = batches.map(appendOne)
    db.exec('commit')
    return outcomes
  } catch (cause) {
    if (db.inTransaction) db.exec('rollback')
    throw cause
  }
}

function appendOne(batch: UpdateBatch): AppendOutcome {
  const now = statement('select phase, epoch, revision from document where id = ?').get(
    batch.documentId,
  ) as { phase: string; epoch: string; revision: number } | undefined
  if (!now) throw new Error('append to a document that does not exist')
  if (now.phase !== 'drafting' || now.epoch !== batch.epoch) return { outcome: 'fenced', ...now }
  const foreign = firstForeignClaim(batch)
  if (foreign !== null) return { outcome: 'foreign', clientId: foreign }
  let revision = now.revision
  for (const update of batch.updates) {
    for (const clientId of update.claims)
      statement(
        'insert into client_claim (document_id, client_id, account_id, at) values (?, ?, ?, ?) on conflict do nothing',
      ).run(batch.documentId, clientId, update.accountId, batch.at)
    revision += 1
    statement(
      'insert into document_update (document_id, epoch, seq, bytes, account_id, client_id, at) values (?, ?, ?, ?, ?, ?, ?)',
    ).run(
      batch.documentId,
      batch.epoch,
      revision,
      update.bytes,
      update.accountId,
      update.clientId,
      batch.at,
    )
  }
  statement('update document set revision = ? where id = ?').run(revision, batch.documentId)
  return { outcome: 'appended', revision }
}

/** Looked up before anything is written, so that a refused batch leaves no trace. */
function firstForeignClaim(batch: UpdateBatch): number | null {
  const claimedHere = new Map<number, string>()
  for (const { claims, accountId } of batch.updates)
    for (const clientId of claims) {
      const row = statement(
        'select account_id from client_claim where document_id = ? and client_id = ?',
      ).get(batch.documentId, clientId) as { account_id: string } | undefined
      const owner = row?.account_id ?? claimedHere.get(clientId) ?? accountId
      if (owner !== accountId) return clientId
      claimedHere.set(clientId, owner)
    }
  return null
}

function answer(request: WriterRequest): unknown {
  switch (request.kind) {
    case 'begin':
      return db.exec('begin immediate') && undefined
    case 'commit':
      return db.exec('commit') && undefined
    case 'rollback':
      // SQLite may have rolled back by itself, as it does when the disk is full.
      if (db.inTransaction) db.exec('rollback')
      return undefined
    case 'query':
      return query(request.sql, request.parameters)
    case 'append':
      return append(request.batches)
    case 'probe':
      demandSpace()
      // The same value again: a page, a commit and an fsync, like everybody's.
      return void db.pragma(`user_version = ${db.pragma('user_version', { simple: true })}`)
    case 'settle':
      return guard.settle()
    case 'close':
      // As it is closed SQLite empties the log by itself, and must find nothing to do.
      if (!guard.settle()) return undefined
      db.close()
      return guard.close()
  }
}

/** One page may still find room where nobody's words do. */
function demandSpace(): void {
  const { bavail, bsize } = statfsSync(path.dirname(file))
  if (bavail * bsize < SPACE)
    throw Object.assign(new Error('no space left to speak of'), { code: 'ENOSPC' })
}

/**
 * After these nobody knows what is on the disk, and asking it again would only hide that: the process ends, and the
 * next one begins with what can be read back.
 */
const isFatal = (cause: unknown) =>
  cause instanceof DamagedData ||
  (cause as NodeJS.ErrnoException).syscall === 'fsync' ||
  /^SQLITE_(IOERR_(\w*FSYNC|\w*READ|CORRUPTFS)|CORRUPT|NOTADB)/.test(codeOf(cause) ?? '')

const codeOf = (cause: unknown) => (cause as { code?: string }).code

/** What to tell of a failure: SQLite has one code for all reasons why a file takes no bytes. */
function reasonOf(cause: unknown): string | undefined {
  const code = codeOf(cause)
  return code === 'SQLITE_IOERR_WRITE' ? (guard.askDisk() ?? code) : code
}

const isClosed = () => !db.open

port.on('message', (request: WriterRequest) => {
  try {
    if (!db.inTransaction) guard.mayWrite()
    const value = answer(request)
    if (!isClosed() && !db.inTransaction) guard.committed()
    port.postMessage({ id: request.id, ok: true, value } satisfies WriterAnswer)
  } catch (cause) {
    const code = reasonOf(cause)
    const reply: WriterAnswer = { id: request.id, ok: false, message: (cause as Error).message }
    port.postMessage(code ? { ...reply, code } : reply)
    if (isFatal(cause)) throw cause
  }
  if (request.kind === 'close') end()
  else if (!db.inTransaction) afterwards(() => guard.checkpointIfDue())
})

/** What nobody waits for. A disk that takes nothing now will be asked again. */
function afterwards(work: () => void): void {
  try {
    work()
  } catch (cause) {
    if (isFatal(cause) || codeOf(cause) === undefined) throw cause
  }
}

const scrubbing = setInterval(() => {
  if (!db.inTransaction) afterwards(() => guard.scrub())
}, SCRUB_MS)

function end(): void {
  clearInterval(scrubbing)
  port?.close()
}

port.postMessage({ id: 0, ok: true, value: 'open' } satisfies WriterAnswer)
