import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { AppError } from '../../shared/base/errors.ts'
import { startWorker } from './startWorker.ts'
import type {
  AppendOutcome,
  DiskTrouble,
  QueryAnswer,
  UpdateBatch,
  WriterAnswer,
  WriterRequest,
} from './writerProtocol.ts'

type Question = WriterRequest extends infer R
  ? R extends { id: number }
    ? Omit<R, 'id'>
    : never
  : never

/** A statement or commit that SQLite or the disk refused; `code` is its code, such as SQLITE_FULL or EROFS. */
export class DatabaseError extends Error {
  readonly code: string | undefined
  constructor(message: string, code: string | undefined) {
    super(message)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/** @returns null for what is no fault of the disk */
function troubleOf(code: string | undefined): DiskTrouble | null {
  if (code === undefined) return null
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'full'
  if (/^(SQLITE_READONLY|EROFS)/.test(code)) return 'read-only'
  return /^(SQLITE_(IOERR|CANTOPEN)|E[A-Z]+$)/.test(code) ? 'failing' : null
}

/** What to tell whoever wanted to write; null when it is no fault of the disk. */
export function refusalOf(cause: unknown): AppError | null {
  const why = cause instanceof DatabaseError ? troubleOf(cause.code) : null
  return why && new AppError('server/not-saving', { why }, { cause })
}

/**
 * The main thread's end of the one write connection. A transaction holds {@link turn} from begin to commit; log
 * batches that arrive meanwhile wait together and share the next commit.
 */
export class WriterThread {
  readonly #worker: Worker
  readonly #waiting = new Map<
    number,
    { resolve: (v: unknown) => void; reject: (e: Error) => void }
  >()
  readonly #ended: Promise<void>
  #lastId = 0
  #tail: Promise<unknown> = Promise.resolve()
  #appends: {
    batch: UpdateBatch
    resolve: (o: AppendOutcome) => void
    reject: (e: unknown) => void
  }[] = []
  #broken: Error | null = null
  #trouble: DiskTrouble | null = null

  private constructor(worker: Worker, onBroken: (cause: Error) => void) {
    this.#worker = worker
    const fail = (cause: Error) => {
      if (this.#broken) return
      this.#broken = cause
      for (const { reject } of this.#waiting.values()) reject(cause)
      this.#waiting.clear()
      onBroken(cause)
    }
    worker.on('message', (answer: WriterAnswer) => this.#settle(answer))
    worker.on('error', fail)
    this.#ended = new Promise((resolve) =>
      worker.once('exit', () => {
        fail(new Error('the writer thread has ended'))
        resolve()
      }),
    )
  }

  /**
   * @param onBroken called when the thread ends, also by {@link close}
   * @throws when the database is damaged or cannot be opened
   */
  static async open(file: string, onBroken: (cause: Error) => void): Promise<WriterThread> {
    const worker = startWorker('sqliteWriter', { workerData: { file } })
    const [opened] = (await once(worker, 'message')) as [WriterAnswer]
    if (!opened.ok) throw new Error(opened.message)
    return new WriterThread(worker, onBroken)
  }

  /** Runs `use` while nothing else is written; turns are taken in the order they were asked for. */
  turn<T>(use: () => Promise<T>): Promise<T> {
    const run = this.#tail.then(use)
    this.#tail = run.catch(() => {
      // The caller hears of it; the queue goes on.
    })
    return run
  }

  /**
   * Resolves once the batch is on disk or refused whole.
   * @throws {AppError} server/not-saving when the disk refuses, server/busy otherwise; nothing of the batch counts then
   */
  append(batch: UpdateBatch): Promise<AppendOutcome> {
    const first = this.#appends.length === 0
    const outcome = new Promise<AppendOutcome>((resolve, reject) => {
      this.#appends.push({ batch, resolve, reject })
    })
    if (first) void this.turn(() => this.#flush())
    return outcome
  }

  /** Part of the transaction that is open; the caller holds its {@link turn}. */
  async appendWithin(batch: UpdateBatch): Promise<AppendOutcome> {
    const [outcome] = (await this.ask({ kind: 'append', batches: [batch] })) as [AppendOutcome]
    return outcome
  }

  async #flush(): Promise<void> {
    const group = this.#appends
    this.#appends = []
    try {
      const batches = group.map((entry) => entry.batch)
      const outcomes = (await this.ask({ kind: 'append', batches })) as AppendOutcome[]
      for (const [i, entry] of group.entries()) entry.resolve(outcomes[i] as AppendOutcome)
    } catch (cause) {
      for (const entry of group)
        entry.reject(refusalOf(cause) ?? new AppError('server/busy', {}, { cause }))
    }
  }

  /** Why nothing can be saved at the moment; null as far as is known. */
  get trouble(): DiskTrouble | null {
    return this.#trouble
  }

  /** Writes something that changes nothing, to learn whether the disk takes it again. */
  async probe(): Promise<void> {
    await this.turn(() => this.ask({ kind: 'probe' })).catch(() => {
      // The trouble stands, and says what there is to say.
    })
  }

  ask(question: Question): Promise<unknown> {
    if (this.#broken) return Promise.reject(this.#broken)
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => {
          if (question.kind === 'append' || question.kind === 'probe') this.#trouble = null
          resolve(value)
        },
        reject: (cause) => {
          this.#trouble = (cause instanceof DatabaseError && troubleOf(cause.code)) || this.#trouble
          reject(cause)
        },
      })
      this.#worker.postMessage({ ...question, id })
    })
  }

  #settle(answer: WriterAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value)
    else waiting?.reject(new DatabaseError(answer.message, answer.code))
  }

  /** Leaves everything in the database file. @returns false when somebody who reads kept that from happening */
  settle(): Promise<boolean> {
    return this.turn(() => this.ask({ kind: 'settle' })) as Promise<boolean>
  }

  /** Lets what is queued finish, closes the file and ends the thread. */
  async close(): Promise<void> {
    await this.turn(() => this.ask({ kind: 'close' }))
    await this.#ended
  }
}

