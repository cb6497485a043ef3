import type { Kysely } from 'kysely'

/** What is said about a proposal hangs on it, and stays with it once it is decided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('thread')
    .addColumn('proposal_id', 'text', (c) => c.references('proposal.id'))
    .execute()
}
