import { AgencyRole, PersonRole } from '../../shared/accounts/account.ts'
import type { AgencyId, UserId } from '../../shared/base/ids.ts'
import type { AgencyView, BlocView } from '../../shared/documents/api.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** Agencies of a bloc in protocol order, the observing ones included. */
export async function agenciesOf(db: Reader | Tx, blocId: string): Promise<AgencyView[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('agency', 'agency.id', 'membership.agency_id')
    .select(['agency.id', 'agency.code', 'agency.name', 'agency.short_name', 'membership.role'])
    .where('membership.bloc_id', '=', blocId)
    .orderBy('membership.rank')
    .execute()
  return rows.map(({ id, code, name, short_name, role }) => ({
    id: id as AgencyId,
    code,
    name,
    shortName: short_name,
    role: AgencyRole.parse(role),
  }))
}

/** Agencies that take positions, in protocol order. */
export async function partiesOf(db: Reader | Tx, blocId: string): Promise<AgencyId[]> {
  const agencies = await agenciesOf(db, blocId)
  return agencies.filter(({ role }) => role !== 'observer').map(({ id }) => id)
}

/** Whoever may sign in for an agency of the bloc; so never the operator. */
export async function peopleOf(db: Reader | Tx, blocId: string): Promise<BlocView['people']> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('membership', 'membership.agency_id', 'account.agency_id')
    .select(['account.id', 'account.name', 'account.role', 'membership.agency_id'])
    .where('membership.bloc_id', '=', blocId)
    .where('account.disabled_at', 'is', null)
    .orderBy('membership.rank')
    .orderBy('account.account')
    .execute()
  return rows.map(({ id, name, role, agency_id }) => ({
    id: id as UserId,
    name,
    agencyId: agency_id as AgencyId,
    role: PersonRole.parse(role),
  }))
}
