import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Calm } from '../ui/Calm.tsx'

/** What the page needs did not come: why, and a way to try again. */
export function FailedPage({ error, onAgain }: { error: unknown; onAgain(): void }) {
  const t = useText()
  return (
    <Calm title={t('home.failed')}>
      <p>{errorText(t, error)}</p>
      <Button look="primary" onClick={onAgain}>
        {t('common.retry')}
      </Button>
    </Calm>
  )
}
