import type { Node } from '@tiptap/pm/model'
import { Selection, TextSelection, type Transaction } from '@tiptap/pm/state'

/**
 * Blocks to be put in. An open side may grow together with the words that it comes next to: lines without a number,
 * or the half of a clause that somebody has copied. A closed side stays a clause of its own.
 */
export type Blocks = { nodes: readonly Node[]; openStart: boolean; openEnd: boolean }

/**
 * Puts blocks where the selection is, in the place of what is selected, and the caret behind them. A clause that keeps
 * words keeps its node and with it its id. The selection must not be in the cells of a table.
 * @returns where the content of each block begins now
 */
export function insertBlocks(tr: Transaction, { nodes, openStart, openEnd }: Blocks): number[] {
  const gap = openGap(tr)
  const starts: number[] = []
  let own = [...nodes]
  let { at, right } = gap
  const shift = (by: number) => {
    at += by
    if (right !== null) right += by
  }
  const [first] = own
  if (gap.left !== null && first && isEmpty(tr, gap.left) && first.type.name === 'table') {
    const size = tr.doc.nodeAt(gap.left)?.nodeSize ?? 0
    // The last block has to be a clause, or there is no way out of the table.
    if (at === tr.doc.content.size) at = gap.left
    else {
      tr.delete(gap.left, gap.left + size)
      shift(-size)
    }
  } else if (gap.left !== null && first && takesWords(tr, gap.left, first, openStart)) {
    starts.push(growInto(tr, gap.left, first))
    shift(first.content.size)
    own = own.slice(1)
  }
  const last = own.at(-1)
  const intoRight = right !== null && openEnd && last?.type.name === 'clause'
  const whole = intoRight ? own.slice(0, -1) : own
  for (const node of whole) {
    tr.insert(at, node)
    starts.push(at + 1)
    at += node.nodeSize
  }
  if (intoRight && last) {
    tr.insert(at + 1, last.content)
    starts.push(at + 1)
    tr.setSelection(TextSelection.create(tr.doc, at + 1 + last.content.size))
    return starts
  }
  if (last?.type.name === 'table' && at === tr.doc.content.size) addClause(tr, at)
  tr.setSelection(Selection.near(tr.doc.resolve(at), -1))
  return starts
}

type Gap = {
  /** Position of the clause before the gap that blocks may grow into; null where there is none. */
  left: number | null
  /** Where blocks go in. */
  at: number
  /** Position of the clause behind the gap that has the rest of the words; null where there is none. */
  right: number | null
}

/** Takes out what is selected and parts the clause that the caret is in, without joining what stood apart. */
function openGap(tr: Transaction): Gap {
  const { $from, $to } = tr.selection
  const inClauses = $from.depth === 1 && $to.depth === 1
  if (inClauses && !$from.sameParent($to)) return gapBetweenClauses(tr)
  if (!tr.selection.empty) tr.deleteSelection()
  const { $from: $at } = tr.selection
  return $at.depth === 1 ? gapInClause(tr) : { left: null, at: $at.pos, right: null }
}

/** The first clause keeps what stands before the selection, the last one what stands behind it. */
function gapBetweenClauses(tr: Transaction): Gap {
  const { $from, $to } = tr.selection
  const left = $from.before(1)
  const keepsRight = $to.parentOffset < $to.parent.content.size
  const remove = (from: number, to: number) => {
    if (to > from) tr.delete(from, to)
  }
  // From behind, so that the places in front stay as they are.
  if (keepsRight) remove($to.before(1) + 1, $to.pos)
  remove($from.after(1), keepsRight ? $to.before(1) : $to.after(1))
  remove($from.pos, $from.end(1))
  const at = $from.pos + 1
  return { left, at, right: keepsRight ? at : null }
}

function gapInClause(tr: Transaction): Gap {
  const { parentOffset: offset, parent, pos } = tr.selection.$from
  const left = tr.selection.$from.before(1)
  if (offset === parent.content.size) return { left, at: left + parent.nodeSize, right: null }
  if (offset === 0) return { left: null, at: left, right: null }
  tr.split(pos, 1, [{ type: parent.type, attrs: { ...parent.attrs, id: null } }])
  return { left, at: pos + 1, right: pos + 1 }
}

const isEmpty = (tr: Transaction, pos: number) => tr.doc.nodeAt(pos)?.content.size === 0

const takesWords = (tr: Transaction, left: number, first: Node, open: boolean) =>
  first.type.name === 'clause' && (open || isEmpty(tr, left))

/** An empty clause takes the level of what comes into it, if it has one. @returns where the words begin */
function growInto(tr: Transaction, left: number, first: Node): number {
  if (isEmpty(tr, left) && first.attrs.level !== 'text')
    tr.setNodeAttribute(left, 'level', first.attrs.level)
  const end = left + (tr.doc.nodeAt(left)?.nodeSize ?? 0) - 1
  tr.insert(end, first.content)
  return end
}

function addClause(tr: Transaction, at: number): void {
  const clause = tr.doc.type.schema.nodes.clause?.create()
  if (clause) tr.insert(at, clause)
}
