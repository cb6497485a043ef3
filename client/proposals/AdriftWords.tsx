import { readCarried } from '../../shared/clauses/carriedText.ts'
import { sayRuns } from '../../shared/clauses/clause.ts'
import { useText } from '../base/useText.ts'
import type { Adrift } from '../clauses/suggest/rescue.ts'
import { Button } from '../ui/Button.tsx'
import styles from './SuggestBar.module.css'

/** Drafted words whose clause others have taken away: nothing that was typed goes unseen (P04). */
export function AdriftWords(props: {
  adrift: readonly Adrift[]
  placeOf(clauseId: string): string
  onDismiss(): void
}) {
  const { adrift, placeOf, onDismiss } = props
  const t = useText()
  if (adrift.length === 0) return null
  return (
    <div role="alert" className={styles.adrift}>
      <p>{t('suggest.adrift')}</p>
      <ul>
        {adrift.map(({ clauseId, text }) => (
          <li key={`${clauseId} ${text}`}>
            <b>{placeOf(clauseId) || t('late.gone')}</b>: {sayRuns(readCarried(text))}
          </li>
        ))}
      </ul>
      <Button size="small" onClick={onDismiss}>
        {t('suggest.adrift.seen')}
      </Button>
    </div>
  )
}
