import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import styles from './Elsewhere.module.css'
import type { OtherText } from './otherTexts.ts'
import type { Found, Hit } from './useElsewhere.ts'

/** So many of one document are listed; who wants more looks for something narrower. */
const LISTED = 100

/** What was found in the other documents, by clause; a press goes there. */
export function Elsewhere(props: {
  found: readonly Found[]
  onShow(text: OtherText, hit: Hit): void
}) {
  const t = useText()
  return (
    <div className={styles.list}>
      {props.found.map(({ text, hits, error }) => {
        const { name, reason, documentId } = text
        const rest = (hits?.length ?? 0) - LISTED
        return (
          <section key={documentId} aria-label={name}>
            <h3 className={styles.name}>
              {hits ? t('find.there', { name, count: hits.length }) : null}
              {!hits && !error ? t('find.loading', { name }) : null}
              {!hits && error ? `${name}: ${errorText(t, error)}` : null}
            </h3>
            {reason ? <p className={styles.reason}>{t(reason)}</p> : null}
            {hits?.slice(0, LISTED).map((hit) => (
              <button
                type="button"
                key={`${hit.clauseId} ${hit.nth}`}
                className={styles.hit}
                onClick={() => props.onShow(text, hit)}
              >
                <span className={styles.place}>{hit.place}</span>
                <span lang="vi">
                  {hit.before}
                  <mark>{hit.match}</mark>
                  {hit.after}
                </span>
              </button>
            ))}
            {rest > 0 ? <p className={styles.reason}>{t('find.more', { count: rest })}</p> : null}
          </section>
        )
      })}
    </div>
  )
}
