import type { DocumentConnection } from '../sync/connectDocument.ts'
import { PresenceBar } from '../sync/PresenceBar.tsx'
import { SaveIndicator } from '../sync/SaveIndicator.tsx'
import { PhaseActions } from './PhaseActions.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

export function HeaderStatus(props: {
  desk: Desk
  state: DeskState
  connection: DocumentConnection
  phone: boolean
}) {
  const { desk, state, connection, phone } = props
  return (
    <>
      <SaveIndicator connection={connection} />
      {phone ? null : (
        <>
          <PresenceBar
            connection={connection}
            onSelect={(clientId) => void state.handle?.scrollToCaret(clientId)}
          />
          <PhaseActions desk={desk} state={state} />
        </>
      )}
    </>
  )
}
