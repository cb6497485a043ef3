import { type Summary, summarize } from '../../shared/proposals/summarize.ts'
import { type Translate, useText } from '../base/useText.ts'
import styles from './ProposalCard.module.css'

/** Thay: “a” bằng “b”. */
export function Changes({ from, to }: { from: string; to: string }) {
  const t = useText()
  const { places, more } = summarize(from, to)
  return (
    <ul className={styles.changes}>
      {places.map((place) => (
        <li key={JSON.stringify(place)}>{sayChange(t, place)}</li>
      ))}
      {more > 0 ? <li>{t('proposal.more', { count: more })}</li> : null}
    </ul>
  )
}

function sayChange(t: Translate, change: Summary): string {
  if (change.kind === 'replace') return t('proposal.replace', { from: change.from, to: change.to })
  if (change.kind === 'add') return t('proposal.add', { to: change.to })
  return t('proposal.delete', { from: change.from })
}
