import { homeOf } from '../proposals/decisions/selectedProposals.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** Leads to the card of a proposal while it is open, with the focus on it, and to the record of it afterwards. */
export function showProposal(
  { proposals }: Pick<Desk, 'proposals'>,
  state: Pick<DeskState, 'show' | 'close' | 'goTo'>,
  proposalId: string,
): void {
  const open = proposals.find(({ id }) => id === proposalId)
  if (!open) {
    state.show({ kind: 'decided', first: proposalId })
    return
  }
  state.close()
  state.goTo(homeOf(open, proposals))
  // Once its card has taken its place, and the dialog has given the focus back.
  requestAnimationFrame(() => requestAnimationFrame(() => cardOf(proposalId)?.focus()))
}

const cardOf = (id: string) =>
  [...document.querySelectorAll<HTMLElement>(`[data-proposal="${CSS.escape(id)}"]`)].find((card) =>
    card.checkVisibility(),
  )
