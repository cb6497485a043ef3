import type { DocumentView } from '../../shared/documents/api.ts'
import { StepUpCancelled } from '../accounts/StepUp.tsx'
import { afterAct, useStillHere } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import styles from './SigningPanel.module.css'
import { useSeal } from './useSigning.ts'

export function SealDialog({ document, onClose }: { document: DocumentView; onClose(): void }) {
  const t = useText()
  const say = useSay()
  const here = useStillHere()
  const seal = useSeal(document.id)
  const failed = seal.error && !(seal.error instanceof StepUpCancelled)
  const confirm = () =>
    afterAct(seal, undefined, () => {
      say.done(t('seal.started'))
      if (here.current) onClose()
    })
  return (
    <Dialog open onClose={onClose} title={t('seal.title')} lead={t('seal.lead')}>
      {document.number && document.date ? null : <p className={styles.level}>{t('seal.blanks')}</p>}
      <Problem>{failed ? errorText(t, seal.error) : null}</Problem>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="seal" disabled={seal.isPending} onClick={confirm}>
          {t('seal.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
