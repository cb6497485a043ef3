import { PHONE, useMedia } from '../base/useMedia.ts'
import { OriginDialog } from '../versions/origin/OriginDialog.tsx'
import { showProposal } from './showProposal.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'
import { useOpenCard } from './useThreadKeys.ts'

/** Where a clause of the text on screen comes from; each event leads to its place on the desk. */
export function ClauseOriginDialog(props: { desk: Desk; state: DeskState; clauseId: string }) {
  const { desk, state, clauseId } = props
  const phone = useMedia(PHONE)
  const openCard = useOpenCard(desk, state)
  const toThread = (threadId: string) => {
    const thread = desk.threads.find(({ id }) => id === threadId)
    if (thread?.proposalId !== undefined) showProposal(desk, state, thread.proposalId, phone)
    else if (thread?.status === 'open' && !thread.detached) {
      state.close()
      openCard(threadId)
    } else state.show({ kind: 'threads' })
  }
  return (
    <OriginDialog
      documentId={desk.document.id}
      clauseId={clauseId}
      place={desk.placeOf(clauseId)}
      shape={phone ? 'sheet' : 'side'}
      agencies={desk.agencies}
      decisions={desk.brackets.decisions.filter((decision) => decision.clauseId === clauseId)}
      onClose={state.close}
      onProposal={(id) => showProposal(desk, state, id, phone)}
      onThread={toThread}
      onPosition={() => {
        state.goTo(clauseId)
        if (phone) state.show({ kind: 'clause', clauseId })
        else state.close()
      }}
    />
  )
}
