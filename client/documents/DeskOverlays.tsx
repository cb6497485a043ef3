import { can } from '../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import { useStore } from '../base/store.ts'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { adviceCount } from '../clauses/consistency/advice.ts'
import { ConsistencyAdvice, useAdvice } from '../clauses/consistency/ConsistencyAdvice.tsx'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { LockDialog } from '../locking/LockDialog.tsx'
import { ReadinessList } from '../locking/ReadinessList.tsx'
import { UnlockDialog } from '../locking/UnlockDialog.tsx'
import { DecideManyDialog } from '../proposals/decisions/DecideManyDialog.tsx'
import { ConsentDialog } from '../signing/ConsentDialog.tsx'
import { SealDialog } from '../signing/SealDialog.tsx'
import { SigningPanel } from '../signing/SigningPanel.tsx'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { HistoryScreen } from '../versions/HistoryScreen.tsx'
import { NameVersionDialog } from '../versions/NameVersionDialog.tsx'
import { AgreeAll } from './AgreeAll.tsx'
import { AgreedFall } from './AgreedFall.ts'
import { BoardDialog } from './BoardDialog.tsx'
import { ClauseOriginDialog } from './ClauseOriginDialog.tsx'
import { ClausePosition } from './ClausePosition.tsx'
import { ClauseSheet } from './ClauseSheet.tsx'
import { ChairDesk } from './chair/ChairDesk.tsx'
import { DecidedDialog } from './DecidedDialog.tsx'
import { DescribeDialog } from './DescribeDialog.tsx'
import styles from './DeskOverlays.module.css'
import { DeskThreads } from './DeskThreads.tsx'
import { MatrixDialog } from './MatrixDialog.tsx'
import { OutlineColumn } from './OutlineColumn.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { bracketCards, proposalCards } from './useCards.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

export { AgreedFall, SigningPanel }

export type OverlayProps = { desk: Desk; state: DeskState; connection: DocumentConnection }

/** Whatever lies over the desk; one at a time, closed by Escape, focus back to where it was. */
export function DeskOverlays(props: OverlayProps) {
  const { desk, state } = props
  const { document, actor } = desk
  const { overlay, close } = state
  if (!overlay) return null
  switch (overlay.kind) {
    case 'chair':
      return <ChairDesk desk={desk} handle={state.handle} onClose={close} />
    case 'lock':
      return (
        <LockDialog
          documentId={document.id}
          blockers={desk.blockers}
          onClose={close}
          onAnnounced={() => {
            state.setLockMine(true)
            close()
          }}
          onSeeBlockers={() => state.show({ kind: 'blockers' })}
          advice={
            state.handle ? (
              <AdviceLine
                handle={state.handle}
                names={desk.agencyNames}
                onSee={() => state.show({ kind: 'blockers' })}
              />
            ) : null
          }
        />
      )
    case 'unlock':
      return <UnlockDialog documentId={document.id} onClose={close} />
    case 'seal':
      return <SealDialog document={document} onClose={close} />
    case 'fields':
      return <DescribeDialog desk={desk} onClose={close} />
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />
    case 'nameVersion':
      return <NameVersionDialog documentId={document.id} version={null} onClose={close} />
    case 'history':
      return (
        <HistoryScreen
          document={document}
          agencies={desk.agencies}
          writes={can(actor, 'version.name', desk.scene)}
          since={overlay.since}
          onClose={close}
        />
      )
    case 'agreeAll':
      return <AgreeAll desk={desk} connection={props.connection} onClose={close} />
    case 'matrix':
      return <MatrixDialog {...props} />
    case 'clause':
      return <ClauseSheet {...props} clauseId={overlay.clauseId} />
    case 'decideMany':
      return (
        <DecideManyDialog
          {...desk}
          handle={state.handle}
          proposalIds={overlay.proposalIds}
          onClose={close}
        />
      )
    case 'decided':
      return <DecidedDialog desk={desk} state={state} first={overlay.first ?? null} />
    case 'origin':
      return <ClauseOriginDialog desk={desk} state={state} clauseId={overlay.clauseId} />
    case 'sign':
      return <Sign {...props} placeId={overlay.placeId} onClose={close} />
    default:
      return <Panels {...props} kind={overlay.kind} />
  }
}

