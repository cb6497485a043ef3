import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { PresenceBar } from '../sync/PresenceBar.tsx'
import { SaveIndicator } from '../sync/SaveIndicator.tsx'
import styles from './HeaderStatus.module.css'
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
  const t = useText()
  return (
    <>
      <button
        type="button"
        className={styles.history}
        title={t('history.open')}
        onClick={() => state.show({ kind: 'history' })}
      >
        <SaveIndicator connection={connection} />
        <span className="unseen">{t('history.open')}</span>
      </button>
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
