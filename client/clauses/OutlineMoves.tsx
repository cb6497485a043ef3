import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef } from 'react'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { useText } from '../base/useText.ts'
import { actOn } from './clauseActs.ts'
import styles from './OutlinePanel.module.css'

/** For the pointer; the same keys as on the page do it from the keyboard (Alt+Shift+↑ and ↓). */
export function OutlineMoves(props: {
  clauses: readonly ClauseView[]
  id: string
  onMove(clauseId: string, way: 'up' | 'down'): void
}) {
  const { clauses, id, onMove } = props
  const t = useText()
  /** Whether a button has been pressed since the pointer came: the second half of a double click on the words is no press. */
  const pressed = useRef(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watched, nothing is done by it
    <span
      className={styles.moves}
      onMouseLeave={() => {
        pressed.current = false
      }}
    >
      {(['up', 'down'] as const).map((way) => {
        const Icon = way === 'up' ? ArrowUp : ArrowDown
        return (
          <button
            key={way}
            type="button"
            tabIndex={-1}
            className={styles.move}
            aria-label={t(`editor.clause.${way}`)}
            title={t(`editor.clause.${way}`)}
            disabled={actOn(way, clauses, id) === null}
            onClick={(event) => {
              event.stopPropagation()
              if (event.detail > 1 && !pressed.current) return
              pressed.current = true
              onMove(id, way)
            }}
          >
            <Icon size={15} aria-hidden />
          </button>
        )
      })}
    </span>
  )
}
