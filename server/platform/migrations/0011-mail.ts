import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mail_address')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('account.id'))
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('frequency', 'text', (c) => c.notNull())
    .addColumn('digest_day', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('mail_code')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('account.id'))
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('code_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('wrong_tries', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('mail_letter')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('mail_off')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mail_off_key', ['account_id', 'kind'])
    .execute()
  await db.schema
    .createTable('mailed_item')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('mailed_item_key', ['account_id', 'key'])
    .execute()
}
