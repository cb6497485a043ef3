import { useState } from 'react'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { DecidedPanel } from '../proposals/decisions/DecidedPanel.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ProposalTalk } from './ProposalTalk.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** The record of what was decided about the proposals of this document. @param first the one that somebody was led to */
export function DecidedDialog(props: { desk: Desk; state: DeskState; first: string | null }) {
  const { desk, state } = props
  const t = useText()
  const phone = useMedia(PHONE)
  const [only, setOnly] = useState(props.first)
  return (
    <Dialog
      open
      onClose={state.close}
      shape={phone ? 'sheet' : 'side'}
      title={t('decided.title')}
      lead={t('decided.lead')}
    >
      <DecidedPanel
        documentId={desk.document.id}
        clauses={desk.clauses}
        placeOf={desk.placeOf}
        agencies={desk.agencies}
        only={only}
        onEverything={() => setOnly(null)}
        onShow={(clauseId) => {
          state.close()
          state.goTo(clauseId)
        }}
        talkOf={(proposal) => (
          <ProposalTalk desk={desk} documentId={desk.document.id} proposal={proposal} />
        )}
      />
    </Dialog>
  )
}