function Sign(props: OverlayProps & { placeId: string; onClose(): void }) {
  const { desk, connection, placeId, onClose } = props
  const { pending, unsent } = useStore(connection)
  const { document, signing, user, agencies } = desk
  const place = signing?.places.find(({ id }) => id === placeId)
  if (!place || !signing?.revision) return null
  return (
    <ConsentDialog
      document={document}
      place={place}
      revision={signing.revision}
      user={user}
      agency={agencies.get(place.agencyId)?.name ?? place.agencyId}
      unsent={pending > 0 || unsent.length > 0}
      onClose={onClose}
    />
  )
}

/** In the dialog of the lock: something is worth a look, and stops nobody. */
function AdviceLine(props: { handle: EditorHandle; names: readonly string[]; onSee(): void }) {
  const t = useText()
  const count = adviceCount(useAdvice(props.handle, props.names))
  if (count === 0) return null
  return (
    <p>
      {t('consistency.count', { count })}{' '}
      <Button size="small" onClick={props.onSee}>
        {t('consistency.see')}
      </Button>
    </p>
  )
}

type PanelKind = 'blockers' | 'board' | 'structure' | 'threads' | 'outline' | 'signing'

function Panels({ desk, state, connection, kind }: OverlayProps & { kind: PanelKind }) {
  const t = useText()
  const phone = useMedia(PHONE)
  const { document, agencies, placeOf } = desk
  const shape = phone ? 'sheet' : 'side'
  const { close } = state
  const goTo = (clauseId: string) => {
    close()
    if (clauseId === STRUCTURE) state.show({ kind: 'structure' })
    else state.goTo(clauseId)
  }
  if (kind === 'board') return <BoardDialog desk={desk} state={state} onShow={goTo} />
  if (kind === 'blockers') {
    const blockers = desk.blockers ?? []
    return (
      <Dialog
        open
        onClose={close}
        shape={shape}
        title={t('ready.title')}
        {...(blockers.length > 0 ? { lead: t('ready.lead', { count: blockers.length }) } : {})}
      >
        {state.handle ? (
          <ConsistencyAdvice
            handle={state.handle}
            names={desk.agencyNames}
            placeOf={placeOf}
            onShow={goTo}
          />
        ) : null}
        <div className={styles.more}>
          <Button size="small" onClick={() => state.show({ kind: 'board' })}>
            {t('board.open')}
          </Button>
          <Button size="small" onClick={() => state.show({ kind: 'matrix' })}>
            {t('matrix.open')}
          </Button>
        </div>
        <ReadinessList
          blockers={blockers}
          parties={document.parties.length}
          agencies={agencies}
          placeOf={placeOf}
          onShow={goTo}
        />
      </Dialog>
    )
  }
  if (kind === 'structure')
    return (
      <Dialog open onClose={close} title={t('structure.name')} lead={t('structure.explain')}>
        <ClausePosition desk={desk} connection={connection} clauseId={STRUCTURE} />
      </Dialog>
    )
  if (kind === 'outline')
    return (
      <Dialog open onClose={close} shape="left" title={t('desk.outline')}>
        <OutlineColumn desk={desk} state={state} onGone={close} />
      </Dialog>
    )
  if (kind === 'signing')
    return (
      <Dialog open onClose={close} shape={shape} title={t('sign.panel')}>
        <SigningPanel document={document} signing={desk.signing} agencies={agencies} />
      </Dialog>
    )
  const cards = [...bracketCards(desk, state, connection), ...proposalCards(desk, state)]
  return (
    <Dialog open onClose={close} shape={shape} title={t('thread.list')}>
      <div className={styles.stack}>
        {cards.map((card) => (
          <div key={card.key} className={styles.card}>
            {card.content}
          </div>
        ))}
        <div className={styles.more}>
          <Button size="small" onClick={() => state.show({ kind: 'decided' })}>
            {t('decided.open')}
          </Button>
        </div>
        <DeskThreads desk={desk} state={state} onGoTo={goTo} />
      </div>
    </Dialog>
  )
}
