import type { Editor } from '@tiptap/core'

/** What of a clause is selected, in UTF-16 units into its text; null for nothing, and for what reaches beyond it. */
export function selectedSpan(
  { state: { selection, doc } }: Editor,
  clauseId: string,
): { from: number; to: number; words: string } | null {
  const { $from, $to, empty } = selection
  if (empty || !$from.sameParent($to) || $from.parent.attrs.id !== clauseId) return null
  const words = doc.textBetween(selection.from, selection.to)
  return { from: $from.parentOffset, to: $to.parentOffset, words }
}
