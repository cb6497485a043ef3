import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BlockLevel,
  CLAUSE_LEVELS,
  type NumberingModel,
} from '../../../shared/clauses/clause.ts'
import { describePlace } from '../../../shared/clauses/describePlace.ts'
import {
  numberBlocks,
  parentIndexes,
  pointLetters,
  printedLabel,
  roman,
} from '../../../shared/clauses/numbering.ts'

const LEVELS: readonly BlockLevel[] = [...CLAUSE_LEVELS, 'table']
const levelLists = fc.array(fc.constantFrom(...LEVELS), { maxLength: 60 })
const models = fc.constantFrom<NumberingModel>('articles', 'plan')

const places = (levels: readonly BlockLevel[], model: NumberingModel = 'articles') => {
  const labels = numberBlocks(levels, model)
  const parents = parentIndexes(levels)
  const clauses = levels.map((level, index) => ({
    id: String(index),
    level,
    label: labels[index] ?? '',
    parentId: parents[index] === null ? null : String(parents[index]),
  }))
  return clauses.map(({ id }) => describePlace(clauses, id, model))
}

describe('labels', () => {
  test('Chương and Điều run on; Mục, khoản and điểm start again', () => {
    const levels: BlockLevel[] = [
      'basis',
      'chapter',
      'section',
      'article',
      'paragraph',
      'point',
      'point',
      'paragraph',
      'point',
      'section',
      'article',
      'text',
      'paragraph',
      'chapter',
      'section',
      'subsection',
      'subsection',
      'section',
      'subsection',
      'article',
      'table',
      'point',
    ]
    expect(numberBlocks(levels, 'articles')).toEqual([
      '',
      'Chương I',
      'Mục 1',
      'Điều 1',
      '1',
      'a',
      'b',
      '2',
      'a',
      'Mục 2',
      'Điều 2',
      '',
      '1',
      'Chương II',
      'Mục 1',
      'Tiểu mục 1',
      'Tiểu mục 2',
      'Mục 2',
      'Tiểu mục 1',
      'Điều 3',
      '',
      'a',
    ])
  })

  test('điểm: a b c d đ e', () => {
    const levels: BlockLevel[] = ['article', 'paragraph', ...Array(25).fill('point')]
    expect(numberBlocks(levels, 'articles').slice(2).join(' ')).toBe(
      'a b c d đ e g h i k l m n o p q r s t u v x y aa ab',
    )
  })

  test('điểm letters stay unique past y', () => {
    const letters = Array.from({ length: 2_000 }, (_, index) => pointLetters(index + 1))
    expect(new Set(letters).size).toBe(2_000)
    expect([letters[45], letters[46], letters[551], letters[552]]).toEqual([
      'ay',
      'ba',
      'yy',
      'aaa',
    ])
  })

  test('a plan counts I, 1, a', () => {
    const levels: BlockLevel[] = [
      'text',
      'section',
      'paragraph',
      'point',
      'point',
      'paragraph',
      'point',
      'section',
      'paragraph',
      'text',
      'table',
    ]
    expect(numberBlocks(levels, 'plan')).toEqual([
      '',
      'I',
      '1',
      'a',
      'b',
      '2',
      'a',
      'II',
      '1',
      '',
      '',
    ])
  })

  test('everything starts again behind an annex; one annex has no number', () => {
    const levels: BlockLevel[] = ['chapter', 'article', 'paragraph', 'annex', 'chapter', 'article']
    expect(numberBlocks(levels, 'articles').slice(3)).toEqual(['Phụ lục', 'Chương I', 'Điều 1'])
    expect(numberBlocks([...levels, 'annex', 'paragraph'], 'articles').slice(3)).toEqual([
      'Phụ lục I',
      'Chương I',
      'Điều 1',
      'Phụ lục II',
      '1',
    ])
  })

  test('a part is counted in Roman digits and does not restart Điều', () => {
    expect(numberBlocks(['part', 'article', 'part', 'article'], 'articles')).toEqual([
      'Phần I',
      'Điều 1',
      'Phần II',
      'Điều 2',
    ])
  })

  test('Roman digits', () => {
    expect([1, 4, 9, 14, 40, 49, 90, 400, 1999].map(roman)).toEqual([
      'I',
      'IV',
      'IX',
      'XIV',
      'XL',
      'XLIX',
      'XC',
      'CD',
      'MCMXCIX',
    ])
  })

  test('no two siblings share a level and a label', () => {
    fc.assert(
      fc.property(levelLists, models, (levels, model) => {
        const labels = numberBlocks(levels, model)
        const parents = parentIndexes(levels)
        const named = labels.flatMap((label, index) =>
          label === '' ? [] : [`${parents[index]} ${levels[index]} ${label}`],
        )
        expect(new Set(named).size).toBe(named.length)
      }),
    )
  })

  test('labels before a place do not depend on what comes after it, annexes aside', () => {
    fc.assert(
      fc.property(levelLists, levelLists, models, (before, after, model) => {
        fc.pre(!after.includes('annex'))
        expect(numberBlocks([...before, ...after], model).slice(0, before.length)).toEqual(
          numberBlocks(before, model),
        )
      }),
    )
  })

  test('what is printed before the text', () => {
    expect([
      printedLabel('article', 'Điều 3', 'articles'),
      printedLabel('paragraph', '1', 'articles'),
      printedLabel('point', 'đ', 'articles'),
      printedLabel('section', 'I', 'plan'),
      printedLabel('section', 'Mục 1', 'articles'),
      printedLabel('chapter', 'Chương I', 'articles'),
      printedLabel('annex', 'Phụ lục', 'articles'),
      printedLabel('basis', '', 'articles'),
    ]).toEqual(['Điều 3.', '1.', 'đ)', 'I.', 'Mục 1', 'Chương I', 'Phụ lục', ''])
  })
})

