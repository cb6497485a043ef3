import type { BlocActor } from '../../shared/accounts/account.ts'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { compileOnce } from '../platform/compileOnce.ts'
import type { Reader } from '../platform/database.ts'

const agencyInBloc = compileOnce((db, agencyId: string, blocId: string) =>
  db
    .selectFrom('agency')
    .leftJoin('membership', (join) =>
      join.onRef('membership.agency_id', '=', 'agency.id').on('membership.bloc_id', '=', blocId),
    )
    .select(['agency.short_name as shortName', 'membership.rank as rank'])
    .where('agency.id', '=', agencyId),
)

/** Who somebody is in a room, from the rows: nothing of it comes from the client. */
export async function presenceUser(
  db: Reader,
  { userId, name, agencyId, blocId }: BlocActor,
): Promise<PresenceUser> {
  const [agency] = agencyId === null ? [] : await agencyInBloc(db, agencyId, blocId)
  const color = agencyColor(agency?.rank ?? 0)
  return { id: userId, name, agencyId, agency: agency?.shortName ?? '', color }
}
