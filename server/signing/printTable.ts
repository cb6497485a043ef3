import { type PlacedCell, placeCells } from '../../shared/clauses/tables/grid.ts'
import type { SealedBlock, SealedCell, SealedRun } from '../../shared/signing/sealedDocument.ts'

type Rows = Extract<SealedBlock, { level: 'table' }>['rows']

export type PrintTable = {
  kind: 'table'
  /** Relative widths, one per column. */
  columns: number[]
  /** Points. */
  size: number
  /** Rows at the top that are repeated on every page. */
  headerRows: number
  cells: {
    header: boolean
    inHeader: boolean
    colspan: number
    rowspan: number
    align: 'left' | 'center'
    paragraphs: SealedRun[][]
  }[]
}

type Placed = PlacedCell<SealedCell>

export function printTable(rows: Rows): PrintTable {
  const { cells: placed, extents } = placeCells(rows)
  const count = Math.max(1, ...extents)
  const headerRows = leadingHeaderRows(rows)
  const short = shortColumns(placed, count)
  return {
    kind: 'table',
    columns: columnWidths(placed, count),
    size: count <= 4 ? 13 : count === 5 ? 12 : 11,
    headerRows,
    cells: placed.map(({ cell, row, column, colspan, rowspan }) => ({
      header: cell.header,
      inHeader: row < headerRows,
      colspan,
      rowspan,
      align: cell.header || short[column] ? 'center' : 'left',
      paragraphs: cell.paragraphs,
    })),
  }
}

/** All rows of header cells at the top; a table of nothing else repeats none. */
function leadingHeaderRows(rows: Rows): number {
  const body = rows.findIndex(({ cells }) => !cells.every((cell) => cell.header))
  if (body <= 0) return 0
  const reach = Math.max(
    body,
    ...rows.slice(0, body).flatMap(({ cells }, r) => cells.map((cell) => r + cell.rowspan)),
  )
  return reach === body ? body : 0
}

const cellText = (cell: SealedCell) =>
  cell.paragraphs.map((runs) => runs.map((r) => r.text).join('')).join(' ')

const shortColumns = (placed: readonly Placed[], count: number): boolean[] =>
  Array.from({ length: count }, (_, column) =>
    placed
      .filter((p) => p.column === column && !p.cell.header && p.cell.colspan === 1)
      .every(({ cell }) => cellText(cell).length <= 6),
  )

/**
 * The widths drawn in the editor where every column has one, else by content: a column is never narrower than its
 * longest word, and longer texts get more room, but less than in proportion.
 */
function columnWidths(placed: readonly Placed[], count: number): number[] {
  const drawn = Array.from({ length: count }, () => 0)
  const wanted = Array.from({ length: count }, () => 4)
  for (const { cell, column, colspan } of placed) {
    cell.colwidth?.slice(0, colspan).forEach((width, i) => {
      // As on the screen, the topmost cell decides.
      drawn[column + i] ||= width
    })
    if (cell.colspan > 1) continue
    const text = cellText(cell)
    const word = Math.max(0, ...text.split(/\s+/u).map((w) => w.length))
    const need = Math.max(word + 2, 2 * Math.sqrt(text.length * 3))
    wanted[column] = Math.max(wanted[column] ?? 0, need)
  }
  return drawn.every((width) => width > 0) ? drawn : wanted.map((width) => Math.round(width * 10))
}
