import type { PersonRef } from '../../shared/base/contract.ts'
import type { AgencyId } from '../../shared/base/ids.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { Reader, Tx } from '../platform/database.ts'

type Supporter = { agencyId: AgencyId; by: PersonRef; at: string }

/** By proposal, in the order in which they gave their support. */
export async function supportersOf(
  db: Reader | Tx,
  proposalIds: readonly string[],
): Promise<Map<string, Supporter[]>> {
  const found = new Map<string, Supporter[]>()
  if (proposalIds.length === 0) return found
  const rows = await db
    .selectFrom('proposal_support')
    .selectAll()
    .where('proposal_id', 'in', [...proposalIds])
    .orderBy('at')
    .orderBy('agency_id')
    .execute()
  const person = await findPeople(
    db,
    rows.map(({ account_id }) => account_id),
  )
  for (const { proposal_id, agency_id, account_id, at } of rows) {
    const one = {
      agencyId: agency_id as AgencyId,
      by: person(account_id),
      at: new Date(at).toISOString(),
    }
    found.set(proposal_id, [...(found.get(proposal_id) ?? []), one])
  }
  return found
}

/** @returns false where the agency supports it already */
export async function addSupport(
  tx: Tx,
  row: { proposal_id: string; agency_id: string; account_id: string; at: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('proposal_support')
    .values(row)
    .onConflict((conflict) => conflict.columns(['proposal_id', 'agency_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** @returns false where the agency does not support it */
export async function dropSupport(
  tx: Tx,
  { proposal_id, agency_id }: { proposal_id: string; agency_id: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('proposal_support')
    .where('proposal_id', '=', proposal_id)
    .where('agency_id', '=', agency_id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
