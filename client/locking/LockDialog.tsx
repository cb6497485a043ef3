import type { DocumentId } from '../../shared/base/ids.ts'
import { StepUpCancelled } from '../accounts/StepUp.tsx'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { useAnnounceLock, useReadiness } from './useLocking.ts'

export function LockDialog(props: {
  documentId: DocumentId
  onClose(): void
  onAnnounced(): void
  onSeeBlockers(): void
}) {
  const t = useText()
  const readiness = useReadiness(props.documentId)
  const announce = useAnnounceLock(props.documentId)
  const blockers = readiness.data?.blockers.length ?? 0
  const failed = announce.error && !(announce.error instanceof StepUpCancelled)
  return (
    <Dialog open onClose={props.onClose} title={t('lock.title')} lead={t('lock.lead')}>
      <Problem>{failed ? errorText(t, announce.error) : null}</Problem>
      <Problem>{readiness.error ? errorText(t, readiness.error) : null}</Problem>
      {blockers > 0 ? <Problem>{t('lock.notReady', { count: blockers })}</Problem> : null}
      <DialogActions>
        <Button onClick={props.onClose}>{t('common.cancel')}</Button>
        {blockers > 0 ? (
          <Button look="primary" onClick={props.onSeeBlockers}>
            {t('lock.seeBlockers')}
          </Button>
        ) : (
          <Button
            look="seal"
            disabled={!readiness.data || announce.isPending}
            onClick={() => announce.mutate(undefined, { onSuccess: props.onAnnounced })}
          >
            {t('lock.start')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
