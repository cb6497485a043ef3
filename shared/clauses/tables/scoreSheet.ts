import type { TableBlock, TableCell } from '../clause.ts'
import { canonicalText } from '../hash.ts'
import { isNumber, type Points, readPoints } from './decimals.ts'
import { placeCells } from './grid.ts'
import { type Code, codeReader } from './scoreCodes.ts'

/** A cell of a table: its row, and its index among the cells of that row. */
export type CellAt = { row: number; cell: number }
export type Scored = { at: CellAt; points: Points; text: string }

export type ScoreRow = {
  code: Code
  codeAt: CellAt
  label: string
  /** A bonus stands apart from the scale, and nothing is added up for a deduction. */
  kind: 'base' | 'bonus' | 'deduction'
  /** Null where a cell of another row reaches down. */
  most: Scored | null
  /** What was given, by column: `Tự chấm`, `Thẩm định`. */
  given: (Scored | null)[]
}
export type TotalRow = { label: string; most: Scored; row: number }

export type ScoreSheet = {
  rows: ScoreRow[]
  totals: TotalRow[]
  /** The heading of the points, which may name the scale: `Điểm tối đa (100)`. */
  heading: Scored
  /** Points stand above the first code: not all that is counted has one. */
  startsUncoded: boolean
}

const CODES = /^(?:stt|tt|mã|mã số|mục|số tt|số thứ tự|ký hiệu)$/u
const MOST = /^(?:số )?(?:thang điểm|mức điểm|điểm (?:số )?(?:tối đa|chuẩn|quy định|cao nhất))/u
const PLAIN = /^(?:số )?điểm$/u
const GIVEN =
  /^(?!nội dung|tiêu chí|minh chứng|ghi chú|căn cứ).*(?:tự chấm|thẩm định|điểm chấm|điểm được chấm|điểm đạt)/u
const BONUS = /^(?:các |phần )?(?:nội dung )?(?:điểm (?:thưởng|cộng)|thưởng điểm|cộng điểm)/u
const DEDUCTION = /^(?:các |phần )?(?:nội dung )?(?:điểm (?:bị )?trừ|trừ điểm)/u
const TOTAL =
  /^(?:tổng(?: cộng| số)?|cộng)\s*(?:$|[:=(]|(?:các )?(?:mục|phần)(?!\p{L})|[ivx]+\s*\+|\d)|^tổng (?:cộng |số )?điểm(?!\p{L})/u
/** A code and its words in one cell: `I. Nhiệm vụ chính trị`. */
const CODE_WITH_WORDS = /^((?:[IVXLC]+|[A-HĐ]|\d+)(?:\.[\p{L}\d]{1,4})*)[.):]\s+(\p{L}.*)$/u
/** Numbers of columns under a heading: `(3)`. */
const COLUMN_NUMBER = /\s*\(\d\)/gu

/** A page has no room for more. */
const MOST_COLUMNS = 30
const MOST_HEADING_ROWS = 3

const cellText = ({ paragraphs }: TableCell) =>
  canonicalText(paragraphs.map((runs) => runs.map(({ text }) => text).join('')).join(' '))

/** Columns of a table, read from its heading. */
type Columns = { depth: number; code: number; most: number; given: number[]; isPlain: boolean }

/**
 * The numbers of a score table, known by its shape: a heading with a column of codes and one of points. Any other
 * table is null, and so is one headed merely `Điểm` whose codes are not nested: such a list may be of results.
 */
export function readSheet({ rows }: TableBlock): ScoreSheet | null {
  const { cells, extents } = placeCells(rows)
  if (Math.max(0, ...extents) > MOST_COLUMNS) return null
  const columns = readHeading(rows, cells)
  if (!columns) return null
  const numbers = new Set([columns.most, ...columns.given])
  const lines = rows.map(() => new Map<number, Scored>())
  for (const { cell, row, index, column } of cells) {
    const text = cellText(cell)
    const points = numbers.has(column) ? readPoints(text) : 'blank'
    lines[row]?.set(column, { at: { row, cell: index }, text, points })
  }
  const sheet = readLines(lines, columns)
  const isNested = sheet.rows.some(({ code }) => code.path.length > 1)
  return sheet.rows.length === 0 || (columns.isPlain && !isNested) ? null : sheet
}

type Line = ReadonlyMap<number, Scored>

