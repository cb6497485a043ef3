import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PositionWord } from '../../shared/agreements/agreement.ts'
import { agreementRoutes } from '../../shared/agreements/api.ts'
import type { ClauseId, DocumentId, Sha256 } from '../../shared/base/ids.ts'
import { call } from '../base/api.ts'
import { isRefusal } from '../base/apiError.ts'
import { queryKey } from '../base/queryKey.ts'

/** Personal views of officers; they count for nothing. */
export const useViews = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.views(documentId),
    queryFn: async () => (await call(agreementRoutes.views, { params: { documentId } })).views,
  })

export function useLeaveView(documentId: DocumentId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (left: { clauseId: string; hash: string; view: PositionWord; note?: string }) =>
      call(agreementRoutes.leaveView, {
        params: { documentId, clauseId: left.clauseId as ClauseId },
        body: {
          view: left.view,
          hash: left.hash as Sha256,
          ...(left.note ? { note: left.note } : {}),
        },
      }),
    onSettled: async (_, error) => {
      const stale = isRefusal(error, 'position/stale-hash', 'clause/not-found')
      const keys = [queryKey.views(documentId), ...(stale ? [queryKey.clauses(documentId)] : [])]
      await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: key })))
    },
  })
}
