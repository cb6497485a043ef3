import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bracket_word')
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('clause_id', 'text', (c) => c.notNull())
    .addColumn('option_hash', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text', (c) => c.notNull().references('agency.id'))
    .addColumn('word', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('bracket_word_pk', [
      'document_id',
      'clause_id',
      'option_hash',
      'agency_id',
      'word',
    ])
    .execute()
  await db.schema
    .createTable('bracket_decision')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('clause_id', 'text', (c) => c.notNull())
    .addColumn('base_hash', 'text', (c) => c.notNull())
    .addColumn('place', 'integer', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('chosen', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('bracket_decision_document')
    .on('bracket_decision')
    .columns(['document_id', 'clause_id'])
    .execute()
}