function readHeading(
  rows: TableBlock['rows'],
  cells: ReturnType<typeof placeCells<TableCell>>['cells'],
): Columns | null {
  const body = rows.findIndex(({ cells }) => !cells.every(({ header }) => header))
  const written = Math.min(MOST_HEADING_ROWS, Math.max(1, body < 0 ? rows.length : body))
  const reach = cells.filter(({ row }) => row < 1).map(({ rowspan }) => rowspan)
  const depth = Math.min(MOST_HEADING_ROWS, Math.max(written, ...reach))
  const titles: string[] = []
  for (const { cell, row, column, colspan } of cells) {
    if (row >= depth) continue
    for (let at = column; at < column + colspan; at += 1)
      titles[at] =
        `${titles[at] ?? ''} ${cellText(cell).toLowerCase().replace(COLUMN_NUMBER, '')}`.trim()
  }
  const find = (pattern: RegExp) => titles.findIndex((title) => pattern.test(title ?? ''))
  const code = find(CODES)
  const [strong, plain] = [find(MOST), find(PLAIN)]
  const most = strong >= 0 ? strong : plain
  if (code < 0 || most < 0) return null
  const given = titles.flatMap((title, column) =>
    column !== most && GIVEN.test(title ?? '') ? [column] : [],
  )
  return { depth, code, most, given, isPlain: strong < 0 }
}

function readLines(lines: readonly Line[], columns: Columns): ScoreSheet {
  const { depth, most: mostColumn, given } = columns
  const readCode = codeReader()
  const kindAt = kindReader()
  const rows: ScoreRow[] = []
  const totals: TotalRow[] = []
  let startsUncoded = false
  lines.slice(depth).forEach((line, index) => {
    const most = line.get(mostColumn) ?? null
    const { codeText, label, codeAt } = wordsOf(line, columns)
    // `Tổng cộng` may stand in the column of the codes too, or in a cell that reaches over both.
    const total = [codeText, label].find((text) => TOTAL.test(text.toLowerCase()))
    const code = total === undefined ? readCode(codeText) : null
    if (total !== undefined && most) totals.push({ label: total, most, row: depth + index })
    else if (code && codeAt) {
      const kind = kindAt(code.path.length, label)
      const points = given.map((column) => line.get(column) ?? null)
      rows.push({ code, codeAt, label, kind, most, given: points })
    } else startsUncoded ||= rows.length === 0 && most !== null && isNumber(most.points)
  })
  const headings = lines.slice(0, depth).flatMap((line) => line.get(mostColumn) ?? [])
  const heading = headings.find(({ text }) => /điểm/iu.test(text)) ?? NO_HEADING
  return { rows, totals, heading, startsUncoded }
}

const NO_HEADING: Scored = { at: { row: 0, cell: 0 }, text: '', points: 'blank' }

function wordsOf(line: Line, { code, most, given }: Columns) {
  const words = [...line].flatMap(([column, { text }]) =>
    column === code || column === most || given.includes(column) || text === '' ? [] : [text],
  )
  const cell = line.get(code)
  const [, codeText = cell?.text ?? '', label = words[0] ?? ''] =
    CODE_WITH_WORDS.exec(cell?.text ?? '') ?? []
  return { codeText, label, codeAt: cell?.at ?? null }
}

/** What hangs under a bonus or a deduction is one too. */
function kindReader(): (depth: number, label: string) => ScoreRow['kind'] {
  const kinds: ScoreRow['kind'][] = []
  return (depth, label) => {
    kinds.length = Math.min(kinds.length, depth - 1)
    const kind =
      kinds.find((outer) => outer !== undefined && outer !== 'base') ?? kindOf(label.toLowerCase())
    kinds[depth - 1] = kind
    return kind
  }
}

function kindOf(label: string): ScoreRow['kind'] {
  if (BONUS.test(label)) return 'bonus'
  return DEDUCTION.test(label) ? 'deduction' : 'base'
}

/** The number that a label names behind one of these words: the 5 of `Điểm thưởng (tối đa 5)`. */
export function namedNumber(label: string, words: RegExp): Points {
  const [, number = ''] =
    new RegExp(`(?:${words.source})[^\\d]{0,3}([\\d.]*\\d(?:,\\d+)?)`, 'u').exec(
      label.toLowerCase(),
    ) ?? []
  const points = readPoints(number)
  return isNumber(points) ? points : 'blank'
}
