import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('personal_view')
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('clause_id', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('agency_id', 'text', (c) => c.notNull().references('agency.id'))
    .addColumn('view', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('note', 'text')
    .addPrimaryKeyConstraint('personal_view_pk', ['document_id', 'clause_id', 'account_id'])
    .execute()
  await db.schema
    .createTable('agreed_words')
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('clause_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('epoch', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('agreed_words_pk', ['document_id', 'clause_id', 'hash'])
    .execute()
}
