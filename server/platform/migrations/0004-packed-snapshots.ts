import { type Kysely, sql } from 'kysely'

/** From here on snapshots are packed. They are made anew from the log, which has every row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`delete from document_snapshot`.execute(db)
}
