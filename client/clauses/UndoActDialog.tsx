import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'

/** Asked before an undo takes a clause from under somebody (P04). */
export function UndoActDialog(props: { names: readonly string[]; onAnswer(yes: boolean): void }) {
  const { names, onAnswer } = props
  const t = useText()
  return (
    <Dialog open onClose={() => onAnswer(false)} title={t('editor.clause.undo.ask')}>
      <p role="status">
        {t('editor.clause.people', { names: names.join(', ') })} {t('editor.clause.comesBack')}
      </p>
      <DialogActions>
        <Button onClick={() => onAnswer(false)}>{t('common.cancel')}</Button>
        <Button look="primary" onClick={() => onAnswer(true)}>
          {t('editor.clause.undo.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
