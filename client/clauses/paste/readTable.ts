import type {
  PastedCell,
  PastedItem,
  PastedParagraph,
  PastedTable,
} from '../../../shared/pasting/pasted.ts'
import { readDeclarations } from '../../../shared/pasting/styleSheet.ts'
import { type Look, lookOf, type Styles } from './lookOf.ts'

/** More is a slip of the pen, or an attack on everybody's browser. */
const MOST_SPANNED = 100
/** Widest column that is believed, in CSS px. */
const WIDEST = 2_000

type ReadWords = (cell: Element, outer: Look) => readonly PastedItem[]

/** Rows and cells with their spans; a table inside a cell leaves its words there. */
export function readTable(
  table: Element,
  outer: Look,
  styles: Styles,
  readWords: ReadWords,
): PastedTable {
  const rows = Array.from(table.querySelectorAll('tr')).filter(
    (row) => row.closest('table') === table,
  )
  const read = rows.flatMap((row) => {
    const look = lookOf(row, outer, styles)
    if (look.hidden) return []
    const inHead = row.parentElement?.tagName.toUpperCase() === 'THEAD'
    const cells = Array.from(row.children)
      .filter(({ tagName }) => /^t[dh]$/i.test(tagName))
      .flatMap((cell) => readCell(cell, inHead, look, styles, readWords))
    return cells.length > 0 ? [cells] : []
  })
  return { kind: 'table', rows: withHeading(fitted(read)) }
}

function readCell(
  cell: Element,
  inHead: boolean,
  outer: Look,
  styles: Styles,
  readWords: ReadWords,
): PastedCell[] {
  const look = lookOf(cell, outer, styles)
  if (look.hidden) return []
  const header = inHead || cell.tagName.toUpperCase() === 'TH'
  const style = readDeclarations(cell.getAttribute('style') ?? '')
  const read: PastedCell = {
    header,
    colspan: span(cell, 'colspan'),
    rowspan: span(cell, 'rowspan'),
    width: widthOf(cell.getAttribute('width'), style.get('width')),
    paragraphs: readWords(cell, outer).flatMap(wordsOf),
  }
  // Excel lets long words run over their neighbours, which are no less there.
  if (!/colspan/.test(style.get('mso-ignore') ?? '') || read.colspan === 1) return [read]
  const empty: PastedCell = { ...read, colspan: 1, paragraphs: [] }
  return [{ ...read, colspan: 1 }, ...Array<PastedCell>(read.colspan - 1).fill(empty)]
}

const wordsOf = (item: PastedItem): PastedParagraph[] =>
  item.kind === 'paragraph'
    ? [{ ...item, loose: false }]
    : item.rows.flat().flatMap(({ paragraphs }) => [...paragraphs])

function span(cell: Element, name: string): number {
  const count = Number.parseInt(cell.getAttribute(name) ?? '', 10)
  return count > 1 ? Math.min(count, MOST_SPANNED) : 1
}

/** Percentages say nothing of a column alone. */
function widthOf(attribute: string | null, style: string | undefined): number | null {
  const [, number = '', unit = ''] = /^([\d.]+)\s*(pt|px|)$/.exec(style ?? attribute ?? '') ?? []
  const px = Math.round(Number(number) * (unit === 'pt' ? 96 / 72 : 1))
  return px > 0 && px <= WIDEST ? px : null
}

/** Spans that reach below the last row are cut, short rows filled up: a table has no ragged edge. */
function fitted(rows: readonly PastedCell[][]): PastedCell[][] {
  const taken = rows.map(() => 0)
  const cut = rows.map((row, index) =>
    row.map((cell) => {
      const rowspan = Math.min(cell.rowspan, rows.length - index)
      for (let at = index; at < index + rowspan; at += 1)
        taken[at] = (taken[at] ?? 0) + cell.colspan
      return { ...cell, rowspan }
    }),
  )
  const width = Math.max(0, ...taken)
  return cut.map((row, index) => {
    const missing = width - (taken[index] ?? 0)
    const header = row.every((cell) => cell.header)
    return [...row, ...Array.from({ length: missing }, () => emptyCell(header))]
  })
}

const emptyCell = (header: boolean): PastedCell => ({
  header,
  colspan: 1,
  rowspan: 1,
  width: null,
  paragraphs: [],
})

/** Most tables say nothing of a heading but write their first row in bold. */
function withHeading(rows: PastedCell[][]): PastedCell[][] {
  const [first = [], ...rest] = rows
  const isBold = (cell: PastedCell) =>
    cell.paragraphs.every(({ runs }) => runs.every(({ marks }) => marks.includes('bold')))
  const hasWords = first.some(({ paragraphs }) => paragraphs.length > 0)
  const isHeading = rest.length > 0 && hasWords && first.every(isBold)
  const marked = isHeading ? first.map((cell) => ({ ...cell, header: true })) : first
  return [marked, ...rest].map((row) => row.map((cell) => (cell.header ? unbold(cell) : cell)))
}

/** A heading is bold by itself. */
const unbold = (cell: PastedCell): PastedCell => ({
  ...cell,
  paragraphs: cell.paragraphs.map((paragraph) => ({
    ...paragraph,
    runs: paragraph.runs.map((run) => ({
      ...run,
      marks: run.marks.filter((mark) => mark !== 'bold'),
    })),
  })),
})
