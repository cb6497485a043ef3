import type { BlocActor } from '../../shared/accounts/account.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import type { Reader } from '../platform/database.ts'

/** Agency colours by protocol rank: dark enough for white letters on them. */
const PALETTE = [
  '#9c2b2e',
  '#1f6f6b',
  '#2f5d9b',
  '#8a5a12',
  '#6b3fa0',
  '#3f6b2a',
  '#a03a72',
  '#4a5568',
  '#b0531f',
  '#0f6f8f',
] as const

/** Who somebody is in a room, from the rows: nothing of it comes from the client. */
export async function presenceUser(
  db: Reader,
  { userId, name, agencyId, blocId }: BlocActor,
): Promise<PresenceUser> {
  const agency =
    agencyId === null
      ? undefined
      : await db
          .selectFrom('agency')
          .leftJoin('membership', (join) =>
            join
              .onRef('membership.agency_id', '=', 'agency.id')
              .on('membership.bloc_id', '=', blocId),
          )
          .select(['agency.short_name as shortName', 'membership.rank as rank'])
          .where('agency.id', '=', agencyId)
          .executeTakeFirst()
  const color = PALETTE[(agency?.rank ?? 0) % PALETTE.length] ?? PALETTE[0]
  return { id: userId, name, agencyId, agency: agency?.shortName ?? '', color }
}
