import type { Node } from '@tiptap/pm/model'
import type { Command, EditorState, Transaction } from '@tiptap/pm/state'
import { cellAround } from '@tiptap/pm/tables'
import type { EditorView } from '@tiptap/pm/view'
import { type PlacedCell, placeCells } from '../../../shared/clauses/tables/grid.ts'
import { cellPositions, tableOfNode } from './tableOfNode.ts'

type Cell = { colspan: number; rowspan: number; colwidth: readonly number[] | null }

/** CSS px. */
const NARROWEST = 28
const STEP = 12
/** The text's width on the page, where nobody has measured. */
const PAGE_WIDTH = 612

const gridOf = (table: Node) => placeCells<Cell>(tableOfNode(table).rows)

/** Px as stored, by column, from the topmost cell that has them; 0 where the width is automatic. */
export function columnWidths(table: Node): number[] {
  const { cells, extents } = gridOf(table)
  const widths = Array.from({ length: Math.max(0, ...extents) }, () => 0)
  for (const { cell, column, colspan } of cells)
    for (let i = 0; i < colspan; i += 1) widths[column + i] ||= Math.max(0, cell.colwidth?.[i] ?? 0)
  return widths
}

/** The table that somebody's caret is in, with the column of his cell. */
export function columnAt({ selection, doc }: EditorState) {
  const $cell = cellAround(selection.$head)
  if (!$cell) return null
  const [table, pos] = [$cell.node(-1), $cell.before(-1)]
  const [row, index] = [$cell.index(-1), $cell.index()]
  const placed = gridOf(table).cells.find((cell) => cell.row === row && cell.index === index)
  return placed && doc.nodeAt(pos) === table ? { table, pos, placed } : null
}

/** The stored widths, or those on the screen where some column has none. @param view null where there is no screen */
export function widthsNow(table: Node, pos: number, view: EditorView | null): number[] {
  const stored = columnWidths(table)
  if (stored.every((width) => width > 0)) return stored
  const positions = cellPositions(table, pos)
  const shown = stored.map(() => 0)
  for (const { row, index, column, colspan } of gridOf(table).cells) {
    const at = positions[row]?.[index]
    const element = view && at !== undefined ? view.nodeDOM(at) : null
    if (colspan > 1 || element === null || shown[column]) continue
    if (!(element instanceof HTMLElement)) continue
    shown[column] = Math.round(element.getBoundingClientRect().width)
  }
  const known = shown.reduce((sum, width) => sum + width, 0)
  const missing = shown.filter((width) => width === 0).length
  const share = Math.max(NARROWEST, Math.round((PAGE_WIDTH - known) / Math.max(1, missing)))
  return shown.map((width) => width || share)
}

/** Moves the line right of a column: what one column gains its neighbour gives. */
export function moved(widths: readonly number[], line: number, by: number): number[] {
  const [left = 0, right = 0] = [widths[line], widths[line + 1]]
  const most = Math.max(0, right - NARROWEST)
  const least = Math.min(0, NARROWEST - left)
  const change = Math.round(Math.min(most, Math.max(least, by)))
  return widths.map((width, column) =>
    column === line ? width + change : column === line + 1 ? width - change : width,
  )
}

/**
 * Stores widths in the cells of the columns that change, and in no others: so two people can draw two lines at once.
 * Attribute steps only, which leave alone what somebody types into a cell.
 */
export function storeWidths(
  tr: Transaction,
  table: Node,
  pos: number,
  widths: readonly number[],
): Transaction {
  const stored = columnWidths(table)
  const changed = widths.map((width, column) => width !== stored[column])
  const positions = cellPositions(table, pos)
  for (const { cell, row, index, column, colspan } of gridOf(table).cells) {
    const at = positions[row]?.[index]
    const columns = Array.from({ length: colspan }, (_, i) => column + i)
    if (at === undefined || !columns.some((one) => changed[one])) continue
    const colwidth = columns.map((one, i) =>
      changed[one] ? (widths[one] ?? 0) : (cell.colwidth?.[i] ?? stored[one] ?? 0),
    )
    tr.setNodeAttribute(at, 'colwidth', colwidth)
  }
  return tr
}

/** Makes the column of the caret wider, or narrower, by a step; its neighbour gives or takes. */
export const resizeColumn =
  (way: 1 | -1): Command =>
  (state, dispatch, view) => {
    const here = columnAt(state)
    if (!here) return false
    const { table, pos, placed } = here
    const widths = widthsNow(table, pos, view ?? null)
    const last = lastColumn(placed)
    const isLast = last + 1 >= widths.length
    const line = isLast ? placed.column - 1 : last
    const next = moved(widths, line, isLast ? -way * STEP : way * STEP)
    if (line < 0 || next.every((width, column) => width === widths[column])) return false
    dispatch?.(storeWidths(state.tr, table, pos, next))
    return true
  }

const lastColumn = ({ column, colspan }: PlacedCell<Cell>) => column + colspan - 1
