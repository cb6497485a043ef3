import { can } from '../../shared/accounts/permissions.ts'
import { useText } from '../base/useText.ts'
import { NewThreadCard } from '../comments/NewThreadCard.tsx'
import { ThreadCard } from '../comments/ThreadCard.tsx'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ClauseBrackets } from './ClauseBrackets.tsx'
import { ClausePosition } from './ClausePosition.tsx'
import styles from './DeskOverlays.module.css'
import { OriginButton } from './OriginButton.tsx'
import { proposalCards, threadsBeside } from './useCards.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** The cards of one clause, from the bottom of a phone; from here on to the next one that waits. */
export function ClauseSheet(props: {
  desk: Desk
  state: DeskState
  connection: DocumentConnection
  clauseId: string
}) {
  const { desk, state, connection, clauseId } = props
  const t = useText()
  const threads = threadsBeside(desk).filter((thread) => thread.clauseId === clauseId)
  const proposals = proposalCards(desk, state).filter((card) => card.clauseId === clauseId)
  const next = desk.waiting.find((id) => id !== clauseId)
  const composing = state.composing?.clauseId === clauseId
  const close = () => {
    state.stopComposing()
    state.close()
  }
  return (
    <Dialog open onClose={close} shape="sheet" title={desk.placeOf(clauseId)}>
      <div className={styles.stack}>
        {composing && state.composing ? (
          <NewThreadCard
            documentId={desk.document.id}
            draft={state.composing}
            place={desk.placeOf(clauseId)}
            reach={desk.reach}
            agencyId={desk.actor.agencyId}
            onDone={state.stopComposing}
          />
        ) : (
          <ClausePosition desk={desk} connection={connection} clauseId={clauseId} />
        )}
        <ClauseBrackets desk={desk} state={state} connection={connection} clauseId={clauseId} />
        {proposals.map((card) => (
          <div key={card.key} className={styles.card}>
            {card.content}
          </div>
        ))}
        {threads.map((thread) => (
          <div key={thread.id} className={styles.card}>
            <ThreadCard
              documentId={desk.document.id}
              thread={thread}
              agencies={desk.agencies}
              place=""
              actor={desk.actor}
              scene={desk.scene}
              reach={desk.reach}
            />
          </div>
        ))}
        <div className={styles.more}>
          {!composing && can(desk.actor, 'thread.open', desk.scene) ? (
            <Button size="small" onClick={() => state.compose(clauseId)}>
              {t('thread.new')}
            </Button>
          ) : null}
          <OriginButton state={state} clauseId={clauseId} />
          {desk.next.kind === 'agree' && next !== undefined ? (
            <Button
              size="small"
              onClick={() => {
                if (next === 'structure') state.show({ kind: 'structure' })
                else {
                  state.goTo(next)
                  state.show({ kind: 'clause', clauseId: next })
                }
              }}
            >
              {t('next.agree.short', { count: desk.waiting.length })} →
            </Button>
          ) : null}
          {desk.next.kind === 'agree' ? (
            <Button look="ghost" size="small" onClick={() => state.show({ kind: 'agreeAll' })}>
              {t('agreeAll.button')}
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}
