import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type BlockLevel,
  CLAUSE_LEVELS,
  type NumberingModel,
} from '../../../shared/clauses/clause.ts'
import { structureProblems } from '../../../shared/clauses/structureProblems.ts'

type Line = BlockLevel | readonly [BlockLevel, string]
/** Problems by the place in the list. */
const odd = (lines: readonly Line[], model: NumberingModel = 'articles') => {
  const clauses = lines.map((line, n) => {
    const [level, text] = typeof line === 'string' ? [line, 'lời văn'] : line
    return { id: String(n), level, text }
  })
  return Object.fromEntries(structureProblems(clauses, model))
}

test('[P02] a regulation and a plan as the decree lays them out have nothing odd', () => {
  expect(
    odd([
      'basis',
      'basis',
      'text',
      'part',
      'chapter',
      'section',
      'subsection',
      'article',
      'text',
      'paragraph',
      'point',
      'table',
      'chapter',
      'article',
      'paragraph',
      'annex',
      'article',
      'paragraph',
      'point',
      'text',
    ]),
  ).toEqual({})
  expect(
    odd(['basis', 'section', 'paragraph', 'point', 'section', 'text', 'annex'], 'plan'),
  ).toEqual({})
})

test.each<[string, Line[], Record<string, string[]>]>([
  ['a điểm without a khoản', ['article', 'point'], { 1: ['point-alone'] }],
  ['a khoản without an Điều', ['chapter', 'paragraph'], { 1: ['paragraph-alone'] }],
  ['a khoản at the top', ['paragraph', 'article'], { 0: ['paragraph-alone'] }],
  ['a Mục without a Chương', ['section', 'article'], { 0: ['section-alone'] }],
  ['a Tiểu mục without a Mục', ['chapter', 'subsection'], { 1: ['subsection-alone'] }],
  [
    'a Chương behind an Điều that has none',
    ['article', 'chapter', 'article'],
    { 1: ['heading-late'] },
  ],
  ['a Phần behind a Chương', ['chapter', 'article', 'part'], { 2: ['heading-late'] }],
  ['a căn cứ below the first number', ['article', 'basis'], { 1: ['basis-late'] }],
  ['a number typed by hand', [['text', '2. Nội dung']], { 0: ['typed-number'] }],
  ['1.1.', ['article', ['paragraph', '1.1. Nội dung']], { 1: ['unknown-label'] }],
  ['1.1 before a capital', ['article', ['paragraph', '1.1 Nội dung']], { 1: ['unknown-label'] }],
  ['(a)', ['article', ['text', '(a) một']], { 1: ['unknown-label'] }],
  ['A.', [['text', 'A. TÌNH HÌNH']], { 0: ['unknown-label'] }],
  ['Điều 4a.', [['text', 'Điều 4a. Chèn']], { 0: ['unknown-label'] }],
])('%s is named', (_, lines, problems) => {
  expect(odd(lines)).toEqual(problems)
})

test('an Điều in a plan is named, and a khoản there belongs under a Mục', () => {
  expect(odd(['section', 'article', 'paragraph'], 'plan')).toEqual({
    1: ['foreign-level'],
    2: ['paragraph-alone'],
  })
})

test.each([
  '2.5 triệu đồng',
  '31.12.2022 là hạn',
  '3.000.000 đồng',
  '2.',
  'Điều 4 của Luật',
  '100%',
])('“%s” is ordinary text', (text) => {
  expect(odd([['text', text]])).toEqual({})
})

test('any list of levels is judged, each clause once, and none for what stands below it', () => {
  const levels = fc.array(fc.constantFrom<BlockLevel>(...CLAUSE_LEVELS, 'table'), { maxLength: 40 })
  fc.assert(
    fc.property(levels, fc.constantFrom<NumberingModel>('articles', 'plan'), (list, model) => {
      const all = odd(list, model)
      for (let cut = 1; cut < list.length; cut += 1)
        for (const [at, problems] of Object.entries(odd(list.slice(0, cut), model)))
          expect(all[at]).toEqual(problems)
    }),
    { numRuns: 60 },
  )
})
