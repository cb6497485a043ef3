import { AsyncLocalStorage } from 'node:async_hooks'
import SQLite from 'better-sqlite3'
import {
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Transaction,
} from 'kysely'
import { migrationsFor } from './migrations/migrations.ts'
import type { Schema } from './schema.ts'
import type { AppendOutcome, UpdateBatch } from './writerProtocol.ts'
import { WriterDriver, WriterThread } from './writerThread.ts'

export type Reader = Kysely<Schema>
export type Tx = Transaction<Schema>

export type Database = {
  /** Committed rows, on a connection that cannot write. */
  read: Reader
  /**
   * One transaction, alone on the write connection. Await nothing in it but the database: while it is open nobody's
   * words reach the disk.
   * @throws when called inside another `write`, which would wait for itself
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Appends to the update log, in one commit with whatever else waits.
   * @param along rows that must be on disk if and only if the batch is; as in {@link write}
   * @throws {AppError} server/busy when the disk refuses; nothing of it is stored then
   */
  append(batch: UpdateBatch, along?: (tx: Tx) => Promise<void>): Promise<AppendOutcome>
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
  await migrate(writer)
  const read = openReader(file)
  const inside = new AsyncLocalStorage<true>()
  const outsideOnly = () => {
    if (inside.getStore()) throw new Error('a write inside a write would wait for itself')
  }
  return {
    read,
    write(work) {
      outsideOnly()
      return inside.run(true, () => writer.transaction().execute(work))
    },
    append(batch, along) {
      outsideOnly()
      if (!along) return thread.append(batch)
      return inside.run(true, () =>
        writer.transaction().execute(async (tx) => {
          const outcome = await thread.appendWithin(batch)
          if (outcome.outcome === 'appended') await along(tx)
          return outcome
        }),
      )
    },
    async close() {
      closing = true
      await read.destroy()
      await writer.destroy()
    },
  }
}

/** A connection that cannot write, also beside a running server. */
export function openReader(file: string): Reader {
  const database = new SQLite(file, { readonly: true })
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
}

async function migrate(writer: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db: writer, provider: migrationsFor('sqlite') })
  const { error } = await migrator.migrateToLatest()
  if (error) throw new Error('the database could not be brought up to date', { cause: error })
}
