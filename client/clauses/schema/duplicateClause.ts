import { Fragment, type Node } from '@tiptap/pm/model'
import { type Command, type EditorState, Selection } from '@tiptap/pm/state'
import type { ClauseId } from '../../../shared/base/ids.ts'
import { subtreeEnd } from '../../../shared/clauses/subtree.ts'
import { withReferences } from '../references/referenceMark.ts'
import { newClauseId } from './clauseIds.ts'
import { levelOf } from './labels.ts'

/** The block of the caret with all that hangs under it: indexes among the blocks, `to` behind the last. */
export function subtreeAtCaret({ doc, selection }: EditorState): { from: number; to: number } {
  const from = Math.min(selection.$head.index(0), doc.childCount - 1)
  return { from, to: subtreeEnd(doc.children.map(levelOf), from) }
}

/**
 * A copy right below, to be written on. It gets ids of its own, so comments and positions stay with the first; what
 * refers to something in it means the copy of that.
 */
export const duplicateClause: Command = (state, dispatch) => {
  const { from, to } = subtreeAtCaret(state)
  const blocks = state.doc.children.slice(from, to)
  const ids = new Map(blocks.map(({ attrs }) => [attrs.id, newClauseId() as ClauseId]))
  const copies = blocks.map((block) =>
    block.type.create(
      { ...block.attrs, id: ids.get(block.attrs.id) },
      withReferences(block, (reference) => {
        const copy = reference.document === null ? ids.get(reference.clause) : undefined
        return copy ? { ...reference, clause: copy } : reference
      }).content,
      block.marks,
    ),
  )
  const at = sizeOf(state.doc.children.slice(0, to))
  const { tr } = state
  tr.insert(at, Fragment.from(copies))
  tr.setSelection(Selection.near(tr.doc.resolve(at + (copies[0]?.nodeSize ?? 1) - 1), -1))
  dispatch?.(tr.scrollIntoView())
  return true
}

const sizeOf = (blocks: readonly Node[]) => blocks.reduce((sum, { nodeSize }) => sum + nodeSize, 0)
