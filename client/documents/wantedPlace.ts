import { useEffect } from 'react'
import { settableStore, useStore } from '../base/store.ts'
import { useProposals } from '../proposals/useProposals.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** What somebody wants to see from outside a document's desk, until that desk has shown it. */
type Wanted = { documentId: string; threadId?: string; clauseId?: string; placeId?: string }

const wanted = settableStore<Wanted | null>(null)

export const wantPlace = (place: Wanted): void => wanted.set(place)

/** Shows what is wanted of this document, once its text and its threads are here. */
export function useWantedPlace(
  desk: Desk,
  state: DeskState,
  visible: boolean,
  openCard: (threadId: string) => void,
): void {
  const place = useStore(wanted)
  const { handle, goTo, show } = state
  const { threads, document, clauses } = desk
  const proposals = useProposals(document.id).data
  useEffect(() => {
    if (!place || !visible || !handle || place.documentId !== document.id) return
    const { threadId, clauseId, placeId } = place
    const thread = threads.find(({ id }) => id === threadId)
    if (threadId !== undefined && !thread) return
    // Until it is known whether its proposal is open.
    if (thread?.proposalId !== undefined && !proposals) return
    wanted.set(null)
    if (
      thread &&
      (thread.proposalId !== undefined || (thread.status === 'open' && !thread.detached))
    )
      openCard(thread.id)
    else if (thread) show({ kind: 'threads' })
    else if (clauseId === 'structure') show({ kind: 'structure' })
    else if (placeId !== undefined) show({ kind: 'sign', placeId })
    else if (clauses.some(({ id }) => id === clauseId)) goTo(clauseId ?? '')
  }, [place, visible, handle, threads, proposals, clauses, document.id, goTo, show, openCard])
}
