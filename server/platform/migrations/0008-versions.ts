import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  const version = (column: string) =>
    db.schema.alterTable('version').addColumn(column, 'text').execute()
  await version('carried')
  await version('restored_version')
  await version('restored_clause')
  await db.schema
    .createTable('document_visit')
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('document_visit_pk', ['document_id', 'account_id'])
    .execute()
}
