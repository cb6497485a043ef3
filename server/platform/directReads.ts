import type SQLite from 'better-sqlite3'
import type { Reader, Tx } from './database.ts'

const connections = new WeakMap<Reader | Tx, SQLite.Database>()

/** Lets {@link readDirectly} ask this connection itself. It may not be able to write. */
export function allowDirectReads(reader: Reader, connection: SQLite.Database): void {
  connections.set(reader, connection)
}

/**
 * Rows of a query whose text is at hand. A reader's connection has no transactions to wait for and answers at once;
 * Kysely's way to it takes longer than the query.
 * @returns undefined where there is no such way: on the write connection
 */
export function readDirectly<R>(
  db: Reader | Tx,
  text: string,
  values: readonly unknown[],
): R[] | undefined {
  return connections.get(db)?.prepare(text).all(values) as R[] | undefined
}
