import {
  type Grid,
  MOST_SPANNED,
  type PlacedCell,
  placeCells,
  type Spanned,
  widthOf,
} from './grid.ts'

export type Fittable = Spanned & { isEmpty: boolean }
/** `source` is the index of the cell among those of its row; null for an empty one that is put in. */
export type FittedCell = { source: number | null; colspan: number; rowspan: number }
export type FittedRow = { source: number; cells: FittedCell[] }

/** A gap as wide as this is filled by single cells, a wider one by wide ones: filling stays linear. */
const MOST_FILLED = 50

/**
 * What two people who change one table at once leave behind, made rectangular: spans end where the table or the next
 * cell does, rows without a cell go, rows that reach beyond most others give up empty cells at their end, and short
 * rows are filled up. No cell with words goes, and none changes its row. A table that is in order stays as it is.
 * @returns null when there is nothing to do
 */
export function fitRows(
  rows: readonly { readonly cells: readonly Fittable[] }[],
): FittedRow[] | null {
  const grid = placeCells(rows)
  if (isInOrder(rows, grid)) return null
  const own = ownCells(rows, grid)
  const target = commonest(grid.extents.filter((_, row) => (own[row]?.length ?? 0) > 0))
  own.forEach((cells, row) => {
    grid.extents[row] = trimmed(cells, grid.extents[row] ?? 0, target)
  })
  return withoutBareRows(filled(own, widthOf(grid)))
}

function isInOrder(rows: readonly { readonly cells: readonly Fittable[] }[], grid: Grid<Fittable>) {
  const [width = 0] = grid.extents
  return (
    rows.every(({ cells }) => cells.length > 0) &&
    grid.extents.every((extent) => extent === width) &&
    grid.cells.every(
      ({ cell, colspan, rowspan }) => cell.colspan === colspan && cell.rowspan === rowspan,
    ) &&
    // Between a row's own cells and one that hangs down into it there may be a hole.
    grid.cells.reduce((sum, { colspan, rowspan }) => sum + colspan * rowspan, 0) ===
      width * rows.length
  )
}

type Own = PlacedCell<Fittable>

function ownCells(rows: readonly unknown[], { cells }: Grid<Fittable>): Own[][] {
  const own: Own[][] = rows.map(() => [])
  for (const cell of cells) own[cell.row]?.push(cell)
  return own
}

/** How far most rows reach; of two the wider one. */
function commonest(extents: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const extent of extents) counts.set(extent, (counts.get(extent) ?? 0) + 1)
  let best = 0
  for (const [extent, count] of counts) {
    const most = counts.get(best) ?? 0
    if (count > most || (count === most && extent > best)) best = extent
  }
  return best
}

/** Two repairs of one table leave an empty cell too many. @returns how far the row reaches now */
function trimmed(cells: Own[], extent: number, target: number): number {
  let reach = extent
  while (reach > target) {
    const last = cells.at(-1)
    if (!last || last.rowspan > 1 || last.column + last.colspan !== reach) break
    if (last.colspan > 1) last.colspan -= 1
    else if (last.cell.isEmpty && cells.length > 1) cells.pop()
    else break
    reach -= 1
  }
  return reach
}

/** Empty cells for every square that nobody covers. */
function filled(own: readonly Own[][], width: number): FittedRow[] {
  /** By column, the first row that nothing hangs down into any more. */
  const freeFrom: number[] = []
  return own.map((cells, source) => {
    const line: FittedCell[] = []
    let column = 0
    const fillTo = (end: number) => {
      let gap = 0
      for (; column < end; column += 1) {
        if ((freeFrom[column] ?? 0) <= source) gap += 1
        else {
          line.push(...empty(gap))
          gap = 0
        }
      }
      line.push(...empty(gap))
    }
    for (const { column: from, index, colspan, rowspan } of cells) {
      fillTo(from)
      line.push({ source: index, colspan, rowspan })
      for (; column < from + colspan; column += 1) freeFrom[column] = source + rowspan
    }
    fillTo(width)
    return { source, cells: line }
  })
}

function empty(gap: number): FittedCell[] {
  const cells: FittedCell[] = []
  const most = gap > MOST_FILLED ? MOST_SPANNED : 1
  for (let rest = gap; rest > 0; rest -= most)
    cells.push({ source: null, colspan: Math.min(rest, most), rowspan: 1 })
  return cells
}

/** Rows that had no cell of their own go, and what reaches across them gets shorter. */
function withoutBareRows(rows: readonly FittedRow[]): FittedRow[] {
  /** How many of the rows above each one, and of all in the end, stay. */
  const kept = [0]
  const stays = rows.map(({ cells }, row) => {
    const has = cells.some(({ source }) => source !== null)
    kept.push((kept[row] ?? 0) + Number(has))
    return has
  })
  const keptTo = (row: number) => kept[row] ?? 0
  return rows.flatMap(({ source, cells }, row) =>
    stays[row]
      ? [
          {
            source,
            cells: cells.map((cell) => ({
              ...cell,
              rowspan: keptTo(row + cell.rowspan) - keptTo(row),
            })),
          },
        ]
      : [],
  )
}
