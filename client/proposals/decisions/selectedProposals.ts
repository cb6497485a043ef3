import type { BlocActor } from '../../../shared/accounts/account.ts'
import { can, type Scene } from '../../../shared/accounts/permissions.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { homeOf } from '../homeOf.ts'
import { standingOf } from '../standing.ts'

/** Open proposals on these clauses, in the order in which they were made. */
export const proposalsOn = (
  proposals: readonly ProposalView[],
  clauseIds: readonly string[],
): ProposalView[] => {
  const on = new Set(clauseIds)
  return proposals.filter((one) => one.status === 'open' && on.has(homeOf(one, proposals)))
}

export type Share = {
  /** May be rejected by whoever looks. */
  rejectable: ProposalView[]
  /** May be accepted without a further look. */
  acceptable: ProposalView[]
  /** May be accepted one by one: the clause has moved on since, or more than one of them is about it. */
  disputed: ProposalView[]
  /** Of the person who looks: others decide them. */
  own: ProposalView[]
}

/** @param open all open ones of the document: nobody accepts one without a look at what competes with it, his own too */
export const isAlone = (one: ProposalView, open: readonly ProposalView[]): boolean =>
  open.every(({ id, clauseId }) => id === one.id || clauseId !== one.clauseId)

/**
 * Who may do what with them at once.
 * @param desk `proposals`: all open ones of the document
 */
export function shareOf(
  selected: readonly ProposalView[],
  desk: {
    proposals: readonly ProposalView[]
    clauses: readonly ClauseView[]
    actor: BlocActor
    scene: Scene
  },
): Share {
  const { proposals, clauses, actor, scene } = desk
  const byId = new Map<string, ClauseView>(clauses.map((clause) => [clause.id, clause]))
  const rejectable = selected.filter(({ author }) =>
    can(actor, 'proposal.decide', { ...scene, proposerId: author.id }),
  )
  const isClear = (one: ProposalView) =>
    isAlone(one, proposals) && standingOf(one, byId.get(one.clauseId)).kind === 'fresh'
  return {
    rejectable,
    acceptable: rejectable.filter(isClear),
    disputed: rejectable.filter((one) => !isClear(one)),
    own: selected.filter(({ author }) => author.id === actor.userId),
  }
}

/** How many are from which agency, most first. */
export function countByAgency(proposals: readonly ProposalView[]): [agencyId: string, n: number][] {
  const counts = new Map<string, number>()
  for (const { agencyId } of proposals) counts.set(agencyId, (counts.get(agencyId) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}
