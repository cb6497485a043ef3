import type { Node, NodeType } from '@tiptap/pm/model'
import { type Command, type EditorState, Selection } from '@tiptap/pm/state'
import { SCORE_SKELETON, SKELETON_WIDTHS } from './scoreSkeleton.ts'

/** Puts a table under the clause of the caret, or in its place where it is empty plain text. Sizes count the header row. */
export const insertTable =
  (rows: number, columns: number): Command =>
  (state, dispatch) => {
    const { table, tableRow, tableCell, tableHeader } = state.schema.nodes
    if (!table || !tableRow || !tableCell || !tableHeader) return false
    const row = (type: NodeType) =>
      tableRow.create(
        null,
        Array.from({ length: columns }, () => type.createAndFill()).filter((cell) => cell !== null),
      )
    const node = table.create(
      null,
      Array.from({ length: rows }, (_, index) => row(index === 0 ? tableHeader : tableCell)),
    )
    return placeTable(state, dispatch, node)
  }

/** A score table with its sections, codes and sums, whose words are to be filled in. */
export const insertScoreTable: Command = (state, dispatch) => {
  const { schema } = state
  const { table, tableRow, tableCell, tableHeader, paragraph } = schema.nodes
  if (!table || !tableRow || !tableCell || !tableHeader || !paragraph) return false
  const bold = schema.marks.bold?.create()
  const rows = SCORE_SKELETON.map(({ cells, strong }, index) => {
    const marks = strong && bold ? [bold] : []
    const type = index === 0 ? tableHeader : tableCell
    return tableRow.create(
      null,
      cells.map((text, column) =>
        type.create(
          { colwidth: [SKELETON_WIDTHS[column]] },
          paragraph.create(null, text === '' ? [] : schema.text(text, marks)),
        ),
      ),
    )
  })
  return placeTable(state, dispatch, table.create(null, rows))
}

function placeTable(state: EditorState, dispatch: Parameters<Command>[1], table: Node): boolean {
  const { $from } = state.selection
  const { clause } = state.schema.nodes
  const here = $from.depth === 1 ? $from.parent : null
  if (!clause || here?.type !== clause) return false
  const { tr } = state
  const pos = $from.before(1)
  const end = pos + here.nodeSize
  const replaces = here.content.size === 0 && here.attrs.level === 'text'
  const at = replaces ? pos : end
  const last = end === state.doc.content.size
  if (replaces && !last) tr.delete(pos, end)
  else if (!replaces && last) tr.insert(end, clause.create({ level: 'text' }))
  tr.insert(at, table)
  tr.setSelection(Selection.near(tr.doc.resolve(at + 1), 1))
  dispatch?.(tr.scrollIntoView())
  return true
}
