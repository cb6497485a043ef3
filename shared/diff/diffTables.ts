import { type Run, sayRuns, type TableBlock, type TableCell } from '../clauses/clause.ts'
import { type PlacedCell, placeCells, widthOf } from '../clauses/tables/grid.ts'
import { alignLists, type Pair } from './alignLists.ts'
import { type DiffOptions, type DiffPart, diffRuns, isChanged } from './diffWords.ts'

export type CellDiff = {
  kind: 'same' | 'added' | 'removed' | 'changed'
  /** Where it begins, and how many it covers, among the columns of both tables together. */
  column: number
  span: number
  header: boolean
  parts: DiffPart[]
}
export type RowDiff = {
  kind: 'same' | 'added' | 'removed' | 'changed' | 'moved'
  cells: CellDiff[]
}
/** Both tables laid over one another. */
export type TableDiff = { columns: number; rows: RowDiff[] }

type Laid = { rows: PlacedCell<TableCell>[][]; rowTexts: string[]; columnTexts: string[] }
type Square = { column: number; span: number; header: boolean; runs: Run[] }

/** What changed in a table, by its rows and columns, and in the cells that both have by words. */
export function diffTables(
  before: TableBlock,
  after: TableBlock,
  options: DiffOptions = {},
): TableDiff {
  const [old, fresh] = [layOut(before), layOut(after)]
  const columns = oneForOne(alignLists(old.columnTexts, fresh.columnTexts))
  const squares = (side: 'before' | 'after', row: number | null): Square[] => {
    const placed = row === null ? [] : (side === 'before' ? old : fresh).rows[row]
    const columnOf = (own: number) => columns.findIndex((pair) => pair[side] === own)
    return (placed ?? []).map(({ cell, column, colspan }) => {
      const start = columnOf(column)
      const span = columnOf(column + colspan - 1) - start + 1
      return { column: start, span, header: cell.header, runs: cellRuns(cell) }
    })
  }
  const pairs = withMoves(alignLists(old.rowTexts, fresh.rowTexts), old.rowTexts, fresh.rowTexts)
  const rows = pairs.map(({ before, after, moved }): RowDiff => {
    const cells = diffCells(squares('before', before), squares('after', after), options)
    if (before === null) return { kind: 'added', cells }
    if (after === null) return { kind: 'removed', cells }
    if (moved) return { kind: 'moved', cells }
    return { kind: cells.every(({ kind }) => kind === 'same') ? 'same' : 'changed', cells }
  })
  return { columns: columns.length, rows }
}

function diffCells(
  was: readonly Square[],
  now: readonly Square[],
  options: DiffOptions,
): CellDiff[] {
  const starts = [...new Set([...was, ...now].map(({ column }) => column))].sort((a, b) => a - b)
  return starts.map((column) => {
    const old = was.find((square) => square.column === column)
    const fresh = now.find((square) => square.column === column)
    const { span, header } = fresh ?? (old as Square)
    const parts = diffRuns(old?.runs ?? [], fresh?.runs ?? [], options)
    const kind = !old ? 'added' : !fresh ? 'removed' : isChanged(parts) ? 'changed' : 'same'
    return { kind, column, span, header, parts }
  })
}

function layOut({ rows }: TableBlock): Laid {
  const grid = placeCells(rows)
  const laid: Laid = {
    rows: rows.map(() => []),
    rowTexts: [],
    columnTexts: Array.from({ length: widthOf(grid) }, () => ''),
  }
  for (const placed of grid.cells) {
    laid.rows[placed.row]?.push(placed)
    laid.columnTexts[placed.column] += `${textOf(placed.cell)}\n`
  }
  laid.rowTexts = laid.rows.map((cells) => cells.map(({ cell }) => textOf(cell)).join('\t'))
  return laid
}

/** Paragraphs of a cell are joined by a space, as for agreement. */
const cellRuns = ({ paragraphs }: TableCell): Run[] =>
  paragraphs.flatMap((runs, index) => (index === 0 ? runs : [{ text: ' ', marks: [] }, ...runs]))

const textOf = (cell: TableCell) => sayRuns(cellRuns(cell))

/** Columns that are all new numbers are still the columns they were, when there are as many. */
function oneForOne(pairs: readonly Pair[]): Pair[] {
  const result: Pair[] = []
  let gap: Pair[] = []
  const close = () => {
    const old = gap.flatMap(({ before }) => before ?? [])
    const fresh = gap.flatMap(({ after }) => after ?? [])
    if (old.length === fresh.length)
      result.push(...old.map((before, i) => ({ before, after: fresh[i] ?? null })))
    else result.push(...gap)
    gap = []
  }
  for (const pair of pairs) {
    if (pair.before === null || pair.after === null) {
      gap.push(pair)
      continue
    }
    close()
    result.push(pair)
  }
  close()
  return result
}

/** A row that is gone here and stands there with all its words has been moved. */
function withMoves(
  pairs: readonly Pair[],
  before: readonly string[],
  after: readonly string[],
): (Pair & { moved?: true })[] {
  const gone = new Map<string, number[]>()
  for (const pair of pairs)
    if (pair.before !== null && pair.after === null) {
      const text = before[pair.before] ?? ''
      gone.set(text, [...(gone.get(text) ?? []), pair.before])
    }
  const taken = new Set<number>()
  const found = pairs.map((pair) => {
    if (pair.before !== null || pair.after === null) return pair
    const from = gone.get(after[pair.after] ?? '')?.shift()
    if (from === undefined) return pair
    taken.add(from)
    return { before: from, after: pair.after, moved: true as const }
  })
  return found.filter(({ before: row, after: now }) => now !== null || !taken.has(row ?? -1))
}
