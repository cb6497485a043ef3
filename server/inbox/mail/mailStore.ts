import type { Selectable } from 'kysely'
import type { Language } from '../../../shared/base/dictionary.ts'
import { CHOOSABLE, type Choices, type MailChoices } from '../../../shared/inbox/api.ts'
import type { Reader, Tx } from '../../platform/database.ts'
import type { Schema } from '../../platform/schema.ts'

export type MailAddressRow = Selectable<Schema['mail_address']>
type Frequency = MailChoices['frequency']

export const findAddress = (
  db: Reader | Tx,
  accountId: string,
): Promise<MailAddressRow | undefined> =>
  db.selectFrom('mail_address').selectAll().where('account_id', '=', accountId).executeTakeFirst()

export async function mailChoicesOf(
  db: Reader | Tx,
  accountId: string,
  now: number,
): Promise<MailChoices> {
  const row = await findAddress(db, accountId)
  const code = await db
    .selectFrom('mail_code')
    .select(['address', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return {
    address: row?.address ?? null,
    asked: code ? { address: code.address, until: new Date(code.expires_at).toISOString() } : null,
    frequency: row?.frequency === 'daily' ? 'daily' : 'off',
    kinds: await mailKindsOf(db, accountId),
  }
}

export async function mailKindsOf(db: Reader | Tx, accountId: string): Promise<Choices> {
  const rows = await db
    .selectFrom('mail_off')
    .select('kind')
    .where('account_id', '=', accountId)
    .execute()
  const off = new Set(rows.map(({ kind }) => kind))
  return {
    mention: !off.has('mention'),
    reply: !off.has('reply'),
    decided: !off.has('decided'),
    changed: !off.has('changed'),
  }
}

/** A new address of somebody who had one keeps what was chosen; that of somebody who had none gets nothing yet. */
export const putAddress = (
  tx: Tx,
  row: { accountId: string; address: string; language: string; day: number },
) =>
  tx
    .insertInto('mail_address')
    .values({
      account_id: row.accountId,
      address: row.address,
      language: row.language,
      frequency: 'off' satisfies Frequency,
      digest_day: row.day,
    })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet({ address: row.address, language: row.language }),
    )
    .execute()

/** The address, and the code on its way to another one. */
export async function dropAddress(tx: Tx, accountId: string): Promise<void> {
  await tx.deleteFrom('mail_address').where('account_id', '=', accountId).execute()
  await dropCode(tx, accountId)
}

export const dropCode = (tx: Tx, accountId: string) =>
  tx.deleteFrom('mail_code').where('account_id', '=', accountId).execute()

/** @param day of digests that are past when they are turned on: the first comes at the next hour */
export async function chooseMail(
  tx: Tx,
  accountId: string,
  choices: {
    frequency?: Frequency | undefined
    language?: Language | undefined
    kinds?: { readonly [Kind in keyof Choices]?: boolean | undefined } | undefined
  },
  day: number,
): Promise<void> {
  const { frequency, language, kinds = {} } = choices
  const own = () => tx.updateTable('mail_address').where('account_id', '=', accountId)
  if (language) await own().set({ language }).execute()
  if (frequency)
    await own().set({ frequency, digest_day: day }).where('frequency', '!=', frequency).execute()
  for (const kind of CHOOSABLE) {
    if (kinds[kind] === undefined) continue
    const row = { account_id: accountId, kind }
    if (kinds[kind])
      await tx
        .deleteFrom('mail_off')
        .where('account_id', '=', accountId)
        .where('kind', '=', kind)
        .execute()
    else
      await tx
        .insertInto('mail_off')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  }
}

/** Accounts in force that get digests and have not had the one of this day. */
export async function digestsDue(db: Reader, day: number): Promise<string[]> {
  const rows = await db
    .selectFrom('mail_address')
    .innerJoin('account', 'account.id', 'mail_address.account_id')
    .select('account.id')
    .where('frequency', '=', 'daily' satisfies Frequency)
    .where('digest_day', '<', day)
    .where('disabled_at', 'is', null)
    .orderBy('account.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** By key, the state in which each item went out last. */
export async function mailedStates(db: Reader, accountId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('mailed_item')
    .select(['key', 'state'])
    .where('account_id', '=', accountId)
    .execute()
  return new Map(rows.map(({ key, state }) => [key, state]))
}

export type Mailed = { key: string; state: string }

/** That a digest has gone out, and with what; or, with nothing, that there was none to send. */
export async function markDigest(
  tx: Tx,
  accountId: string,
  day: number,
  items: readonly Mailed[],
): Promise<void> {
  for (const { key, state } of items)
    await tx
      .insertInto('mailed_item')
      .values({ account_id: accountId, key, state })
      .onConflict((conflict) => conflict.columns(['account_id', 'key']).doUpdateSet({ state }))
      .execute()
  await tx
    .updateTable('mail_address')
    .set({ digest_day: day })
    .where('account_id', '=', accountId)
    .where('digest_day', '<', day)
    .execute()
}
