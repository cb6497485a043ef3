import { useAnnounced } from '../../ui/announce.ts'
import scopeStyles from './Elsewhere.module.css'
import styles from './FindPanel.module.css'

/** What came of a replacement, a line for each document; said as one when all are done, as only the last would be heard. */
export function Outcome({ lines, busy }: { lines: readonly string[]; busy: boolean }) {
  useAnnounced(busy || lines.length === 0 ? null : lines.join(' '))
  return (
    <div className={scopeStyles.outcome}>
      {lines.map((line) => (
        <p key={line} className={styles.note}>
          {line}
        </p>
      ))}
    </div>
  )
}
