import { readCarried } from '../../shared/clauses/carriedText.ts'
import { sayRuns } from '../../shared/clauses/clause.ts'
import { useText } from '../base/useText.ts'
import type { Dispute } from '../clauses/suggest/copies.ts'
import styles from './SuggestBar.module.css'

/** Where others have changed the very words that one changed in a clause that one moved: the draft keeps one's own, openly. */
export function DisputedWords(props: {
  disputes: ReadonlyMap<string, readonly Dispute[]>
  placeOf(clauseId: string): string
}) {
  const { disputes, placeOf } = props
  const t = useText()
  if (disputes.size === 0) return null
  return (
    <div role="alert" className={styles.adrift}>
      <p>{t('suggest.disputed')}</p>
      <ul>
        {[...disputes].flatMap(([clauseId, list]) =>
          list.map((one) => (
            <li key={`${clauseId} ${JSON.stringify(one)}`}>
              <b>{placeOf(clauseId)}</b>: {t('suggest.dispute', said(one))}
            </li>
          )),
        )}
      </ul>
    </div>
  )
}

const read = (text: string) => sayRuns(readCarried(text)).trim()

/** For people to read. */
export const said = ({ base, mine, theirs }: Dispute) => ({
  base: read(base),
  mine: read(mine),
  theirs: read(theirs),
})
