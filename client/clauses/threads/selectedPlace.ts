import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { boxElements } from '../../../shared/clauses/editTexts.ts'
import { findBlock } from '../../../shared/clauses/yjs.ts'
import { type Anchor, makeAnchor, QUOTE_LIMIT } from '../../../shared/comments/anchor.ts'
import { docOf } from '../find/editShared.ts'
import { blocksById } from '../placesOnPage.ts'
import { selectedWords } from '../references/selectedWords.ts'

export type SelectedPlace = { clauseId: string; anchor: Anchor; quote: string }

/**
 * The selected words as a thread can be on them: those of the first clause or cell, without the spaces around them.
 * @returns null where nothing is selected
 */
export function selectedPlace(editor: Editor): SelectedPlace | null {
  const { selection } = editor.state
  if (!(selection instanceof TextSelection) || selection.empty) return null
  const { $from, $to } = selection
  const text = $from.parent.textContent
  const isWithin = $from.sameParent($to)
  const end = isWithin ? $to.parentOffset : text.length
  const selected = text.slice($from.parentOffset, end)
  const from = $from.parentOffset + (selected.length - selected.trimStart().length)
  const to = Math.min(from + selected.trim().length, from + QUOTE_LIMIT)
  const block = blocksById(editor)[$from.index(0)]
  const element = block && findBlock(docOf(editor.view), block.id)
  const box = element && boxElements(element)[boxAt(editor, $from.index(0), $from.start())]
  const anchor = box ? makeAnchor(box, from, to) : null
  if (!block || !anchor) return null
  // References say what is not in the letters.
  const seen = isWithin ? selectedWords().trim().slice(0, QUOTE_LIMIT) : ''
  const quote = seen !== '' ? seen : anchor.exact.replaceAll('\ufffc', '…')
  return { clauseId: block.id, anchor, quote }
}

/** Which text of its block starts there; 0 in a clause. */
function boxAt(editor: Editor, index: number, start: number): number {
  const { doc } = editor.state
  const block = doc.child(index)
  if (block.isTextblock) return 0
  let pos = 0
  for (let i = 0; i < index; i += 1) pos += doc.child(i).nodeSize
  let [box, found] = [0, 0]
  block.descendants((node, at) => {
    if (!node.isTextblock) return true
    if (pos + 1 + at + 1 === start) found = box
    box += 1
    return false
  })
  return found
}
