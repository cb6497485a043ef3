import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems } from '../../../../shared/clauses/bodyProblems.ts'
import type { TableRow } from '../../../../shared/clauses/clause.ts'
import { repairBody } from '../../../../shared/clauses/repairBody.ts'
import { fittedRows } from '../../../../shared/clauses/tables/fittedRows.ts'
import { hasTooManySquares, placeCells } from '../../../../shared/clauses/tables/grid.ts'
import { bodyOf, readBody, writeBody } from '../../../../shared/clauses/yjs.ts'
import { cell, table } from '../../../support/builders.ts'
import { raggedRows } from '../../../support/random.ts'

/** `ab` a cell with words, `-` an empty one; `2`, `/2` behind it its colspan and rowspan. */
const row = (line: string): TableRow => ({
  cells: line
    .split(' ')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [, text = '', colspan = '1', rowspan = '1'] =
        /^([a-zđ-]+)(\d*)(?:\/(\d+))?$/u.exec(piece) ?? []
      return cell(text === '-' ? '' : text, {
        colspan: Number(colspan || 1),
        rowspan: Number(rowspan),
      })
    }),
})
const shown = (rows: readonly TableRow[]) =>
  rows.map(({ cells }) =>
    cells
      .map(({ paragraphs, colspan, rowspan }) => {
        const text = paragraphs.flat().map((run) => run.text)
        return `${text.join('') || '-'}${colspan > 1 ? colspan : ''}${rowspan > 1 ? `/${rowspan}` : ''}`
      })
      .join(' '),
  )
const fitted = (...lines: string[]) => shown(fittedRows(lines.map(row)))

const words = (rows: readonly TableRow[]) =>
  rows.flatMap(({ cells }) =>
    cells.flatMap(({ paragraphs }) => paragraphs.flat().map(({ text }) => text)),
  )

const isRectangle = (rows: readonly TableRow[]): boolean => {
  const { cells, extents } = placeCells(rows)
  const squares = cells.reduce((sum, { colspan, rowspan }) => sum + colspan * rowspan, 0)
  return (
    squares === Math.max(0, ...extents) * rows.length &&
    extents.every((extent) => extent === extents[0]) &&
    cells.every((one) => one.cell.colspan === one.colspan && one.cell.rowspan === one.rowspan)
  )
}

test.each([
  { what: 'a table in order', from: ['a2 b', 'c/2 d e', '- f'], to: ['a2 b', 'c/2 d e', '- f'] },
  {
    what: 'a row added beside a new column is filled up',
    from: ['a b -', 'c d -', '- -'],
    to: ['a b -', 'c d -', '- - -'],
  },
  {
    what: 'a row added beside a column that went gives up its empty end',
    from: ['a', 'c', '- -'],
    to: ['a', 'c', '-'],
  },
  {
    what: 'words in that end make the table wider instead',
    from: ['a', 'c', '- x'],
    to: ['a -', 'c -', '- x'],
  },
  {
    what: 'two repairs at once leave one empty cell too many',
    from: ['a b', 'c d', 'e - -'],
    to: ['a b', 'c d', 'e -'],
  },
  {
    what: 'a span that reaches beyond most rows gets shorter',
    from: ['a3', 'b c', 'd e'],
    to: ['a2', 'b c', 'd e'],
  },
  { what: 'a span below the last row is cut', from: ['a/5 b', 'c'], to: ['a/2 b', 'c'] },
  {
    what: 'a span ends where a cell from above hangs down',
    from: ['a b/2 c', 'd2 e'],
    to: ['a b/2 c', 'd e'],
  },
  {
    what: 'rows without a cell go, and what reaches across them gets shorter',
    from: ['a/3 b', '', 'c'],
    to: ['a/2 b', 'c'],
  },
  { what: 'a table without a cell has no rows', from: ['', ''], to: [] },
])('$what', ({ from, to }) => {
  expect(fitted(...from)).toEqual(to)
})

test('a row put into a heading is one, and lost columns take their widths along', () => {
  const heading: TableRow = {
    cells: [cell('a', { header: true, colspan: 3, colwidth: [10, 20, 30] })],
  }
  const short: TableRow = { cells: [cell('b', { header: true })] }
  const rows = fittedRows([heading, short, row('c d'), row('e f')])
  expect(rows[0]?.cells[0]).toMatchObject({ colspan: 2, colwidth: [10, 20] })
  expect(rows[1]?.cells.map(({ header }) => header)).toEqual([true, true])
})

test('however wide the spans, filling stays small', () => {
  const wide: TableRow = { cells: [cell('a', { colspan: 1000 }), cell('b', { colspan: 1000 })] }
  const rows = fittedRows([wide, ...Array.from({ length: 400 }, () => row('x'))])
  expect(isRectangle(rows)).toBe(true)
  expect(rows.flatMap(({ cells }) => cells).length).toBeLessThan(5_000)
})

test('squares are counted with those that mending would fill, and told before they are laid out', () => {
  const rows = (count: number, line: string) => Array.from({ length: count }, () => row(line))
  expect(hasTooManySquares(rows(5_000, 'a b c d e f g h i k l m n o p q r s t u'))).toBe(false)
  expect(hasTooManySquares([row('a100'), ...rows(999, 'x')])).toBe(false)
  expect(hasTooManySquares([row('a100'), ...rows(1_000, 'x')])).toBe(true)
  expect(hasTooManySquares(rows(15_000, 'a/1000'))).toBe(true)
  expect(hasTooManySquares(rows(200_000, ''))).toBe(true)
  // Wider than is believed, and lower than the table is.
  expect(hasTooManySquares(rows(1, 'a1000/1000'))).toBe(false)
})

test('more empty rows than one call has arguments go like any other', () => {
  expect(fittedRows(Array.from({ length: 200_000 }, () => row('')))).toEqual([])
})

test('[P03] whatever the rows: a rectangle, every word in its row, and in order for good', () => {
  fc.assert(
    fc.property(raggedRows, (rows) => {
      const fitted = fittedRows(rows)
      expect(isRectangle(fitted)).toBe(true)
      expect(fittedRows(fitted)).toBe(fitted)
      expect(fitted.map((one) => words([one]))).toEqual(rows.map((one) => words([one])))
    }),
    { numRuns: 300 },
  )
})

test('the mended text is the one that was read before, by edits of ragged tables alone', () => {
  const bare = { cells: [] }
  fc.assert(
    fc.property(fc.array(fc.oneof(raggedRows, fc.constant([bare])), { maxLength: 4 }), (parts) => {
      const doc = new Y.Doc()
      const rows = parts.flat()
      if (rows.length === 0) return
      writeBody(doc, [{ ...table('t', []), rows }, table('u', [['1', '2']])])
      const [read, other] = readBody(doc)
      let updates = 0
      doc.on('update', () => {
        updates += 1
      })
      const repairs = repairBody(doc, () => 'new')
      expect(updates).toBe(repairs.length > 0 ? 1 : 0)
      expect(bodyProblems(doc)).toEqual([])
      const isGone = read?.level === 'table' && read.rows.length === 0
      expect(readBody(doc)).toEqual(isGone ? [other] : [read, other])
      expect(repairBody(doc, () => 'new')).toEqual([])
      expect(bodyOf(doc).length).toBe(isGone ? 1 : 2)
    }),
    { numRuns: 100 },
  )
})
