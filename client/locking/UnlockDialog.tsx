import { type FormEvent, useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { StepUpCancelled } from '../accounts/StepUp.tsx'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem, TextArea } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { useUnlock } from './useLocking.ts'

export function UnlockDialog({ documentId, onClose }: { documentId: DocumentId; onClose(): void }) {
  const t = useText()
  const say = useSay()
  const unlock = useUnlock(documentId)
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    unlock.mutate(reason.trim(), {
      onSuccess: () => {
        say.done(t('unlock.done'))
        onClose()
      },
    })
  }
  const failed = unlock.error && !(unlock.error instanceof StepUpCancelled)
  return (
    <Dialog open onClose={onClose} title={t('unlock.title')} lead={t('unlock.lead')}>
      <form onSubmit={submit}>
        <Problem>{failed ? errorText(t, unlock.error) : null}</Problem>
        <TextArea
          label={t('unlock.reason')}
          required
          autoFocus
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="seal" disabled={unlock.isPending || reason.trim() === ''}>
            {t('unlock.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
