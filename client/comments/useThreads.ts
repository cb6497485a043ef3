import {
  queryOptions,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { DocumentId, ProposalId, ThreadId } from '../../shared/base/ids.ts'
import { type Audience, commentRoutes, type ThreadView } from '../../shared/comments/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

export const useThreads = (documentId: DocumentId) => useQuery(threadsQuery(documentId))

/** Of several documents, in their order; empty until they are here, and where they could not be had. */
export const useThreadsOf = (documentIds: readonly DocumentId[]) =>
  useQueries({ queries: documentIds.map(threadsQuery), combine: threadsOf })

type Answer = { data: ThreadView[] | undefined; isPending: boolean; error: Error | null }

/** No answer is not an empty one. */
export const threadsOf = (answers: readonly Answer[]) => ({
  lists: answers.map(({ data }) => data ?? []),
  isLoading: answers.some(({ isPending }) => isPending),
  error: answers.find(({ error }) => error !== null)?.error ?? null,
})

const threadsQuery = (documentId: DocumentId) =>
  queryOptions({
    queryKey: queryKey.threads(documentId),
    queryFn: async () => (await call(commentRoutes.list, { params: { documentId } })).threads,
  })

export const openThreads = (threads: readonly ThreadView[]) =>
  threads.filter(({ status, detached }) => status === 'open' && !detached)

export type OpeningThread = {
  clauseId: string
  body: string
  audience: Audience
  quote?: string
  anchor?: string
  proposalId?: ProposalId
}

/** @param onPosted also when the form has gone before the answer came */
export function useOpenThread(documentId: DocumentId, onPosted: () => void) {
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: (body: OpeningThread) => call(commentRoutes.open, { params: { documentId }, body }),
    onSuccess: onPosted,
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

/** One's own words, changed or taken back. */
export function useAmendWords(at: {
  documentId: DocumentId
  threadId: ThreadId
  replyId?: string
}) {
  const { documentId, threadId, replyId } = at
  const onSettled = useRefresh(documentId)
  const edit = useMutation({
    mutationFn: async (body: string): Promise<void> => {
      if (replyId === undefined)
        await call(commentRoutes.edit, { params: { threadId }, body: { body } })
      else await call(commentRoutes.editReply, { params: { threadId, replyId }, body: { body } })
    },
    onSettled,
  })
  const remove = useMutation({
    mutationFn: async (): Promise<void> => {
      if (replyId === undefined) await call(commentRoutes.remove, { params: { threadId } })
      else await call(commentRoutes.removeReply, { params: { threadId, replyId } })
    },
    onSettled,
  })
  return { edit, remove }
}

/** Several at once, of whatever documents; the answer names those that were not. */
export function useResolveMany() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { threadIds: ThreadId[]; reason?: string }) =>
      call(commentRoutes.resolveMany, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKey.allThreads }),
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
