import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentId } from '../../shared/base/ids.ts'
import { lockingRoutes } from '../../shared/locking/api.ts'
import { useStepUp } from '../accounts/StepUp.tsx'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

/** @param everyMs asks anew that often; never, where notices tell */
export const useReadiness = (
  documentId: DocumentId,
  enabled = true,
  everyMs: number | false = false,
) =>
  useQuery({
    queryKey: queryKey.readiness(documentId),
    queryFn: () => call(lockingRoutes.readiness, { params: { documentId } }),
    enabled,
    refetchInterval: everyMs,
  })

const of = (documentId: DocumentId) => ({ params: { documentId } })

/** The password first, then the announcement: nobody should look for it while ten seconds run. */
export function useAnnounceLock(documentId: DocumentId) {
  const { confirmPassword } = useStepUp()
  return useMutation({
    mutationFn: async () => {
      await confirmPassword()
      await call(lockingRoutes.announce, of(documentId))
    },
  })
}

export const useCancelLock = (documentId: DocumentId) =>
  useMutation({ mutationFn: () => call(lockingRoutes.cancelAnnouncement, of(documentId)) })

export function useLock(documentId: DocumentId) {
  const { withStepUp } = useStepUp()
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: () => withStepUp(() => call(lockingRoutes.lock, { ...of(documentId), body: {} })),
    onSettled: refresh,
  })
}

export function useUnlock(documentId: DocumentId) {
  const { withStepUp } = useStepUp()
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (reason: string) =>
      withStepUp(() => call(lockingRoutes.unlock, { ...of(documentId), body: { reason } })),
    onSettled: refresh,
  })
}

function useRefresh(documentId: DocumentId) {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [
        queryKey.document(documentId),
        queryKey.readiness(documentId),
        queryKey.signing(documentId),
        ['bloc'],
      ].map((key) => client.invalidateQueries({ queryKey: key })),
    )
}
