import type { Block, ClauseLevel, Mark, Run, TableCell } from '../../shared/clauses/clause.ts'
import type { NewClauseId } from './sampleDocument.ts'

/**
 * The sample documents are written as they read on paper, one block a line: `Chương I. …`, `Điều 3. …`, `1. …`,
 * `đ) …`, `Phụ lục. …`, in a plan `I. …`; `= …` is a căn cứ line, `| … | … |` a table row (the first one the
 * heading), anything else plain text. `**bold**` and `*italic*` as usual. The written numbers are for the reader:
 * they are computed anew, and a test compares the two.
 */
const LINES: readonly [RegExp, ClauseLevel][] = [
  [/^(Chương [IVXL]+)\. /u, 'chapter'],
  [/^(Điều \d+)\. /u, 'article'],
  [/^(Phụ lục(?: [IVXL]+)?)\. /u, 'annex'],
  [/^([IVXL]+)\. /u, 'section'],
  [/^(\d+)\. /u, 'paragraph'],
  [/^(\p{L})\) /u, 'point'],
  [/^()= /u, 'basis'],
]

export type NotedBlock = {
  block: Block
  /** As written in the source. */
  label: string
}

export function readNotation(source: string, newId: NewClauseId): NotedBlock[] {
  const noted: NotedBlock[] = []
  let rows: string[] = []
  const closeTable = () => {
    if (rows.length > 0) noted.push({ block: readTable(rows, newId), label: '' })
    rows = []
  }
  for (const line of source.trim().split('\n')) {
    if (line.startsWith('|')) {
      rows.push(line)
      continue
    }
    closeTable()
    noted.push(readLine(line, newId))
  }
  closeTable()
  return noted
}

export const blocksOf = (source: string, newId: NewClauseId): Block[] =>
  readNotation(source, newId).map(({ block }) => block)

function readLine(line: string, newId: NewClauseId): NotedBlock {
  for (const [pattern, level] of LINES) {
    const match = pattern.exec(line)
    if (match)
      return {
        block: { id: newId(), level, runs: readRuns(line.slice(match[0].length)) },
        label: labelOf(level, match[1] ?? ''),
      }
  }
  return { block: { id: newId(), level: 'text', runs: readRuns(line) }, label: '' }
}

const labelOf = (level: ClauseLevel, written: string) => (level === 'basis' ? '' : written)

const readTable = (rows: readonly string[], newId: NewClauseId): Block => ({
  id: newId(),
  level: 'table',
  rows: rows.map((row, index) => ({
    cells: row
      .split('|')
      .slice(1, -1)
      .map((text) => readCell(text.trim(), index === 0)),
  })),
})

const readCell = (text: string, header: boolean): TableCell => ({
  header,
  colspan: 1,
  rowspan: 1,
  colwidth: null,
  paragraphs: [readRuns(text)],
})

function readRuns(text: string): Run[] {
  return text
    .split(/(\*\*.+?\*\*|\*.+?\*)/u)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const stars = /^\*+/u.exec(piece)?.[0].length ?? 0
      const marks: Mark[] = stars === 2 ? ['bold'] : stars === 1 ? ['italic'] : []
      return { text: piece.slice(stars, piece.length - stars), marks }
    })
}
