import { CloudUpload } from 'lucide-react'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { describePlace } from '../../shared/clauses/describePlace.ts'
import { useSelected, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { EdgeMark } from './EdgeMark.tsx'
import type { EditorHandle } from './editorHandle.ts'

/** Marks each clause whose own words the server has not confirmed for a while. */
export function UnsentMarks(props: {
  connection: DocumentConnection
  handle: EditorHandle
  model: NumberingModel
}) {
  const { connection, handle, model } = props
  const t = useText()
  const lingering = useSelected(connection, (state) => state.lingering)
  const clauses = useStore(handle.clauses)
  return lingering.map((id) => (
    <EdgeMark
      key={id}
      handle={handle}
      clauseId={id}
      kind="unsent"
      text={t('sync.mark', { place: describePlace(clauses, id, model) })}
    >
      <CloudUpload size={15} aria-hidden />
    </EdgeMark>
  ))
}
