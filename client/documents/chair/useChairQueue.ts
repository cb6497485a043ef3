import { useQueries } from '@tanstack/react-query'
import { agreementRoutes } from '../../../shared/agreements/api.ts'
import { bracketRoutes } from '../../../shared/brackets/api.ts'
import { clauseRoutes } from '../../../shared/clauses/api.ts'
import type { BlocView } from '../../../shared/documents/api.ts'
import { documentRoutes } from '../../../shared/documents/api.ts'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import { fetchProposals } from '../../proposals/useProposals.ts'
import { chairQueue, type QueueItem } from './chairQueue.ts'

/** A queue that was looked at long ago is asked for anew. */
const FRESH = { refetchOnMount: 'always' } as const

/**
 * The queue over all documents of the bloc; null until every one of them has answered.
 * @returns with why a part of it is missing or may be old
 */
export function useChairQueue({ documents }: BlocView): {
  queue: readonly QueueItem[] | null
  error: Error | null
} {
  const ids = documents.map(({ id }) => id)
  const records = useQueries({
    queries: ids.map((documentId) => ({
      queryKey: queryKey.document(documentId),
      queryFn: () => call(documentRoutes.get, { params: { documentId } }),
    })),
  })
  const clauses = useQueries({
    queries: ids.map((documentId) => ({
      queryKey: queryKey.clauses(documentId),
      queryFn: () => call(clauseRoutes.list, { params: { documentId } }),
      ...FRESH,
    })),
  })
  const proposals = useQueries({
    queries: ids.map((documentId) => ({
      queryKey: queryKey.proposals(documentId),
      queryFn: () => fetchProposals(documentId),
      ...FRESH,
    })),
  })
  const positions = useQueries({
    queries: ids.map((documentId) => ({
      queryKey: queryKey.positions(documentId),
      queryFn: async () => (await call(agreementRoutes.list, { params: { documentId } })).positions,
      ...FRESH,
    })),
  })
  const brackets = useQueries({
    queries: ids.map((documentId) => ({
      queryKey: queryKey.brackets(documentId),
      queryFn: () => call(bracketRoutes.list, { params: { documentId } }),
      ...FRESH,
    })),
  })
  const parts = ids.flatMap((_, index) => {
    const [document, text] = [records[index]?.data, clauses[index]?.data]
    const [made, taken] = [proposals[index]?.data, positions[index]?.data]
    const words = brackets[index]?.data?.brackets
    if (!document || !text || !made || !taken || !words) return []
    return [{ document, clauses: text.clauses, proposals: made, positions: taken, brackets: words }]
  })
  const failed = [records, clauses, proposals, positions, brackets]
    .flat()
    .find(({ error }) => error !== null)
  return {
    queue: parts.length === ids.length ? chairQueue(parts) : null,
    error: failed?.error ?? null,
  }
}
