import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentId, VersionId } from '../../shared/base/ids.ts'
import { versionRoutes } from '../../shared/versions/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

export const useVersions = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.versions(documentId),
    queryFn: () => call(versionRoutes.list, { params: { documentId } }),
  })

/** What lies between two moments never changes; `to` is a row of the log, not `now`, for that reason. */
export const useDiff = (documentId: DocumentId, from: string, to: string | null) =>
  useQuery({
    queryKey: [...queryKey.versions(documentId), 'diff', from, to],
    queryFn: () =>
      call(versionRoutes.diff, { params: { documentId }, query: { from, to: to ?? 'now' } }),
    enabled: to !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Asked once, when somebody comes: what changes while he is here he sees. */
export const useVisit = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.visit(documentId),
    queryFn: async () => (await call(versionRoutes.visit, { params: { documentId } })).visit,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** @param versionId null keeps the present text under the name */
export function useNameVersion(documentId: DocumentId, versionId: VersionId | null) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (name: string) =>
      versionId === null
        ? call(versionRoutes.create, { params: { documentId }, body: { name } })
        : call(versionRoutes.name, { params: { versionId }, body: { name } }),
    onSettled: refresh,
  })
}

export function useRestore(documentId: DocumentId, versionId: VersionId) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (clauseId: string | null) =>
      call(versionRoutes.restore, {
        params: { versionId },
        body: clauseId === null ? {} : { clauseId },
      }),
    onSettled: refresh,
  })
}

function useRefresh(documentId: DocumentId) {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: queryKey.versions(documentId), exact: true })
}