describe('parents', () => {
  test('a parent stands before its child and is of higher rank; what has no number is nobody’s parent', () => {
    fc.assert(
      fc.property(levelLists, (levels) => {
        for (const [index, parent] of parentIndexes(levels).entries()) {
          if (parent === null) continue
          expect(parent).toBeLessThan(index)
          expect(['basis', 'text', 'table']).not.toContain(levels[parent])
          expect(levels[parent] === levels[index]).toBe(false)
        }
      }),
    )
  })

  test('text and tables hang under the deepest open numbered block', () => {
    expect(
      parentIndexes([
        'basis',
        'chapter',
        'article',
        'table',
        'paragraph',
        'point',
        'text',
        'article',
      ]),
    ).toEqual([null, null, 1, 2, 2, 4, 5, 1])
  })

  test('an annex closes everything and holds what follows', () => {
    expect(parentIndexes(['chapter', 'article', 'annex', 'text', 'table', 'paragraph'])).toEqual([
      null,
      0,
      null,
      2,
      2,
      2,
    ])
  })
})

describe('citing a place', () => {
  test('điểm a khoản 2 Điều 3, without the chapter', () => {
    expect(
      places(['chapter', 'article', 'article', 'paragraph', 'paragraph', 'point']).slice(-2),
    ).toEqual(['khoản 2 Điều 2', 'điểm a khoản 2 Điều 2'])
  })

  test('in a plan: khoản 1 mục I', () => {
    expect(places(['section', 'paragraph', 'point', 'table'], 'plan')).toEqual([
      'mục I',
      'khoản 1 mục I',
      'điểm a khoản 1 mục I',
      'bảng tại điểm a khoản 1 mục I',
    ])
  })

  test('headings name what they are in; an annex is always named', () => {
    expect(
      places(['chapter', 'section', 'annex', 'article', 'paragraph', 'annex', 'article']),
    ).toEqual([
      'Chương I',
      'Mục 1 Chương I',
      'Phụ lục I',
      'Điều 1 Phụ lục I',
      'khoản 1 Điều 1 Phụ lục I',
      'Phụ lục II',
      'Điều 1 Phụ lục II',
    ])
  })

  test('blocks without a number are counted among their like', () => {
    expect(places(['basis', 'basis', 'text', 'article', 'text', 'table'])).toEqual([
      'căn cứ thứ 1',
      'căn cứ thứ 2',
      'đoạn văn',
      'Điều 1',
      'đoạn văn tại Điều 1',
      'bảng tại Điều 1',
    ])
  })

  test('every clause has a place to cite', () => {
    fc.assert(
      fc.property(levelLists, models, (levels, model) => {
        for (const place of places(levels, model)) expect(place).toMatch(/\p{L}/u)
      }),
    )
  })

  test('under Điều, khoản, điểm and annexes every place is cited differently', () => {
    const levels = fc.array(
      fc.constantFrom<BlockLevel>('article', 'paragraph', 'point', 'text', 'table', 'annex'),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(levels, (list) => {
        const all = places(['article', ...list])
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })
})
