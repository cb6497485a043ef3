import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PositionWord } from '../../shared/agreements/agreement.ts'
import { agreementRoutes } from '../../shared/agreements/api.ts'
import type { ClauseId, DocumentId, Sha256 } from '../../shared/base/ids.ts'
import { call } from '../base/api.ts'
import { isRefusal } from '../base/apiError.ts'
import { queryKey } from '../base/queryKey.ts'

export const usePositions = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.positions(documentId),
    queryFn: async () => (await call(agreementRoutes.list, { params: { documentId } })).positions,
  })

export type Taking = {
  position: PositionWord
  note?: string
  /** What the person saw; several when they speak of a whole Điều. */
  clauses: readonly { id: string; hash: string }[]
}

/** One call per clause, each bound to the words that were on the screen; the first refusal ends the row. */
export function useTakePosition(documentId: DocumentId) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: async ({ position, note, clauses }: Taking) => {
      for (const { id, hash } of clauses)
        await call(agreementRoutes.take, {
          params: { documentId, clauseId: id as ClauseId },
          body: { position, hash: hash as Sha256, ...(note ? { note } : {}) },
        })
    },
    onSettled: (_, error) => refresh(error),
  })
}

export function useTakeAll(documentId: DocumentId) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (contentHash: string) =>
      call(agreementRoutes.takeAll, {
        params: { documentId },
        body: { position: 'agreed', contentHash: contentHash as Sha256 },
      }),
    onSettled: (_, error) => refresh(error),
  })
}

function useRefresh(documentId: DocumentId) {
  const client = useQueryClient()
  return async (error: unknown) => {
    const stale = isRefusal(error, 'position/stale-hash', 'clause/not-found')
    const keys = [
      queryKey.positions(documentId),
      queryKey.readiness(documentId),
      ...(stale ? [queryKey.clauses(documentId), queryKey.document(documentId)] : []),
    ]
    await Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: key })))
  }
}
