import type { PositionView } from '../../../shared/agreements/api.ts'
import type { BracketView } from '../../../shared/brackets/api.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { placeDescriber } from '../../../shared/clauses/describePlace.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import { numberingModel } from '../../../shared/documents/document.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { homeOf } from '../../proposals/homeOf.ts'

export type QueueDocument = {
  document: DocumentView
  clauses: readonly ClauseView[]
  proposals: readonly ProposalView[]
  positions: readonly PositionView[]
  brackets: readonly BracketView[]
}

/** What waits for the chair. */
export type QueueItem = {
  key: string
  document: DocumentView
  clauseId: string
  clause: ClauseView | undefined
  /** Where it stands, in words; empty for one that is new, gone or the structure. */
  place: string
  /** The text that it is about. */
  text: { clauses: readonly ClauseView[]; placeOf(clauseId: string): string }
} & (
  | { kind: 'proposal'; proposal: ProposalView }
  | { kind: 'bracket'; bracket: BracketView }
  | { kind: 'objection'; position: PositionView }
)

/**
 * Open proposals, brackets and objections that stand, document by document, clause by clause in the order of the text; on
 * one clause the proposals first, as they were made, then its brackets. What is about no clause of the text comes last.
 */
export function chairQueue(documents: readonly QueueDocument[]): QueueItem[] {
  return documents.flatMap(({ document, clauses, proposals, brackets, positions }) => {
    const order = new Map(clauses.map(({ id }, index): [string, number] => [id, index]))
    const byId = new Map(clauses.map((clause): [string, ClauseView] => [clause.id, clause]))
    const placeOf = placeDescriber(clauses, numberingModel(document.kind))
    const open = proposals.filter(({ status }) => status === 'open')
    const items = [
      ...open.map((proposal) => proposalItem(proposal, open)),
      ...brackets.map(bracketItem),
      ...positions
        .filter(({ position, standing }) => position === 'objects' && standing === 'counts')
        .map(objectionItem),
    ].map((about) => ({
      ...about,
      key: `${document.id} ${about.key}`,
      document,
      clause: byId.get(about.subject),
      place: placeOf(about.clauseId),
      text: { clauses, placeOf },
    }))
    const rank = ({ clauseId }: QueueItem) => order.get(clauseId) ?? order.size
    // A stable sort keeps the order above among those of one clause.
    return items.sort((a, b) => rank(a) - rank(b))
  })
}

const proposalItem = (proposal: ProposalView, open: readonly ProposalView[]) => ({
  kind: 'proposal' as const,
  key: proposal.id,
  subject: proposal.clauseId,
  clauseId: homeOf(proposal, open),
  proposal,
})

/** By its wordings: its number goes to the next one of the clause as soon as somebody has settled it. */
const bracketItem = (bracket: BracketView) => ({
  kind: 'bracket' as const,
  key: `${bracket.clauseId} [${bracket.options.map(({ hash }) => hash).join('/')}]`,
  subject: bracket.clauseId,
  clauseId: bracket.clauseId,
  bracket,
})

const objectionItem = (position: PositionView) => ({
  kind: 'objection' as const,
  key: `${position.clauseId} ${position.agencyId}`,
  subject: position.clauseId,
  clauseId: position.clauseId,
  position,
})
