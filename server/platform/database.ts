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
   * @throws {AppError} server/not-saving, server/busy
   */
  append(batch: UpdateBatch): Promise<AppendOutcome>
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
      return inside
        .run(true, () => writer.transaction().execute(work))
        .catch((cause) => {
          throw refusalOf(cause) ?? cause
        })
    },
    append(batch) {
      outsideOnly()
      return thread.append(batch)
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
