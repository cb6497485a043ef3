import type { Actor, BlocActor } from '../../shared/accounts/account.ts'
import { AgencyRole, PersonRole } from '../../shared/accounts/account.ts'
import type { AgencyId, BlocId, UserId } from '../../shared/base/ids.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** Who this account is at `now`, from the rows; undefined once it is disabled or gone. */
export async function findActor(
  db: Reader | Tx,
  accountId: string,
  now: number,
): Promise<Actor | undefined> {
  const row = await db
    .selectFrom('account')
    .select(['id', 'name', 'agency_id', 'role'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('mandate')
            .select('mandate.id')
            .whereRef('mandate.account_id', '=', 'account.id')
            .where('starts_at', '<=', now)
            .where('ends_at', '>', now),
        )
        .as('mandated'),
    )
    .where('id', '=', accountId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    userId: row.id as UserId,
    name: row.name,
    agencyId: row.agency_id as AgencyId | null,
    role: PersonRole.parse(row.role),
    mandated: Boolean(row.mandated),
  }
}

/** The same person as seen from one bloc; `agencyRole` is null for an outsider, also for the operator. */
export async function findBlocActor(
  db: Reader | Tx,
  accountId: string,
  blocId: string,
  now: number,
): Promise<BlocActor | undefined> {
  const actor = await findActor(db, accountId, now)
  if (!actor) return undefined
  const membership =
    actor.agencyId === null
      ? undefined
      : await db
          .selectFrom('membership')
          .select('role')
          .where('bloc_id', '=', blocId)
          .where('agency_id', '=', actor.agencyId)
          .executeTakeFirst()
  return {
    ...actor,
    blocId: blocId as BlocId,
    agencyRole: membership ? AgencyRole.parse(membership.role) : null,
  }
}
