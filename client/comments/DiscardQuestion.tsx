import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'

export function DiscardQuestion({ onDiscard, onStay }: { onDiscard(): void; onStay(): void }) {
  const t = useText()
  return (
    <Dialog open onClose={onStay} title={t('thread.discardTitle')}>
      <DialogActions>
        <Button onClick={onDiscard}>{t('thread.discard')}</Button>
        <Button look="primary" onClick={onStay}>
          {t('thread.keepWriting')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
