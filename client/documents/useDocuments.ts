import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { BlocId, DocumentId } from '../../shared/base/ids.ts'
import { clauseRoutes } from '../../shared/clauses/api.ts'
import { type DocumentPatch, documentRoutes } from '../../shared/documents/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

export const useBlocs = () =>
  useQuery({
    queryKey: queryKey.blocs,
    queryFn: async () => (await call(documentRoutes.blocs, {})).blocs,
  })

export const useBloc = (blocId: BlocId) =>
  useQuery({
    queryKey: queryKey.bloc(blocId),
    queryFn: () => call(documentRoutes.bloc, { params: { blocId } }),
  })

export const useDocument = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.document(documentId),
    queryFn: () => call(documentRoutes.get, { params: { documentId } }),
  })

/** The clauses as the server has them: for documents whose text is not open here. */
export const useStoredClauses = (documentId: DocumentId, enabled: boolean) =>
  useQuery({
    queryKey: queryKey.clauses(documentId),
    queryFn: () => call(clauseRoutes.list, { params: { documentId } }),
    enabled,
  })

export function useDescribe(documentId: DocumentId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (patch: z.input<typeof DocumentPatch>) =>
      call(documentRoutes.patch, { params: { documentId }, body: patch }),
    onSuccess: (document) => client.setQueryData(queryKey.document(documentId), document),
    onSettled: () =>
      Promise.all(
        [
          queryKey.document(documentId),
          queryKey.positions(documentId),
          queryKey.readiness(documentId),
        ].map((key) => client.invalidateQueries({ queryKey: key })),
      ),
  })
}
