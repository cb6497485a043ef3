import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { EdgeMark } from './EdgeMark.tsx'
import type { EditorHandle } from './editorHandle.ts'
import { problemTexts } from './problemTexts.ts'

/** Marks each clause whose place or number is odd. It warns and stops nobody. */
export function StructureMarks(props: { handle: EditorHandle; model: NumberingModel }) {
  const { handle, model } = props
  const t = useText()
  const clauses = useStore(handle.clauses)
  const texts = useMemo(() => problemTexts(clauses, model, t), [clauses, model, t])
  return [...texts].map(([id, list]) => (
    <EdgeMark key={id} handle={handle} clauseId={id} kind="odd" text={list.join(' ')}>
      <TriangleAlert size={15} aria-hidden />
    </EdgeMark>
  ))
}
