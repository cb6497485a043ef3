import type { Editor } from '@tiptap/core'
import { boxAt } from './boxAt.ts'
import { blocksById } from './placesOnPage.ts'

/**
 * What of a clause, or of one paragraph in a table's cell, is selected, in UTF-16 units into its text.
 * @returns `paragraph` as {@link boxAt} counts; null for nothing, and for what reaches beyond it
 */
export function selectedSpan(
  editor: Editor,
  clauseId: string,
): { from: number; to: number; words: string; paragraph: number } | null {
  const { selection, doc } = editor.state
  const { $from, $to, empty } = selection
  if (empty || $from.depth === 0 || !$from.sameParent($to) || !$from.parent.isTextblock) return null
  const index = $from.index(0)
  if (blocksById(editor)[index]?.id !== clauseId) return null
  return {
    from: $from.parentOffset,
    to: $to.parentOffset,
    words: doc.textBetween(selection.from, selection.to),
    paragraph: boxAt(editor, index, $from.start()),
  }
}
