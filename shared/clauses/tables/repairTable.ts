import type * as Y from 'yjs'
import { cellElement, elements, readRow } from '../yjs.ts'
import type { FittedCell } from './fitRows.ts'
import { fittingOf, fittingWidths, isHeading } from './fittedRows.ts'

/**
 * Makes a table rectangular by the fewest edits: it reads the same before and after.
 * @returns whether there was anything to do
 */
export function repairTable(table: Y.XmlElement): boolean {
  const lines = elements(table, 'tableRow')
  const rows = lines.map(readRow)
  const fitting = fittingOf(rows)
  if (!fitting) return false
  const kept = new Map(fitting.map(({ source, cells }) => [source, cells]))
  lines.forEach((line, index) => {
    const [cells, row] = [kept.get(index), rows[index]]
    if (cells && row) fitLine(line, cells, isHeading(row))
    else table.delete((table.toArray() as unknown[]).indexOf(line))
  })
  return true
}

function fitLine(line: Y.XmlElement, wanted: readonly FittedCell[], header: boolean): void {
  const cells = elements(line, 'tableCell', 'tableHeader')
  const sources = new Set(wanted.map(({ source }) => source))
  cells.forEach((cell, index) => {
    if (!sources.has(index)) line.delete((line.toArray() as unknown[]).indexOf(cell))
  })
  wanted.forEach(({ source, colspan, rowspan }, index) => {
    const cell = source === null ? undefined : cells[source]
    if (cell) setSpans(cell, { colspan, rowspan })
    else
      line.insert(index, [
        cellElement({ header, colspan, rowspan, colwidth: null, paragraphs: [[]] }),
      ])
  })
}

function setSpans(element: Y.XmlElement, wanted: { colspan: number; rowspan: number }): void {
  // Attribute values may be any JSON; Yjs types them as strings.
  const cell = element as unknown as Y.XmlElement<Record<string, number | number[]>>
  const now = cell.getAttributes()
  for (const [key, value] of Object.entries(wanted))
    if ((now[key] ?? 1) !== value) cell.setAttribute(key, value)
  const { colwidth } = now
  if (!Array.isArray(colwidth)) return
  const fitting = fittingWidths(colwidth, wanted.colspan)
  if (fitting !== colwidth) cell.setAttribute('colwidth', [...fitting])
}
