import { useState } from 'react'
import type { BlocActor } from '../../../shared/accounts/account.ts'
import type { Scene } from '../../../shared/accounts/permissions.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import type { EditorHandle } from '../../clauses/editorHandle.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { DecidedFates } from './DecidedFates.tsx'
import styles from './DecideManyDialog.module.css'
import { countByAgency, type Share, shareOf } from './selectedProposals.ts'
import { useDecideMany } from './useDecideMany.ts'

/** The proposals of a selection, decided together after one question that says how many, and whose (UX-34). */
export function DecideManyDialog(props: {
  document: DocumentView
  /** Those of the selection. */
  proposalIds: readonly string[]
  /** All open ones of the document. */
  proposals: readonly ProposalView[]
  clauses: readonly ClauseView[]
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
  actor: BlocActor
  scene: Scene
  /** Whose undo stack acceptances go on, each as a step. */
  handle: EditorHandle | null
  onClose(): void
}) {
  const { document, agencies, actor, onClose } = props
  const t = useText()
  const { outcome, run, stop, progress } = useDecideMany(document.id, actor.userId, props.handle)
  const [reason, setReason] = useState('')
  if (outcome)
    return (
      <Dialog open onClose={onClose} title={t('decideMany.done')}>
        <DecidedFates {...props} outcome={outcome} />
        <DialogActions>
          <Button key="close" autoFocus onClick={onClose}>
            {t('common.close')}
          </Button>
        </DialogActions>
      </Dialog>
    )
  if (progress)
    return (
      <Dialog open mustChoose onClose={stop} title={t('decideMany.busy')}>
        <p role="status" className={styles.left}>
          {progress.isStopping
            ? t('decideMany.stopping')
            : t('decideMany.progress', { at: progress.at, count: progress.count })}
        </p>
        <DialogActions>
          {/* Not the button of the outcome, which takes the focus as it appears. */}
          <Button key="stop" disabled={progress.isStopping} onClick={stop}>
            {t('decideMany.stop')}
          </Button>
        </DialogActions>
      </Dialog>
    )
  const proposals = props.proposals.filter(({ id }) => props.proposalIds.includes(id))
  const share = shareOf(proposals, props)
  const drafting = document.phase === 'drafting'
  const { acceptable, rejectable } = share
  return (
    <Dialog open onClose={onClose} title={t('decideMany.title', { count: proposals.length })}>
      <ul className={styles.counts} aria-label={t('decideMany.byAgency')}>
        {countByAgency(proposals).map(([agencyId, count]) => (
          <li key={agencyId}>
            {t('decideMany.of', { agency: agencies.get(agencyId)?.name ?? agencyId, count })}
          </li>
        ))}
      </ul>
      <LeftOut share={share} drafting={drafting} />
      {rejectable.length > 0 ? (
        <div data-draft>
          <TextArea
            label={t('decideMany.reason')}
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      ) : null}
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        {rejectable.length > 0 ? (
          <Button onClick={() => void run('reject', share, reason.trim() || null)}>
            {t('decideMany.reject', { count: rejectable.length })}
          </Button>
        ) : null}
        {drafting && acceptable.length > 0 ? (
          <Button look="primary" data-first-focus onClick={() => void run('accept', share, null)}>
            {t('decideMany.accept', { count: acceptable.length })}
          </Button>
        ) : null}
      </DialogActions>
    </Dialog>
  )
}

/** What is not decided here, and why. */
function LeftOut({ share, drafting }: { share: Share; drafting: boolean }) {
  const t = useText()
  const { own, acceptable, disputed, rejectable } = share
  return (
    <>
      {own.length > 0 ? (
        <p className={styles.left}>{t('decideMany.own', { count: own.length })}</p>
      ) : null}
      {!drafting && rejectable.length > 0 ? (
        <p className={styles.left}>{t('late.acceptWhenDrafting')}</p>
      ) : null}
      {drafting && disputed.length > 0 ? (
        <p className={styles.left}>{t('decideMany.disputed', { count: disputed.length })}</p>
      ) : null}
      {drafting && acceptable.length > 1 ? (
        <p className={styles.quiet}>{t('decideMany.steps')}</p>
      ) : null}
    </>
  )
}
