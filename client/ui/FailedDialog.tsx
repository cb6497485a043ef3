import { useText } from '../base/useText.ts'
import { Dialog } from './Dialog.tsx'
import { WhyFailed } from './FailedPage.tsx'

/** A part of the page that was asked for did not come: why, and a way to try again. */
export function FailedDialog(props: { error: unknown; onAgain(): void; onClose(): void }) {
  const t = useText()
  return (
    <Dialog open onClose={props.onClose} title={t('page.failed')}>
      <WhyFailed {...props} />
    </Dialog>
  )
}
