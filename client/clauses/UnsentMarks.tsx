import { CloudUpload } from 'lucide-react'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { describePlace } from '../../shared/clauses/describePlace.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import styles from './ClauseEditor.module.css'
import type { EditorHandle } from './editorHandle.ts'

/** A quiet cloud at the edge of each clause whose own words the server has not confirmed for a while. */
export function UnsentMarks(props: {
  connection: DocumentConnection
  handle: EditorHandle
  model: NumberingModel
}) {
  const { connection, handle, model } = props
  const t = useText()
  const { lingering } = useStore(connection)
  const places = useStore(handle.clausePositions)
  const clauses = useStore(handle.clauses)
  return lingering.map((id) => {
    const place = places.get(id)
    if (!place) return null
    const text = t('sync.mark', { place: describePlace(clauses, id, model) })
    return (
      <span
        key={id}
        role="img"
        className={styles.unsentMark}
        style={{ top: place.top }}
        aria-label={text}
        title={text}
        data-unsent={id}
      >
        <CloudUpload size={15} aria-hidden />
      </span>
    )
  })
}
