import type { BlocActor } from '../../shared/accounts/account.ts'
import type { ThreadView } from '../../shared/comments/api.ts'

export type Whose = 'all' | 'me' | 'agency'
export type ThreadState = 'open' | 'resolved' | 'detached'
export const THREAD_STATES = ['open', 'resolved', 'detached'] as const

/** Null or `all` lets everything through. */
export type ThreadFilter = {
  whose: Whose
  clauseId: string | null
  agencyId: string | null
}

export const stateOf = ({ status, detached }: ThreadView): ThreadState =>
  detached ? 'detached' : status

/** It calls this person or the agency, or this person has spoken in it. */
export function isForMe(thread: ThreadView, { userId, agencyId }: BlocActor): boolean {
  return [thread, ...thread.replies].some(
    ({ author, mentions }) =>
      author.id === userId ||
      mentions.some(({ kind, id }) => id === (kind === 'person' ? userId : agencyId)),
  )
}

/** @param within every clause that hangs under the chosen one, itself included */
export function filterThreads(
  threads: readonly ThreadView[],
  { whose, clauseId, agencyId }: ThreadFilter,
  actor: BlocActor,
  within: (clauseId: string) => ReadonlySet<string>,
): ThreadView[] {
  const clauses = clauseId === null ? null : within(clauseId)
  return threads.filter(
    (thread) =>
      (whose !== 'me' || isForMe(thread, actor)) &&
      (whose !== 'agency' || thread.agencyId === actor.agencyId) &&
      (agencyId === null || thread.agencyId === agencyId) &&
      (clauses === null || clauses.has(thread.clauseId)),
  )
}
