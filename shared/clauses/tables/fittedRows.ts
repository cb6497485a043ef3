import type { TableCell, TableRow } from '../clause.ts'
import { type FittedRow, fitRows } from './fitRows.ts'

const isEmpty = ({ paragraphs }: TableCell) =>
  paragraphs.every((runs) => runs.every(({ text }) => text === ''))

/** {@link fitRows} for rows as they are read. */
export const fittingOf = (rows: readonly TableRow[]): FittedRow[] | null =>
  fitRows(
    rows.map(({ cells }) => ({
      cells: cells.map((cell) => ({
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        isEmpty: isEmpty(cell),
      })),
    })),
  )

/** A cell that is put into a heading is one of its cells. */
export const isHeading = ({ cells }: TableRow): boolean =>
  cells.length > 0 && cells.every(({ header }) => header)

/** Widths of a cell that lost columns. */
export const fittingWidths = (widths: readonly number[], colspan: number): readonly number[] =>
  widths.length > colspan ? widths.slice(0, colspan) : widths

/** The rows without a ragged edge; the very same ones where they have none. */
export function fittedRows(rows: readonly TableRow[]): readonly TableRow[] {
  const fitting = fittingOf(rows)
  if (!fitting) return rows
  return fitting.map((fitted): TableRow => {
    const row = rows[fitted.source] ?? { cells: [] }
    return {
      cells: fitted.cells.map(({ source, colspan, rowspan }): TableCell => {
        const cell = source === null ? undefined : row.cells[source]
        return {
          header: cell?.header ?? isHeading(row),
          colspan,
          rowspan,
          colwidth: cell?.colwidth ? fittingWidths(cell.colwidth, colspan) : null,
          paragraphs: cell?.paragraphs ?? [[]],
        }
      }),
    }
  })
}
