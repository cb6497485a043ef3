import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Dialog, DialogActions } from './Dialog.tsx'
import { AgainButton, type Failed } from './FailedPage.tsx'

/** A part of the page that was asked for did not come: why, and a way to try again. */
export function FailedDialog(props: Failed & { onClose(): void }) {
  const t = useText()
  return (
    <Dialog open onClose={props.onClose} title={t('page.failed')} lead={errorText(t, props.error)}>
      <DialogActions>
        <AgainButton {...props} />
      </DialogActions>
    </Dialog>
  )
}
