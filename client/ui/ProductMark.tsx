import { useText } from '../base/useText.ts'
import styles from './ProductMark.module.css'

/** A seal in teal ink with a red tick: of one mind, and sealed. */
export function ProductMark({ size = 28 }: { size?: number }) {
  const t = useText()
  return (
    <span className={styles.mark}>
      <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
        <circle cx="14" cy="14" r="12.4" fill="none" stroke="var(--act)" strokeWidth="2.4" />
        <path
          d="M8.2 14.6l4 4 8-9"
          fill="none"
          stroke="var(--seal)"
          strokeWidth="2.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {t('app.name')}
    </span>
  )
}
