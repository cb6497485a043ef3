import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('thread').addColumn('excerpt', 'text').execute()
  for (const table of ['thread', 'thread_reply'] as const)
    for (const column of ['edited_at', 'deleted_at'])
      await db.schema.alterTable(table).addColumn(column, 'bigint').execute()
  await db.schema
    .createIndex('grave_clause')
    .on('grave')
    .columns(['document_id', 'clause_id'])
    .execute()
}
