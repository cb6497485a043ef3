import { useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import { AgreementMatrix } from '../agreements/matrix/AgreementMatrix.tsx'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { AgreeAll } from './AgreeAll.tsx'
import { ClauseBrackets } from './ClauseBrackets.tsx'
import { ClausePosition } from './ClausePosition.tsx'
import styles from './DeskOverlays.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

type Props = { desk: Desk; state: DeskState; connection: DocumentConnection }

/** The matrix of the document on the desk; it lives from the open text, so it falls and returns with each character. */
export function MatrixDialog({ desk, state, connection }: Props) {
  const t = useText()
  const { document, agreement, actor, waiting } = desk
  const [agreeing, setAgreeing] = useState(false)
  const speaks = can(actor, 'position.take', desk.scene)
  const open = speaks && document.phase === 'drafting'
  return (
    <Dialog open onClose={state.close} shape="full" title={t('matrix.title')}>
      <AgreementMatrix
        clauses={desk.clauses}
        rows={agreement.rows}
        parties={document.parties}
        agencies={desk.agencies}
        own={actor.agencyId}
        views={desk.views}
        waiting={speaks ? waiting : null}
        placeOf={desk.placeOf}
        at={state.current ?? desk.clauses[0]?.id ?? null}
        detail={({ clauseId, agencyId }, choose) => (
          <div className={styles.stack}>
            <ClausePosition
              desk={desk}
              connection={connection}
              clauseId={clauseId}
              pressed={agencyId}
            />
            <ClauseBrackets desk={desk} state={state} connection={connection} clauseId={clauseId} />
            <div className={styles.more}>
              <Next
                waiting={open ? waiting : []}
                from={clauseId}
                onNext={(next) => choose({ clauseId: next, agencyId: actor.agencyId })}
              />
              {clauseId === STRUCTURE ? null : (
                <Button
                  look="ghost"
                  size="small"
                  onClick={() => {
                    state.close()
                    state.goTo(clauseId)
                  }}
                >
                  {t('matrix.go')} →
                </Button>
              )}
            </div>
          </div>
        )}
        actions={
          open && waiting.length > 0 ? (
            <Button onClick={() => setAgreeing(true)}>{t('agreeAll.button')}</Button>
          ) : null
        }
      />
      {agreeing ? (
        <AgreeAll desk={desk} connection={connection} onClose={() => setAgreeing(false)} />
      ) : null}
    </Dialog>
  )
}

/** From one that waits to the one after it, around the end. */
function Next(props: { waiting: readonly string[]; from: string; onNext(clauseId: string): void }) {
  const t = useText()
  const { waiting, from } = props
  const next = waiting[waiting.indexOf(from) + 1] ?? waiting[0]
  if (next === undefined || next === from) return null
  return (
    <Button size="small" onClick={() => props.onNext(next)}>
      {t('matrix.next', { count: waiting.length })}
    </Button>
  )
}
