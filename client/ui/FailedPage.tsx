import { isRefusal } from '../base/apiError.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from './Button.tsx'
import { Calm } from './Calm.tsx'

export type Failed = { error: unknown; onAgain(): void }

/** What the page needs did not come: why, and a way to try again. */
export function FailedPage(props: Failed) {
  const t = useText()
  return (
    <Calm title={t('page.failed')}>
      <p>{errorText(t, props.error)}</p>
      <AgainButton {...props} />
    </Calm>
  )
}

export function AgainButton({ error, onAgain }: Failed) {
  const t = useText()
  // Of an older version nothing more can be fetched.
  const again = isRefusal(error, 'protocol/outdated') ? () => window.location.reload() : onAgain
  return (
    <Button look="primary" onClick={again}>
      {t('common.retry')}
    </Button>
  )
}
