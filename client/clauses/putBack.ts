import type { Editor } from '@tiptap/core'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import type { SwallowedView } from '../../shared/sync/api.ts'
import { knowingly } from './agreed/agreedGuard.ts'
import { blocksById } from './placesOnPage.ts'

/**
 * Writes swallowed words into the text again, as an edit that can be undone: at the end of their clause where it still
 * stands; where it is gone, as a paragraph behind the block that stood before it; else at the end of the clause of the
 * caret. The caret follows them.
 */
export function putBack(
  editor: Editor,
  { clauseId, afterClauseId, text }: Pick<SwallowedView, 'clauseId' | 'afterClauseId' | 'text'>,
): void {
  const blocks = blocksById(editor)
  const posOf = (id: string | null) => blocks.find((block) => block.id === id)?.pos
  const { tr } = editor.state
  const own = posOf(clauseId)
  const before = posOf(afterClauseId)
  const caret = blocks[editor.state.selection.$head.index(0)]?.pos
  const wasFirst = clauseId !== null && afterClauseId === null
  if (own !== undefined) writeInto(tr, own, text)
  else if (before !== undefined) writeBehind(tr, before, text)
  else if (wasFirst) paragraphAt(tr, 0, text)
  else if (caret !== undefined) writeInto(tr, caret, text)
  else paragraphAt(tr, tr.doc.content.size, text)
  // Words that stood there before, put back by a press: they go where the panel says.
  editor.view.dispatch(knowingly(tr.scrollIntoView()))
  editor.view.focus()
}

/** Into the clause at this position; a table cannot take them, so they go below it. */
function writeInto(tr: Transaction, pos: number, text: string): void {
  const node = tr.doc.nodeAt(pos)
  if (node?.type.name !== 'clause') {
    writeBehind(tr, pos, text)
    return
  }
  const apart = node.textContent !== '' && !/\s$/.test(node.textContent)
  const end = pos + node.nodeSize - 1
  const words = apart ? ` ${text}` : text
  tr.insertText(words, end)
  tr.setSelection(TextSelection.create(tr.doc, end + words.length))
}

function writeBehind(tr: Transaction, pos: number, text: string): void {
  paragraphAt(tr, pos + (tr.doc.nodeAt(pos)?.nodeSize ?? 0), text)
}

function paragraphAt(tr: Transaction, pos: number, text: string): void {
  const { schema } = tr.doc.type
  const clause = schema.nodes.clause
  if (!clause) throw new Error('a schema without clauses')
  tr.insert(pos, clause.create({ level: 'text' }, schema.text(text)))
  tr.setSelection(TextSelection.create(tr.doc, pos + 1 + text.length))
}
