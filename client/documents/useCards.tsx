import { can } from '../../shared/accounts/permissions.ts'
import { markOf } from '../agreements/marks.ts'
import { NewThreadCard } from '../comments/NewThreadCard.tsx'
import { ThreadCard } from '../comments/ThreadCard.tsx'
import { openThreads } from '../comments/useThreads.ts'
import { homeOf } from '../proposals/homeOf.ts'
import { ProposalCard } from '../proposals/ProposalCard.tsx'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import type { Card } from './CardColumn.tsx'
import { ClauseBrackets } from './ClauseBrackets.tsx'
import { ClausePosition } from './ClausePosition.tsx'
import { OriginButton } from './OriginButton.tsx'
import { ProposalTalk } from './ProposalTalk.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** Everything the margin says, in document order; on one clause: its positions, a new comment, comments, proposals. */
export function useCards(props: {
  desk: Desk
  state: DeskState
  connection: DocumentConnection
}): readonly Card[] {
  const { desk, state, connection } = props
  const order = new Map(desk.clauses.map(({ id }, index) => [id, index]))
  const rank = (card: Card) => order.get(card.clauseId) ?? order.size
  const cards = [
    ...positionCards(desk, state, connection),
    ...bracketCards(desk, state, connection),
    ...composer(desk, state),
    ...threadsBeside(desk).map(
      (thread): Card => ({
        key: thread.id,
        clauseId: thread.clauseId,
        tone: 'note',
        onActivate: () => {
          state.setActiveThread(thread.id)
          state.setCurrent(thread.clauseId)
        },
        content: (
          <ThreadCard
            documentId={desk.document.id}
            thread={thread}
            agencies={desk.agencies}
            place={desk.placeOf(thread.clauseId)}
            actor={desk.actor}
            scene={desk.scene}
            reach={desk.reach}
          />
        ),
      }),
    ),
    ...proposalCards(desk, state),
  ]
  // A stable sort keeps the order above among cards of one clause.
  return cards.sort((a, b) => rank(a) - rank(b))
}

/** Open ones that have a card of their own: what is said about an open proposal stands on its card. */
export const threadsBeside = ({ threads, proposals }: Pick<Desk, 'threads' | 'proposals'>) =>
  openThreads(threads).filter(({ proposalId }) => !proposals.some(({ id }) => id === proposalId))

/** Card of the comment that is being written. */
export const NEW_THREAD = 'new thread'

export const positionKey = (clauseId: string) => `position:${clauseId}`

/** Shown when asked for, and to whoever speaks for an agency that has not agreed to the clause at the caret. */
function positionCards(desk: Desk, state: DeskState, connection: DocumentConnection): Card[] {
  const { current, opened } = state
  if (current === null || !desk.agreement.rows.has(current)) return []
  const speaks = can(desk.actor, 'position.take', desk.scene) && desk.document.phase === 'drafting'
  const own = markOf(desk.agreement.rows.get(current) ?? [], desk.actor.agencyId)?.state
  if (opened !== current && !(speaks && own !== 'agreed')) return []
  return [
    {
      key: positionKey(current),
      clauseId: current,
      tone: 'act',
      content: (
        <>
          <ClausePosition desk={desk} connection={connection} clauseId={current} />
          {desk.brackets.open.includes(current) ? null : (
            <ClauseBrackets desk={desk} state={state} connection={connection} clauseId={current} />
          )}
          <OriginButton state={state} clauseId={current} />
        </>
      ),
    },
  ]
}

/**
 * Competing wordings are always in sight, in a card of their own. A press on it makes its clause no current one: another
 * card would come between the hand and the button.
 */
export const bracketCards = (
  desk: Desk,
  state: DeskState,
  connection: DocumentConnection,
): Card[] =>
  desk.brackets.open.map((clauseId) => ({
    key: `bracket:${clauseId}`,
    clauseId,
    tone: 'act',
    content: (
      <ClauseBrackets desk={desk} state={state} connection={connection} clauseId={clauseId} />
    ),
  }))

function composer(desk: Desk, { composing, stopComposing }: DeskState): Card[] {
  if (!composing) return []
  const { clauseId } = composing
  return [
    {
      key: NEW_THREAD,
      clauseId,
      tone: 'note',
      content: (
        <NewThreadCard
          documentId={desk.document.id}
          draft={composing}
          place={desk.placeOf(clauseId)}
          reach={desk.reach}
          agencyId={desk.actor.agencyId}
          onDone={stopComposing}
        />
      ),
    },
  ]
}

/** Proposals, and what came after the lock. */
export function proposalCards(desk: Desk, state: Pick<DeskState, 'handle' | 'setCurrent'>): Card[] {
  const clauses = new Map(desk.clauses.map((clause) => [clause.id, clause]))
  return desk.proposals.map((proposal) => {
    const clauseId = homeOf(proposal, desk.proposals)
    return {
      key: proposal.id,
      clauseId,
      tone: proposal.origin === 'late' ? 'late' : 'note',
      content: (
        <ProposalCard
          documentId={desk.document.id}
          phase={desk.document.phase}
          proposal={proposal}
          clause={clauses.get(proposal.clauseId)}
          clauses={desk.clauses}
          placeOf={desk.placeOf}
          agencies={desk.agencies}
          actor={desk.actor}
          scene={desk.scene}
          handle={state.handle}
        >
          <ProposalTalk desk={desk} documentId={desk.document.id} proposal={proposal} />
        </ProposalCard>
      ),
    }
  })
}
