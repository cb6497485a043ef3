import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SCORE_SKELETON } from '../../../../client/clauses/schema/scoreSkeleton.ts'
import type { Block } from '../../../../shared/clauses/clause.ts'
import { writeDecimal } from '../../../../shared/clauses/tables/decimals.ts'
import { documentScores } from '../../../../shared/clauses/tables/documentScores.ts'
import { isWrongSum, wrongSumText } from '../../../../shared/clauses/tables/scoreProblem.ts'
import { scoreProblems } from '../../../../shared/clauses/tables/scoreTable.ts'
import { cell, clause, table } from '../../../support/builders.ts'

const HEAD = ['STT', 'Nội dung, tiêu chí', 'Điểm tối đa']
/** `I.1 | Nhiệm vụ | 20`: problems as `row.cell kind counted≠written`. */
const problems = (lines: readonly string[], head: readonly string[] = HEAD) =>
  scoreProblems(
    table('t', [head, ...lines.map((line) => line.split('|').map((text) => text.trim()))]),
  ).map(({ row, cell, kind, counted, written }) =>
    `${row}.${cell} ${kind} ${counted}≠${written}`.replace(/ ≠$/u, ''),
  )

const RIGHT = [
  'I | Nhiệm vụ chính trị | 60',
  'I.1 | Nhiệm vụ được giao | 38',
  'I.1.a | Đúng hạn | 30,5',
  'I.1.b | Chất lượng | 7,5',
  'I.2 | Cải cách hành chính | 22',
  'II | Công tác thi đua, khen thưởng | 40',
  ' | Tổng điểm chuẩn | 100',
  'III | Điểm thưởng (tối đa 5) | 5',
  'III.1 | Làm Trưởng khối | 2',
  'III.2 | Được khen | 3',
  'IV | Điểm trừ | ',
  'IV.1 | Gửi trễ: mỗi ngày trừ 0,5 | 0,5',
  ' | Tổng cộng = I + II + III − IV | ',
]
const changed = (row: number, line: string) => RIGHT.map((old, n) => (n === row - 1 ? line : old))

describe('[P03] sums', () => {
  test('a table whose numbers are right has nothing wrong', () => {
    expect(problems(RIGHT)).toEqual([])
  })

  test.each([
    [
      'children against their parent',
      changed(2, 'I.1 | x | 40'),
      ['1.2 sum 62≠60', '2.2 sum 38≠40'],
    ],
    ['decimals, exactly', changed(4, 'I.1.b | x | 7,6'), ['2.2 sum 38,1≠38']],
    ['sections against the total', changed(6, 'II | x | 35'), ['7.2 total 95≠100']],
    ['the total itself', changed(7, ' | Tổng điểm chuẩn | 1.000'), ['7.2 total 100≠1.000']],
    [
      'the bonus against its own name',
      changed(8, 'III | Điểm thưởng (tối đa 5) | 6'),
      ['8.2 cap 5≠6', '8.2 sum 5≠6'],
    ],
    ['a bonus that cannot be reached', changed(10, 'III.2 | Được khen | 2'), ['8.2 sum 4≠5']],
    ['a bonus that offers more than can be had', changed(10, 'III.2 | Được khen | 9'), []],
    [
      'a bonus that names its most in words alone',
      changed(8, 'III | Điểm thưởng, tối đa 5 điểm |'),
      [],
    ],
    ['deductions are not added up', changed(11, 'IV | Điểm trừ | 9'), []],
    [
      'a total that names its sections',
      changed(13, ' | Tổng cộng = I + II + III | 100'),
      ['13.2 total 105≠100'],
    ],
    ['a total that takes something away', changed(13, ' | Tổng cộng = I + II + III − IV | 7'), []],
    ['a total below the bonus, with it', changed(13, ' | Tổng cộng | 105'), []],
    ['a total below the bonus, without it', changed(13, ' | Tổng cộng | 100'), []],
    ['a total below the bonus, wrong', changed(13, ' | Tổng cộng | 101'), ['13.2 total 100≠101']],
  ])('%s', (_, lines, wanted) => {
    expect(problems(lines)).toEqual(wanted)
  })

  test('nobody writes so long a total or code: they are not looked at, whatever they would cost', () => {
    const long = 'A'.repeat(200)
    expect(problems(changed(7, ` | Tổng điểm: ${long.slice(0, 100)} | 90`))).toEqual([
      '7.2 total 100≠90',
    ])
    expect(problems(changed(7, ` | Tổng điểm: ${long} | 90`))).toEqual([])
    const dots = '.'.repeat(200)
    expect(problems(['I | x | 1', `I${dots} | y | 1`])).toEqual([])
    expect(problems(['I | x | 1', 'I... | y | 1'])).toEqual(['2.0 code-twice'])
  })

  test('a total of a single section, and one of all at the end', () => {
    const lines = [
      'A | Phần A | 30',
      ' | Cộng | 30',
      'B | Phần B | 70',
      ' | Cộng | 70',
      ' | Tổng cộng | 100',
    ]
    expect(problems(lines)).toEqual([])
    expect(problems([...lines.slice(0, 3), ' | Cộng phần B | 60', ' | Tổng cộng | 100'])).toEqual([
      '4.2 total 70≠60',
    ])
  })

  test('a scale that the heading names', () => {
    const head = ['TT', 'Tiêu chí', 'Thang điểm (1.000)']
    expect(problems(['1 | a | 400', '2 | b | 600'], head)).toEqual([])
    expect(problems(['1 | a | 400', '2 | b | 500'], head)).toEqual([
      '0.2 total 900≠Thang điểm (1.000)',
    ])
    expect(problems(['1 | a | 4', '2 | b | 5'], ['TT', 'Tiêu chí', 'Điểm tối đa (3)'])).toEqual([])
  })

  test('what the server says of it names the place and both numbers', () => {
    const [wrong] = scoreProblems(table('t', [HEAD, ['I', 'x', '5'], ['I.1', 'y', '4,5']]))
    expect(wrong && isWrongSum(wrong) && wrongSumText(wrong)).toBe('I: 4,5 ≠ 5')
  })
})

