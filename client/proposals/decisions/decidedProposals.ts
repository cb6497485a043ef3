import type { ProposalView } from '../../../shared/proposals/api.ts'

/** Everything but open. */
export const OUTCOMES = ['accepted', 'rejected', 'withdrawn'] as const
export type Outcome = (typeof OUTCOMES)[number]
export type DecidedProposal = ProposalView & { status: Outcome }

const isDecided = (proposal: ProposalView): proposal is DecidedProposal =>
  proposal.status !== 'open'

const decidedAt = ({ decidedAt, at }: ProposalView) => Date.parse(decidedAt ?? at)

/** What was decided last comes first. */
export const decidedProposals = (proposals: readonly ProposalView[]): DecidedProposal[] =>
  proposals.filter(isDecided).sort((a, b) => decidedAt(b) - decidedAt(a))

/** What it changes of what the clause said when it was made. */
export const proposedChange = ({ kind, baseText = '', text }: ProposalView) => ({
  from: kind === 'insert' ? '' : baseText,
  to: kind === 'delete' ? '' : text,
})
