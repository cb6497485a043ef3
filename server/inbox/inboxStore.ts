import type { Insertable, Selectable } from 'kysely'
import { CHOOSABLE, type Choices, INBOX_LIMIT } from '../../shared/inbox/api.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'

export type ItemRow = Selectable<Schema['inbox_item']>
type NewItem = Omit<Insertable<Schema['inbox_item']>, 'read_at'>

/** In the transaction of what they tell of. Somebody who is told already is not told again. */
export async function addItems(tx: Tx, items: readonly NewItem[]): Promise<void> {
  for (const item of items)
    await tx
      .insertInto('inbox_item')
      .values({ ...item, read_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

/** What somebody was told is not so any more. */
export const dropItem = (tx: Tx, accountId: string, key: string) =>
  tx.deleteFrom('inbox_item').where('account_id', '=', accountId).where('key', '=', key).execute()

/** The newest first. */
export const itemsOf = (db: Reader | Tx, accountId: string): Promise<ItemRow[]> =>
  db
    .selectFrom('inbox_item')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .orderBy('key')
    .limit(INBOX_LIMIT)
    .execute()

export const markRead = (tx: Tx, accountId: string, keys: readonly string[], at: number) =>
  tx
    .updateTable('inbox_item')
    .set({ read_at: at })
    .where('account_id', '=', accountId)
    .where('key', 'in', keys)
    .where('read_at', 'is', null)
    .execute()

/** By key, the state in which each was read last. */
export async function seenOf(db: Reader | Tx, accountId: string) {
  const rows = await db
    .selectFrom('inbox_seen')
    .select(['key', 'state'])
    .where('account_id', '=', accountId)
    .execute()
  return new Map(rows.map(({ key, state }) => [key, state]))
}

export const markSeen = (tx: Tx, accountId: string, key: string, state: string) =>
  tx
    .insertInto('inbox_seen')
    .values({ account_id: accountId, key, state })
    .onConflict((conflict) => conflict.columns(['account_id', 'key']).doUpdateSet({ state }))
    .execute()

export async function choicesOf(db: Reader | Tx, accountId: string): Promise<Choices> {
  const rows = await db
    .selectFrom('inbox_choice')
    .select('kind')
    .where('account_id', '=', accountId)
    .execute()
  const off = new Set(rows.map(({ kind }) => kind))
  const [mention, reply, decided, changed] = CHOOSABLE.map((kind) => !off.has(kind))
  return {
    mention: mention ?? true,
    reply: reply ?? true,
    decided: decided ?? true,
    changed: changed ?? true,
  }
}

export async function choose(
  tx: Tx,
  accountId: string,
  choices: { readonly [Kind in keyof Choices]?: boolean | undefined },
): Promise<void> {
  for (const kind of CHOOSABLE) {
    if (choices[kind] === undefined) continue
    await tx
      .deleteFrom('inbox_choice')
      .where('account_id', '=', accountId)
      .where('kind', '=', kind)
      .execute()
    if (!choices[kind])
      await tx.insertInto('inbox_choice').values({ account_id: accountId, kind }).execute()
  }
}
