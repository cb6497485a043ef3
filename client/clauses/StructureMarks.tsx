import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import styles from './ClauseEditor.module.css'
import type { EditorHandle } from './editorHandle.ts'
import { problemTexts } from './problemTexts.ts'

/** A quiet sign at the edge of each clause whose place or number is odd. It warns and stops nobody. */
export function StructureMarks(props: { handle: EditorHandle; model: NumberingModel }) {
  const { handle, model } = props
  const t = useText()
  const places = useStore(handle.clausePositions)
  const clauses = useStore(handle.clauses)
  const texts = useMemo(() => problemTexts(clauses, model, t), [clauses, model, t])
  return [...texts].map(([id, list]) => {
    const place = places.get(id)
    if (!place) return null
    const text = list.join(' ')
    return (
      <span
        key={id}
        role="img"
        className={styles.oddMark}
        style={{ top: place.top }}
        aria-label={text}
        title={text}
        data-odd={id}
      >
        <TriangleAlert size={15} aria-hidden />
      </span>
    )
  })
}
