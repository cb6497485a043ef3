import type { Editor } from '@tiptap/core'
import { blocksById } from './placesOnPage.ts'

/** Ids of the clauses and tables that the selection reaches into, in order; none while only a caret stands there. */
export function selectedClauses(editor: Pick<Editor, 'state'>): string[] {
  const { from, to, empty } = editor.state.selection
  if (empty) return []
  return blocksById(editor).flatMap(({ id, pos, size }) =>
    // At the very edge of a block nothing of it is selected.
    pos + 1 < to && from < pos + size - 1 ? [id] : [],
  )
}
