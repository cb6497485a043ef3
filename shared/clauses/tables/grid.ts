import { SQUARE_LIMIT } from '../limits.ts'

export type Spanned = { colspan: number; rowspan: number }

/** More columns under one cell are a slip of the pen, or an attack on everybody's browser. */
export const MOST_SPANNED = 100

/** A cell with its place: `row` and `index` say where it is written, the rest which squares it covers. */
export type PlacedCell<C> = {
  cell: C
  row: number
  index: number
  column: number
  /** As far as it can have them: a row below the last one and a square that is taken do not count. */
  colspan: number
  rowspan: number
}

export type Grid<C> = {
  cells: PlacedCell<C>[]
  /** How far each row reaches, cells that hang down into it included. */
  extents: number[]
}

/** Lays out cells as a browser does, but for one thing: no square is covered twice. */
export function placeCells<C extends Spanned>(
  rows: readonly { readonly cells: readonly C[] }[],
): Grid<C> {
  /** The first row in which a column is free again. */
  const freeFrom: number[] = []
  const isFree = (column: number, row: number) => (freeFrom[column] ?? 0) <= row
  const extents = rows.map(() => 0)
  const cells: PlacedCell<C>[] = []
  rows.forEach((line, row) => {
    let column = 0
    line.cells.forEach((cell, index) => {
      while (!isFree(column, row)) column += 1
      const wanted = Math.min(cell.colspan, MOST_SPANNED)
      let colspan = 1
      while (colspan < wanted && isFree(column + colspan, row)) colspan += 1
      const rowspan = Math.min(cell.rowspan, rows.length - row)
      cells.push({ cell, row, index, column, colspan, rowspan })
      for (let at = column; at < column + colspan; at += 1) freeFrom[at] = row + rowspan
      column += colspan
      for (let at = row; at < row + rowspan; at += 1)
        extents[at] = Math.max(extents[at] ?? 0, column)
    })
  })
  return { cells, extents }
}

/**
 * Whether a table has more squares than a text may hold, also for being mended. Costs no more steps than there are
 * cells, and squares that may be.
 */
export function hasTooManySquares(
  rows: readonly { readonly cells: readonly Spanned[] }[],
): boolean {
  let wanted = 0
  rows.forEach(({ cells }, row) => {
    for (const { colspan, rowspan } of cells)
      wanted += Math.min(colspan, MOST_SPANNED) * Math.min(rowspan, rows.length - row)
  })
  // They are laid out square by square.
  if (wanted > SQUARE_LIMIT) return true
  return Math.max(1, widthOf(placeCells(rows))) * rows.length > SQUARE_LIMIT
}

/** As far as the widest row reaches; rows may be too many to be the arguments of one call. */
export const widthOf = ({ extents }: Pick<Grid<unknown>, 'extents'>): number =>
  extents.reduce((most, extent) => Math.max(most, extent), 0)