describe('what is not a number', () => {
  test.each([
    ['a range', changed(5, 'I.2 | x | 20-22'), ['5.2 number ≠20-22']],
    ['a decimal point', changed(3, 'I.1.a | x | 30.5'), ['3.2 number ≠30.5']],
    ['empty among filled ones', changed(5, 'I.2 | x | '), ['5.2 missing']],
    [
      'empty, and what is there is too much',
      [...changed(5, 'I.2 | x |').slice(0, 1), 'I.1 | x | 61', 'I.2 | x |'],
      ['1.2 sum 61≠60'],
    ],
    [
      'an empty remark below what is whole already',
      [...RIGHT.slice(0, 5), 'I.3 | Ghi chú: … | '].concat(RIGHT.slice(5)),
      [],
    ],
    ['an empty parent of filled ones', changed(2, 'I.1 | x | '), ['2.2 missing 38≠']],
    ['words where something is taken away', changed(12, 'IV.1 | Gửi trễ | 0,5/ngày'), []],
  ])('%s', (_, lines, wanted) => {
    expect(problems(lines)).toEqual(wanted)
  })
})

describe('codes', () => {
  test.each([
    ['numbers with dots', ['1 | a | 5', '1.1 | b | 2', '1.2 | c | 2'], ['1.2 sum 4≠5']],
    [
      'sections that number anew',
      ['I | a | 5', '1 | b | 5', 'a) | c | 2', 'b) | d | 2', 'II | e | 3', '1 | f | 3'],
      ['2.2 sum 4≠5'],
    ],
    ['capitals past C', ['A | a | 1', 'B | b | 1', 'C | c | 1', 'D | d | 1', 'I | x | 1'], []],
    ['a code and its words in one cell', ['I. Nhiệm vụ | | 5', '1 | b | 3'], ['1.2 sum 3≠5']],
    ['đ and e behind d', ['1 | a | ', 'd | | ', 'đ | | ', 'e | | '], ['2.0 code-order']],
    ['twice', ['I | a | 5', 'I.1 | b | 3', 'I.1 | c | 1'], ['3.0 code-twice']],
    ['skipped', ['I | a | ', 'I.1 | b | ', 'I.3 | c | '], ['3.0 code-order']],
    ['alone', ['I | a | ', 'I.2.a | b | '], ['2.0 code-alone']],
    ['a table that goes on', ['III | a | 1', 'IV | b | 1'], []],
    ['rows without a code', ['1 | a | 5', ' | - đúng hạn | 3', ' | - chất lượng | 4'], []],
  ])('%s', (_, lines, wanted) => {
    expect(problems(lines)).toEqual(wanted)
  })
})

describe('given points', () => {
  const head = ['STT', 'Tiêu chí', 'Điểm tối đa', 'Tự chấm', 'Thẩm định']
  test('are added up once their column is filled, each column by itself', () => {
    const lines = (last: string) => [
      'I | a | 10 | 8 | ',
      'I.1 | b | 6 | 5 | 6',
      `I.2 | c | 4 | ${last} | `,
    ]
    expect(problems(lines(''), head)).toEqual([])
    expect(problems(lines('3'), head)).toEqual([])
    expect(problems(lines('2,5'), head)).toEqual(['1.3 sum 7,5≠8'])
  })
  test('are odd where they are more than there is to have', () => {
    expect(problems(['I | a | 10 | 10,5 | 10', 'II | Điểm trừ | | 3 | '], head)).toEqual([
      '1.3 over 10≠10,5',
    ])
  })
})

