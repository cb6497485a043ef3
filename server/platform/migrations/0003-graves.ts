import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('grave')
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('root_client', 'bigint', (c) => c.notNull())
    .addColumn('root_clock', 'bigint', (c) => c.notNull())
    .addColumn('root_end', 'bigint', (c) => c.notNull())
    .addColumn('clause_id', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('joined_to', 'text')
    .addColumn('after_clause_id', 'text')
    .addColumn('by_account_id', 'text', (c) => c.references('account.id'))
    .addPrimaryKeyConstraint('grave_key', ['document_id', 'epoch', 'root_client', 'root_clock'])
    .execute()
  await db.schema
    .createTable('grave_plot')
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('client', 'bigint', (c) => c.notNull())
    .addColumn('from_clock', 'bigint', (c) => c.notNull())
    .addColumn('to_clock', 'bigint', (c) => c.notNull())
    .addColumn('root_client', 'bigint', (c) => c.notNull())
    .addColumn('root_clock', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('grave_plot_document')
    .on('grave_plot')
    .columns(['document_id', 'epoch', 'seq'])
    .execute()
}
