import type { ReactNode } from 'react'
import { useStore } from '../base/store.ts'
import styles from './ClauseEditor.module.css'
import type { EditorHandle } from './editorHandle.ts'

type Kind = 'unsent' | 'odd'
const LOOKS = { unsent: styles.unsentMark, odd: styles.oddMark } satisfies Record<
  Kind,
  string | undefined
>

/** A quiet sign at the right edge of a clause; nothing where the page does not show the clause. */
export function EdgeMark(props: {
  handle: EditorHandle
  clauseId: string
  kind: Kind
  /** What it means: read aloud, and shown to whoever points at it. */
  text: string
  children: ReactNode
}) {
  const { handle, clauseId, kind, text, children } = props
  const place = useStore(handle.clausePositions).get(clauseId)
  if (!place) return null
  return (
    <span
      role="img"
      className={LOOKS[kind]}
      style={{ top: place.top }}
      aria-label={text}
      title={text}
      {...{ [`data-${kind}`]: clauseId }}
    >
      {children}
    </span>
  )
}
