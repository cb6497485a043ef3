import type { Node } from '@tiptap/pm/model'
import type { ClauseId } from '../../../shared/base/ids.ts'
import type { Run, TableBlock, TableCell } from '../../../shared/clauses/clause.ts'

const span = (value: unknown) => (typeof value === 'number' && value > 0 ? value : 1)

const runsOf = (paragraph: Node): Run[] =>
  paragraph.children.map(({ text = '' }) => ({ text, marks: [] }))

/** Every cell where the editor has it, also while two people's changes do not make a rectangle. Marks are left out. */
export const tableOfNode = (table: Node): TableBlock => ({
  id: String(table.attrs.id) as ClauseId,
  level: 'table',
  rows: table.children.map((row) => ({
    cells: row.children.map(
      ({ type, attrs, children }): TableCell => ({
        header: type.name === 'tableHeader',
        colspan: span(attrs.colspan),
        rowspan: span(attrs.rowspan),
        colwidth: Array.isArray(attrs.colwidth) ? attrs.colwidth : null,
        paragraphs: children.map(runsOf),
      }),
    ),
  })),
})

/** Positions of the cells of a table, by row and by index in it. @param pos of the table itself */
export const cellPositions = (table: Node, pos: number): number[][] => {
  const rows: number[][] = []
  table.forEach((row, rowPos) => {
    const cells: number[] = []
    row.forEach((_, cellPos) => {
      cells.push(pos + rowPos + cellPos + 2)
    })
    rows.push(cells)
  })
  return rows
}
