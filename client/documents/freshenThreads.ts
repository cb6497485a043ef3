import { hashKey, type QueryClient } from '@tanstack/react-query'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { queryKey } from '../base/queryKey.ts'

/** From the first change until threads are asked for: whoever decides many decides them one by one. */
const GATHER_MS = 1_000

/**
 * A thread about a clause to come has its place while the proposal is open: threads are asked for anew when one that they
 * are about is decided or open again, and for no other proposal.
 * @returns stops
 */
export function freshenThreads(client: QueryClient, documentId: DocumentId): () => void {
  const key = queryKey.proposals(documentId)
  const hash = hashKey(key)
  const read = () => client.getQueryData<ProposalView[]>(key)
  let known = read()
  let timer: ReturnType<typeof setTimeout> | undefined
  const freshen = () => {
    timer = undefined
    void client.invalidateQueries({ queryKey: queryKey.threads(documentId) })
  }
  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    if (event.query.queryHash !== hash) return
    const before = known
    known = read()
    if (!before || !known) return
    const threads = client.getQueryData<ThreadView[]>(queryKey.threads(documentId)) ?? []
    const spokenOf = new Set(threads.flatMap(({ proposalId }) => proposalId ?? []))
    const [then, now] = [openOf(before), openOf(known)]
    if ([...spokenOf].some((id) => then.has(id) !== now.has(id)))
      timer ??= setTimeout(freshen, GATHER_MS)
  })
  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}

const openOf = (proposals: readonly ProposalView[]): ReadonlySet<string> =>
  new Set(proposals.filter(({ status }) => status === 'open').map(({ id }) => id))
