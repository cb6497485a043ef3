import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { numberingModel } from '../../shared/documents/document.ts'
import { useText } from '../base/useText.ts'
import { problemTexts } from '../clauses/problemTexts.ts'
import styles from './StatusBar.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** By clause id, for the text as it is on the screen. Empty once it can no longer be changed. */
export function useProblemTexts({ clauses, document }: Desk) {
  const t = useText()
  const { kind, phase } = document
  return useMemo(
    () => (phase === 'drafting' ? problemTexts(clauses, numberingModel(kind), t) : NONE),
    [clauses, kind, phase, t],
  )
}

const NONE: ReadonlyMap<string, readonly string[]> = new Map()

/** In the status: what is odd where one is, else in how many places something is; a click leads to the next. */
export function OddStructure({ desk, state }: { desk: Desk; state: DeskState }) {
  const t = useText()
  const texts = useProblemTexts(desk)
  if (texts.size === 0) return null
  const order = desk.clauses.map(({ id }) => id)
  const at = order.indexOf(state.current ?? '')
  const rest = [...order.slice(at + 1), ...order.slice(0, at + 1)]
  const next = rest.find((id) => texts.has(id))
  const here = texts.get(state.current ?? '')?.[0]
  return (
    <button
      type="button"
      className={`${styles.item} ${styles.blockers} ${styles.odd}`}
      data-odd-count={texts.size}
      title={[here, t('desk.odd.next')].filter(Boolean).join(' ')}
      onClick={() => next && state.goTo(next)}
    >
      <TriangleAlert size={15} aria-hidden />
      {t('desk.odd', { count: texts.size })}
      {here && <span className={styles.words}>{here}</span>}
    </button>
  )
}
