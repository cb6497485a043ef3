import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('swallowed_text')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('clause_id', 'text')
    .addColumn('after_clause_id', 'text')
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('by_account_id', 'text', (c) => c.references('account.id'))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('seen_at', 'bigint')
    .execute()
  await db.schema
    .createIndex('swallowed_text_author')
    .on('swallowed_text')
    .columns(['document_id', 'account_id'])
    .execute()
}
