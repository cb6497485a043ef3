import { useQuery } from '@tanstack/react-query'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import type { BlocId } from '../../shared/base/ids.ts'
import { documentRoutes } from '../../shared/documents/api.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { useSession } from '../accounts/useSession.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

/** Oneself as the others see it; the server tells everybody but oneself. Null until session and bloc are known. */
export function useOwnPresence(blocId: BlocId): PresenceUser | null {
  const session = useSession()
  const bloc = useQuery({
    queryKey: queryKey.bloc(blocId),
    queryFn: () => call(documentRoutes.bloc, { params: { blocId } }),
  })
  const user = session.data?.user
  if (!user || !bloc.data) return null
  const rank = bloc.data.agencies.findIndex(({ id }) => id === user.agencyId)
  return {
    id: user.id,
    name: user.name,
    agencyId: user.agencyId,
    agency: bloc.data.agencies[rank]?.shortName ?? '',
    color: rank < 0 ? 'var(--ink-3)' : agencyColor(rank),
  }
}
