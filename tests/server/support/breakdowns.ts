import { sql } from 'kysely'
import type { TestServer } from '../../support/testServer.ts'

/**
 * Makes the disk refuse one kind of write, as a crash in that very moment would, until the returned function is
 * called.
 * @param when SQL on `new`, the row about to be written
 */
export async function refuseWrites(
  { platform }: TestServer,
  on: { table: string; what: 'insert' | 'update'; when: string },
): Promise<() => Promise<void>> {
  const { database } = platform
  const statement = `create trigger breakdown before ${on.what} on ${on.table} when ${on.when}
    begin select raise(abort, 'breakdown'); end`
  await database.write(async (tx) => void (await sql.raw(statement).execute(tx)))
  return () => database.write(async (tx) => void (await sql`drop trigger breakdown`.execute(tx)))
}