/** Kysely's view of the writer: one connection, held for a query or a whole transaction. */
export class WriterDriver implements Driver {
  readonly #writer: WriterThread
  #release: (() => void) | null = null

  constructor(writer: WriterThread) {
    this.#writer = writer
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<DatabaseConnection> {
    return new Promise((granted, failed) => {
      this.#writer
        .turn(
          () =>
            new Promise<void>((done) => {
              this.#release = done
              granted(new WriterConnection(this.#writer))
            }),
        )
        .catch(failed)
    })
  }

  async beginTransaction(): Promise<void> {
    await this.#writer.ask({ kind: 'begin' })
  }
  async commitTransaction(): Promise<void> {
    await this.#writer.ask({ kind: 'commit' })
  }
  async rollbackTransaction(): Promise<void> {
    await this.#writer.ask({ kind: 'rollback' })
  }
  async releaseConnection(): Promise<void> {
    this.#release?.()
  }
  async destroy(): Promise<void> {
    await this.#writer.close()
  }
}

class WriterConnection implements DatabaseConnection {
  readonly #writer: WriterThread
  constructor(writer: WriterThread) {
    this.#writer = writer
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = (await this.#writer.ask({
      kind: 'query',
      sql: query.sql,
      parameters: query.parameters,
    })) as QueryAnswer
    return { rows: rows.map(bytesAsBuffers) as R[], numAffectedRows: BigInt(changes) }
  }
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the writer does not stream; read through the reader')
  }
}

/** A Buffer crosses the thread border as a plain Uint8Array. */
function bytesAsBuffers(row: unknown): unknown {
  const record = row as Record<string, unknown>
  for (const key of Object.keys(record)) {
    const value = record[key]
    if (value instanceof Uint8Array && !Buffer.isBuffer(value))
      record[key] = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  return record
}
