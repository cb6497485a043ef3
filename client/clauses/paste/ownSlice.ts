import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { ClauseId } from '../../../shared/base/ids.ts'
import { withReferences } from '../references/referenceMark.ts'
import { insertBlocks } from './insertBlocks.ts'

/** Whether HTML was copied out of an editor like this one: it has the levels and marks themselves. */
export const isOwnHtml = (html: string): boolean => /\sdata-pm-slice=/.test(html)

/** Clauses that were selected from their first letter to their last are copied as clauses, not as words. */
export function closeWhole(slice: Slice, { state }: EditorView): Slice {
  const { selection } = state
  if (!(selection instanceof TextSelection)) return slice
  const { $from, $to } = selection
  const whole =
    $from.depth === 1 &&
    $to.depth === 1 &&
    $from.parentOffset === 0 &&
    $to.parentOffset === $to.parent.content.size
  return whole ? new Slice(slice.content, 0, 0) : slice
}

/**
 * Puts what our own editor copied where the selection is, outside of tables.
 * @returns false where the editor's own way of pasting does it as well
 */
export function insertOwn(tr: Transaction, slice: Slice): boolean {
  const nodes: Node[] = []
  slice.content.forEach((node) => {
    nodes.push(node)
  })
  const isList = nodes.every(({ type }) => type.name === 'clause' || type.name === 'table')
  if (nodes.length === 0 || !isList || slice.openStart > 1 || slice.openEnd > 1) return false
  const [first] = nodes
  const into = isFresh(tr) ? tr.selection.$from.parent.attrs.id : null
  // The first grows into the empty clause that it is pasted at, and has that one's id from then on.
  if (typeof into === 'string' && first?.type.name === 'clause')
    leadOver(nodes, first.attrs.id, into)
  if (first && nodes.length === 1 && first.type.name === 'clause' && !isFresh(tr)) {
    tr.replaceSelection(new Slice(Fragment.from(first.content), 0, 0))
    return true
  }
  if (nodes.length === 1 && slice.openStart === 1) return false
  insertBlocks(tr, { nodes, openStart: slice.openStart > 0, openEnd: slice.openEnd > 0 })
  return true
}

function leadOver(nodes: Node[], from: unknown, to: string): void {
  for (const [i, node] of nodes.entries())
    nodes[i] = withReferences(node, (reference) =>
      reference.document === null && reference.clause === from
        ? { ...reference, clause: to as ClauseId }
        : reference,
    )
}

const isFresh = ({ selection: { $from, $to } }: Transaction) =>
  $from.depth === 1 && $from.sameParent($to) && $from.parent.content.size === 0
