import { AsyncLocalStorage } from 'node:async_hooks'
import SQLite from 'better-sqlite3'
import {
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type Transaction,
} from 'kysely'
import { allowDirectReads } from './directReads.ts'
import { migrationsFor } from './migrations/migrations.ts'
import type { Schema } from './schema.ts'
import type { AppendOutcome, DiskTrouble, UpdateBatch } from './writerProtocol.ts'
import { refusalOf, WriterDriver, WriterThread } from './writerThread.ts'

export type Reader = Kysely<Schema>
export type Tx = Transaction<Schema>

export type Database = {
  /** Committed rows, on a connection that cannot write. */
  read: Reader
  /**
   * One transaction, alone on the write connection. Await nothing in it but the database: while it is open nobody's
   * words reach the disk.
   * @throws when called inside another `write`, which would wait for itself; {AppError} server/not-saving when the
   * disk takes nothing
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Appends to the update log, in one commit with whatever else waits.
   * @param along rows that must be on disk if and only if the batch is; as in {@link write}
   * @throws {AppError} server/not-saving when the disk refuses, server/busy; nothing of it is stored then
   */
  append(batch: UpdateBatch, along?: (tx: Tx) => Promise<void>): Promise<AppendOutcome>
  /** Why nothing can be saved at the moment, asked of the disk itself if the last write failed; null when all is well. */
  trouble(): Promise<DiskTrouble | null>
  close(): Promise<void>
}

/**
 * Opens (or creates) the SQLite file and brings its tables up to date.
 * @param onBroken the writer thread died: nothing can be saved any more
 */
export async function openDatabase(
  file: string,
  onBroken: (cause: Error) => void,
): Promise<Database> {
  let closing = false
  const thread = await WriterThread.open(file, (cause) => {
    if (!closing) onBroken(cause)
  })
  const writer = new Kysely<Schema>({
    dialect: {
      createDriver: () => new WriterDriver(thread),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  const read = openReader(file)
  // While another connection is in use SQLite does not empty the log on its own when the process ends.
  await sql`select count(*) from sqlite_schema`.execute(read)
  await migrate(writer)
  const inside = new AsyncLocalStorage<true>()
  const outsideOnly = () => {
    if (inside.getStore()) throw new Error('a write inside a write would wait for itself')
  }
  const asTransaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inside
      .run(true, () => writer.transaction().execute(work))
      .catch((cause) => {
        throw refusalOf(cause) ?? cause
      })
  let closed: Promise<void> | null = null
  const closeAll = async () => {
    closing = true
    // As long as somebody else reads, SQLite leaves the log alone when the writer goes.
    const settled = await thread.settle()
    if (settled) await read.destroy()
    await writer.destroy()
    if (!settled) await read.destroy()
  }
  return {
    read,
    write(work) {
      outsideOnly()
      return asTransaction(work)
    },
    append(batch, along) {
      outsideOnly()
      if (!along) return thread.append(batch)
      return asTransaction(async (tx) => {
        const outcome = await thread.appendWithin(batch)
        if (outcome.outcome === 'appended') await along(tx)
        return outcome
      })
    },
    async trouble() {
      if (thread.trouble) await thread.probe()
      return thread.trouble
    },
    close() {
      closed ??= closeAll()
      return closed
    },
  }
}

/** Kept of each reader; lists of many lengths make many texts. */
const STATEMENTS = 500

/** A connection that cannot write, also beside a running server. */
export function openReader(file: string): Reader {
  const database = new SQLite(file, { readonly: true })
  const prepare = database.prepare.bind(database)
  const statements = new Map<string, SQLite.Statement>()
  // Kysely prepares each query anew, which takes as long as most of ours take to run.
  database.prepare = ((source: string) => {
    const known = statements.get(source) ?? prepare(source)
    if (statements.size < STATEMENTS) statements.set(source, known)
    return known
  }) as typeof database.prepare
  const reader = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
  allowDirectReads(reader, database)
  return reader
}

async function migrate(writer: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db: writer, provider: migrationsFor('sqlite') })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('the database could not be brought up to date', { cause: error })
}
