import { type FormEvent, useState } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'

/** The lead closes what another agency raised: never without telling it why. */
export function CloseWithReason(props: {
  reopening: boolean
  /** Whose they are, and why a reason is asked for. */
  lead: string
  busy: boolean
  onConfirm(reason: string): void
  onCancel(): void
}) {
  const t = useText()
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onConfirm(reason.trim())
  }
  return (
    <Dialog
      open
      onClose={props.onCancel}
      title={t(props.reopening ? 'thread.reopenTitle' : 'thread.reasonTitle')}
      lead={props.lead}
    >
      <form onSubmit={submit}>
        <TextArea
          label={t('thread.reason')}
          required
          autoFocus
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <DialogActions>
          <Button onClick={props.onCancel}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" disabled={props.busy || reason.trim() === ''}>
            {t(props.reopening ? 'thread.reopen' : 'thread.resolve')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
