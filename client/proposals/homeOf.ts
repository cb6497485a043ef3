import type { ProposalView } from '../../shared/proposals/api.ts'

/** The clause of the text beside which a proposal stands; empty for the top. An insertion may come after another one. */
export function homeOf(proposal: ProposalView, proposals: readonly ProposalView[]): string {
  const seen = new Set<ProposalView>()
  let at = proposal
  while (at.kind === 'insert' && !seen.has(at)) {
    seen.add(at)
    const after = at.afterClauseId
    const before = proposals.find(({ kind, clauseId }) => kind === 'insert' && clauseId === after)
    if (!before) return after ?? ''
    at = before
  }
  return at.clauseId
}
