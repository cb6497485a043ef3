import { type Store, useStore } from '../base/store.ts'
import styles from './ClauseEditor.module.css'
import type { Place } from './placesOnPage.ts'

/** The bar at the edge of the page beside the clause that outline, marks and comments are about. */
export function CurrentClause(props: {
  positions: Store<ReadonlyMap<string, Place>>
  id: string | null
}) {
  const place = useStore(props.positions).get(props.id ?? '')
  if (!place) return null
  return <div className={styles.current} style={{ top: place.top, height: place.height }} />
}
