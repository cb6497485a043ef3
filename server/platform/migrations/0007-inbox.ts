import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('inbox_item')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('document_id', 'text', (c) => c.notNull().references('document.id'))
    .addColumn('thread_id', 'text', (c) => c.references('thread.id'))
    .addColumn('reply_id', 'text', (c) => c.references('thread_reply.id'))
    .addColumn('proposal_id', 'text', (c) => c.references('proposal.id'))
    .addColumn('whom', 'text')
    .addColumn('actor_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('read_at', 'bigint')
    .addPrimaryKeyConstraint('inbox_item_key', ['account_id', 'key'])
    .execute()
  await db.schema
    .createTable('inbox_seen')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('inbox_seen_key', ['account_id', 'key'])
    .execute()
  await db.schema
    .createTable('inbox_choice')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('inbox_choice_key', ['account_id', 'kind'])
    .execute()
  await db.schema
    .createIndex('inbox_item_at')
    .on('inbox_item')
    .columns(['account_id', 'at'])
    .execute()
}