describe('which table it is', () => {
  test.each([
    ['other headings', ['STT', 'Chỉ tiêu', 'Đơn vị']],
    ['no codes', ['Tiêu chí', 'Ghi chú', 'Điểm tối đa']],
    ['a list of results', ['TT', 'Cơ quan', 'Điểm']],
  ])('not one with %s', (_, head) => {
    expect(problems(['1 | a | 5', '2 | b | 4', ' | Tổng cộng | 3'], head)).toEqual([])
  })
  test('points with nested codes are one, and so is a heading of two rows', () => {
    expect(problems(['1 | a | 5', '1.1 | b | 4'], ['TT', 'Nội dung', 'Điểm'])).toEqual([
      '1.2 sum 4≠5',
    ])
    const head = { header: true }
    const found = scoreProblems({
      ...table('t', []),
      rows: [
        {
          cells: [
            cell('STT', { ...head, rowspan: 2 }),
            cell('Tiêu chí', { ...head, rowspan: 2 }),
            cell('Điểm', { ...head, colspan: 2 }),
          ],
        },
        { cells: [cell('tối đa', head), cell('tự chấm', head)] },
        ...table('t', [
          ['I', 'a', '5', '9'],
          ['I.1', 'b', '4', ''],
        ]).rows,
      ],
    })
    expect(found.map(({ kind, row, cell }) => `${row}.${cell} ${kind}`)).toEqual([
      '2.2 sum',
      '2.3 over',
    ])
  })
  test('the one that the toolbar offers is one, and right', () => {
    const rows = SCORE_SKELETON.map(({ cells }) => cells)
    expect(scoreProblems(table('t', rows))).toEqual([])
    const wrong = rows.map((row) => row.map((text) => (text === '60' ? '61' : text)))
    expect(scoreProblems(table('t', wrong)).map(({ kind }) => kind)).toEqual(['sum', 'total'])
  })
})

test('[P03] a clause that names another scale than the only score table has is odd, not wrong', () => {
  const scores = (most: string) => table('t', [HEAD, ['I', 'a', most]])
  const scale = clause('k', 'paragraph', '1. Thang điểm 100, chưa kể điểm thưởng.')
  const found = (...blocks: Block[]) =>
    [...documentScores(blocks)].map(([index, problems]) => [
      index,
      problems.map(({ kind }) => kind),
    ])
  expect(found(scale, scores('100'))).toEqual([])
  expect(found(scale, scores('95'))).toEqual([[1, ['scale']]])
  expect(found(scale, scores('95'), scores('5'))).toEqual([])
  expect(found(scale, clause('l', 'text', 'thang điểm 10'), scores('95'))).toEqual([])
  expect(isWrongSum({ kind: 'scale' })).toBe(false)
})

/** In hundredths. */
type Tree = { units: bigint; children: Tree[] }
const tree = (depth: number): fc.Arbitrary<Tree> => {
  const children: fc.Arbitrary<Tree[]> =
    depth === 0 ? fc.constant([]) : fc.array(tree(depth - 1), { maxLength: 3 })
  return fc.tuple(fc.bigInt({ min: 1n, max: 500n }), children).map(([leaf, children]) => ({
    units: children.length > 0 ? children.reduce((sum, { units }) => sum + units, 0n) : leaf,
    children,
  }))
}

test('[P03] trees of scores: a right one has no problem, one changed number those on its path', () => {
  const depthFirst = (
    node: Tree,
    code: string,
  ): { code: string; node: Tree; parent: string | null }[] => [
    { code, node, parent: code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null },
    ...node.children.flatMap((child, n) => depthFirst(child, `${code}.${n + 1}`)),
  ]
  fc.assert(
    fc.property(
      fc.array(tree(2), { minLength: 1, maxLength: 3 }),
      fc.nat(),
      fc.bigInt({ min: 1n, max: 99n }),
      (roots, pick, by) => {
        const rows = roots.flatMap((root, n) => depthFirst(root, String(n + 1)))
        const total = roots.reduce((all, { units }) => all + units, 0n)
        const lines = (wrong: number) => [
          ...rows.map(({ code, node }, n) => [
            code,
            'x',
            writeDecimal({ units: node.units + (n === wrong ? by : 0n), places: 2 }),
          ]),
          ['', 'Tổng điểm', writeDecimal({ units: total, places: 2 })],
        ]
        const found = (wrong: number) =>
          scoreProblems(table('t', [HEAD, ...lines(wrong)])).map(({ row }) => row - 1)
        expect(found(-1)).toEqual([])
        const wrong = pick % rows.length
        const { node, parent } = rows[wrong] as (typeof rows)[number]
        const above = parent === null ? rows.length : rows.findIndex(({ code }) => code === parent)
        const own = node.children.length > 0 ? [wrong] : []
        expect(found(wrong)).toEqual([...own, above].sort((a, b) => a - b))
      },
    ),
    { numRuns: 150 },
  )
})
