import { useText } from '../base/useText.ts'
import { Spoken } from '../ui/Spoken.tsx'
import styles from './SuggestBar.module.css'

/** In place of the bar, while another tab has the draft. */
export function DraftElsewhere() {
  const t = useText()
  return (
    <section className={styles.bar} aria-label={t('suggest.bar')}>
      <Spoken className={styles.count ?? ''} text={t('suggest.elsewhere')} />
    </section>
  )
}
