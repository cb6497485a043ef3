import { homeOf } from '../proposals/homeOf.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/**
 * Leads to the card of a proposal while it is open, with the focus on it, and to the record of it afterwards.
 * @param phone has no margin: the card is on the sheet of its clause, or in the list where it stands beside none
 */
export function showProposal(
  { proposals, clauses }: Pick<Desk, 'proposals' | 'clauses'>,
  state: Pick<DeskState, 'show' | 'close' | 'goTo'>,
  proposalId: string,
  phone: boolean,
): void {
  const open = proposals.find(({ id }) => id === proposalId)
  if (!open) {
    state.show({ kind: 'decided', first: proposalId })
    return
  }
  const home = homeOf(open, proposals)
  if (!phone) {
    state.close()
    state.goTo(home)
  } else if (clauses.some(({ id }) => id === home)) {
    state.goTo(home)
    state.show({ kind: 'clause', clauseId: home })
  } else state.show({ kind: 'threads' })
  // Once its card has taken its place, and the dialog has given the focus back.
  requestAnimationFrame(() => requestAnimationFrame(() => cardOf(proposalId)?.focus()))
}

const cardOf = (id: string) =>
  [...document.querySelectorAll<HTMLElement>(`[data-proposal="${CSS.escape(id)}"]`)].find((card) =>
    card.checkVisibility(),
  )
