import { can } from '../../shared/accounts/permissions.ts'
import { homeOf } from '../proposals/homeOf.ts'
import { sealedPdfUrl } from '../signing/useSigning.ts'
import type { NextStep } from './nextStep.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** What the one button of the next step does. On the phone a clause opens in the sheet. */
export function useNextAction(desk: Desk, state: DeskState, phone: boolean): () => void {
  const goTo = (clauseId: string | undefined) => {
    if (clauseId === undefined) return
    if (clauseId === 'structure') {
      state.show({ kind: 'structure' })
      return
    }
    state.goTo(clauseId)
    if (phone) state.show({ kind: 'clause', clauseId })
  }
  const acts: Record<NextStep['kind'], () => void> = {
    // Pressed again on a clause that still waits, it goes on to the one after.
    agree: () =>
      goTo(desk.waiting[desk.waiting.indexOf(state.current ?? '') + 1] ?? desk.waiting[0]),
    clear: () => state.show({ kind: 'blockers' }),
    done: () => state.show({ kind: 'matrix' }),
    watch: () => state.show({ kind: 'matrix' }),
    lock: () => state.show({ kind: 'lock' }),
    talk: () => state.show({ kind: 'threads' }),
    late: () => (phone ? state.show({ kind: 'threads' }) : goTo(firstPlace(desk))),
    write: () => {
      const clauseId = state.current ?? desk.clauses[0]?.id
      if (clauseId === undefined) return
      state.goTo(clauseId)
      state.compose(clauseId)
      if (phone) state.show({ kind: 'clause', clauseId })
    },
    number: () => state.show({ kind: 'fields' }),
    seal: () => state.show({ kind: 'seal' }),
    sealBlank: () => state.show({ kind: 'seal' }),
    awaitSeal: () => state.show({ kind: 'signing' }),
    sealing: () => state.show({ kind: 'signing' }),
    awaitPerson: () => state.show({ kind: 'signing' }),
    awaitSignatures: () => state.show({ kind: 'signing' }),
    sign: () => {
      if (desk.next.kind === 'sign') state.show({ kind: 'sign', placeId: desk.next.placeId })
    },
    download: () => window.location.assign(sealedPdfUrl(desk.document.id)),
  }
  return acts[desk.next.kind]
}

/** Where the first open proposal that this person decides is to be seen; none at the top of the text. */
function firstPlace({ proposals, actor, scene }: Desk): string | undefined {
  const first = proposals.find(({ author }) =>
    can(actor, 'proposal.decide', { ...scene, proposerId: author.id }),
  )
  return (first && homeOf(first, proposals)) || undefined
}
