import type { BlocActor } from '../../shared/accounts/account.ts'
import type { SessionUser } from '../../shared/accounts/api.ts'
import type { Scene } from '../../shared/accounts/permissions.ts'
import type { BlocView } from '../../shared/documents/api.ts'

/** The signed-in person as the table of permissions wants to see them. The server judges again, by its rows. */
export const actorIn = (user: SessionUser, bloc: BlocView): BlocActor => ({
  userId: user.id,
  name: user.name,
  agencyId: user.agencyId,
  role: user.role,
  mandated: user.mandated ?? false,
  blocId: bloc.id,
  agencyRole: bloc.agencies.find(({ id }) => id === user.agencyId)?.role ?? null,
})

/** @param now milliseconds since 1970 */
export const sceneOf = (bloc: BlocView, now: number): Scene => ({
  deputyActs: bloc.deputyActsUntil !== null && Date.parse(bloc.deputyActsUntil) > now,
})
