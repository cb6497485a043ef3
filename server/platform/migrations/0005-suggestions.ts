import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['base_text', 'content', 'note', 'batch_id'])
    await db.schema.alterTable('proposal').addColumn(column, 'text').execute()
  await db.schema.alterTable('proposal').addColumn('accepted_revision', 'bigint').execute()
  // Accepting was two commits once; what a crash left between them is as open as before.
  await sql`update proposal set decided_by = null, decided_at = null, reason = null where status = 'open'`.execute(
    db,
  )
  await db.schema
    .createTable('proposal_support')
    .addColumn('proposal_id', 'text', (c) => c.notNull().references('proposal.id'))
    .addColumn('agency_id', 'text', (c) => c.notNull().references('agency.id'))
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('proposal_support_key', ['proposal_id', 'agency_id'])
    .execute()
}
