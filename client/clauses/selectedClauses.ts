import type { Editor } from '@tiptap/core'
import { blocksById } from './placesOnPage.ts'

/** Ids of the clauses and tables that the selection reaches into, in order; none while only a caret stands there. */
export function selectedClauses(editor: Editor): string[] {
  const { selection, doc } = editor.state
  const { from, to, empty } = selection
  if (empty) return []
  return blocksById(editor).flatMap(({ id, pos }) => {
    const end = pos + (doc.nodeAt(pos)?.nodeSize ?? 0)
    // At the very edge of a block nothing of it is selected.
    return pos + 1 < to && from < end - 1 ? [id] : []
  })
}
