import type { ReactNode } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { Blocker } from '../../shared/locking/api.ts'
import { StepUpCancelled } from '../accounts/StepUp.tsx'
import { afterAct } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { useAnnounceLock } from './useLocking.ts'

export function LockDialog(props: {
  documentId: DocumentId
  /** What stands in the way; null while it is not known. */
  blockers: readonly Blocker[] | null
  /** What is worth a look, without standing in the way. */
  advice: ReactNode
  onClose(): void
  onAnnounced(): void
  onSeeBlockers(): void
}) {
  const t = useText()
  const announce = useAnnounceLock(props.documentId)
  const blockers = props.blockers?.length ?? 0
  const failed = announce.error && !(announce.error instanceof StepUpCancelled)
  return (
    <Dialog open onClose={props.onClose} title={t('lock.title')} lead={t('lock.lead')}>
      <Problem>{failed ? errorText(t, announce.error) : null}</Problem>
      {blockers > 0 ? <Problem>{t('lock.notReady', { count: blockers })}</Problem> : null}
      {props.advice}
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        {blockers > 0 ? (
          <Button look="primary" onClick={props.onSeeBlockers}>
            {t('lock.seeBlockers')}
          </Button>
        ) : (
          <Button
            look="seal"
            disabled={props.blockers === null || announce.isPending}
            onClick={() => afterAct(announce, undefined, props.onAnnounced)}
          >
            {t('lock.start')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
