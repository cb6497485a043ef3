import type { PersonRef } from '../../shared/base/contract.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** Sign-in names are compared as `Ế` typed on any keyboard, in any case. */
export const accountName = (typed: string): string => typed.trim().normalize('NFC').toLowerCase()

/** Somebody who may sign in; a disabled account is nobody. */
export async function findAccount(
  db: Reader | Tx,
  account: string,
): Promise<{ id: string; account: string; passwordHash: string } | undefined> {
  const row = await db
    .selectFrom('account')
    .select(['id', 'account', 'password_hash'])
    .where('account', '=', accountName(account))
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row && { id: row.id, account: row.account, passwordHash: row.password_hash }
}

/** The people behind some acts, by account id. */
export async function findPeople(
  db: Reader | Tx,
  ids: Iterable<string>,
): Promise<(id: string) => PersonRef> {
  const wanted = [...new Set(ids)]
  const rows =
    wanted.length === 0
      ? []
      : await db
          .selectFrom('account')
          .select(['id', 'name', 'agency_id'])
          .where('id', 'in', wanted)
          .execute()
  const people = new Map(
    rows.map((row) => [row.id, { id: row.id, name: row.name, agencyId: row.agency_id }]),
  )
  return (id) => people.get(id) ?? { id, name: '', agencyId: null }
}
