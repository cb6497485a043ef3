import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BlockLevel,
  type ClauseLevel,
  NUMBERED_LEVELS,
  type NumberingModel,
} from '../../../shared/clauses/clause.ts'
import { numberBlocks, printedLabel } from '../../../shared/clauses/numbering.ts'
import { readLabel } from '../../../shared/clauses/readLabel.ts'

const models = fc.constantFrom<NumberingModel>('articles', 'plan')
/** A Mục in a plan is the one level whose label has another form there. */
const lists = fc.array(fc.constantFrom<BlockLevel>(...NUMBERED_LEVELS, 'text', 'table', 'basis'), {
  maxLength: 99,
})
const words = fc.constantFrom('Mục tiêu chung', 'ĐIỀU KHOẢN', 'Ủy ban nhân dân', '“Khối”', '')

describe('what numbering prints is read back', () => {
  test('[P02] as its level, and nothing but the label is left out', () => {
    fc.assert(
      fc.property(lists, models, words, (levels, model, text) => {
        const labels = numberBlocks(levels, model)
        levels.forEach((level, index) => {
          const label = printedLabel(level, labels[index] ?? '', model)
          if (label === '') return
          const line = text === '' ? label : `${label} ${text}`
          const read = readLabel(line, model)
          expect([line, read?.level]).toEqual([line, level])
          expect(line.slice(read?.length)).toBe(text)
        })
      }),
      { numRuns: 300 },
    )
  })

  test('[P02] reading what is left reads no second label', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), models, (number, model) => {
        const line = `Điều ${number}. Mục tiêu`
        const rest = line.slice(readLabel(line, model)?.length)
        expect(readLabel(rest, model)).toBeNull()
      }),
    )
  })

  test('any text at all is read without complaint, and never past its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), models, (text, model) => {
        const read = readLabel(text, model)
        expect(read?.length ?? 0).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})

describe('how offices write them', () => {
  test.each<[string, ClauseLevel, string]>([
    ['Điều 4. Cam kết', 'article', 'Cam kết'],
    ['Điều 4 Cam kết', 'article', 'Cam kết'],
    ['Điều 4: Cam kết', 'article', 'Cam kết'],
    ['ĐIỀU 12.Cam kết', 'article', 'Cam kết'],
    ['Điều 4 ', 'article', ''],
    ['  Điều\u00a04.\tCam kết', 'article', 'Cam kết'],
    ['CHƯƠNG II', 'chapter', ''],
    ['Chương 2. QUY ĐỊNH', 'chapter', 'QUY ĐỊNH'],
    ['Phần thứ nhất', 'part', ''],
    ['PHẦN THỨ HAI: TỔ CHỨC', 'part', 'TỔ CHỨC'],
    ['Mục 1 Tổ chức', 'section', 'Tổ chức'],
    ['Tiểu mục 3', 'subsection', ''],
    ['Phụ lục', 'annex', ''],
    ['PHỤ LỤC II', 'annex', ''],
    ['2. Nội dung', 'paragraph', 'Nội dung'],
    ['2.Nội dung', 'paragraph', 'Nội dung'],
    ['2) Nội dung', 'paragraph', 'Nội dung'],
    ['2/ Nội dung', 'paragraph', 'Nội dung'],
    ['đ) năm', 'point', 'năm'],
    ['f) Word đánh thế này', 'point', 'Word đánh thế này'],
    ['a. một', 'point', 'một'],
    ['a/ một', 'point', 'một'],
    ['Căn cứ Luật Thi đua, khen thưởng;', 'basis', 'Căn cứ Luật Thi đua, khen thưởng;'],
  ])('“%s” is a %s', (line, level, rest) => {
    const read = readLabel(line, 'articles')
    expect(read?.level).toBe(level)
    expect(line.slice(read?.length)).toBe(rest)
  })

  test('I. is a Mục of a plan, and words in a text of Điều', () => {
    expect(readLabel('IV. TỔ CHỨC', 'plan')).toEqual({ level: 'section', length: 4 })
    expect(readLabel('IV. TỔ CHỨC', 'articles')).toBeNull()
    expect(readLabel('C. Mác', 'plan')).toBeNull()
    expect(readLabel('IIII. Sai', 'plan')).toBeNull()
  })

  test.each([
    'Điều 4 của Luật này',
    'Điều 4a. Chèn thêm',
    'Điều 4.1. Không có',
    'điều 4. giữa dòng',
    'Điều chỉnh chỉ tiêu',
    'Điềutra 4.',
    'Phần lớn cơ quan',
    'Phụ lục kèm theo',
    'Mục tiêu chung',
    'Chương trình công tác',
    'Chương IIX',
    'Căn cứ',
    '2.5 triệu đồng',
    '3.000.000 đồng',
    '31.12.2022',
    '2022. Năm',
    '1/3 số phiếu',
    '1.1. Tiểu khoản',
    'A. Nguyễn',
    'ý) không',
    'và) không',
    'a',
    '2',
    '100% cơ quan',
    '- gạch đầu dòng',
    '',
  ])('“%s” is ordinary text', (line) => {
    expect(readLabel(line, 'articles')).toBeNull()
    expect(readLabel(line, 'plan')).toBeNull()
  })
})
