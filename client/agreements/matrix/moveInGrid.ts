/** A cell of a grid, counted from 0; column 0 is the heading of its row. */
export type GridCell = { row: number; column: number }

const PAGE = 10

/**
 * Where a key leads, as the grid pattern of ARIA has it; null for a key that means nothing here.
 * @param size rows and columns, the column of headings included; at least one each
 */
export function moveInGrid(
  { row, column }: GridCell,
  { key, ctrlKey }: { key: string; ctrlKey: boolean },
  size: { rows: number; columns: number },
): GridCell | null {
  const last = { row: size.rows - 1, column: size.columns - 1 }
  const to = (nextRow: number, nextColumn: number): GridCell => ({
    row: Math.min(Math.max(nextRow, 0), last.row),
    column: Math.min(Math.max(nextColumn, 0), last.column),
  })
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'PageUp':
      return to(row - PAGE, column)
    case 'PageDown':
      return to(row + PAGE, column)
    case 'Home':
      return to(ctrlKey ? 0 : row, 0)
    case 'End':
      return to(ctrlKey ? last.row : row, last.column)
    default:
      return null
  }
}
