import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentId, ThreadId } from '../../shared/base/ids.ts'
import { type Audience, commentRoutes, type ThreadView } from '../../shared/comments/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

export const useThreads = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.threads(documentId),
    queryFn: async () => (await call(commentRoutes.list, { params: { documentId } })).threads,
  })

export const openThreads = (threads: readonly ThreadView[]) =>
  threads.filter(({ status, detached }) => status === 'open' && !detached)

export type OpeningThread = { clauseId: string; body: string; audience: Audience; quote?: string }

export function useOpenThread(documentId: DocumentId) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (body: OpeningThread) => call(commentRoutes.open, { params: { documentId }, body }),
    onSettled: refresh,
  })
}

export function useReply(documentId: DocumentId, threadId: ThreadId) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (body: string) =>
      call(commentRoutes.reply, { params: { threadId }, body: { body } }),
    onSettled: refresh,
  })
}

/** Resolves an open thread and reopens a resolved one. */
export function useCloseThread(documentId: DocumentId, thread: ThreadView) {
  const refresh = useRefresh(documentId)
  const act = thread.status === 'open' ? commentRoutes.resolve : commentRoutes.reopen
  return useMutation({
    mutationFn: (reason: string | undefined) =>
      call(act, { params: { threadId: thread.id }, body: reason ? { reason } : {} }),
    onSettled: refresh,
  })
}

function useRefresh(documentId: DocumentId) {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: queryKey.threads(documentId) })
}
