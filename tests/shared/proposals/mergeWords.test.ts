import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Merge,
  mergeCells,
  mergedText,
  mergeWords,
} from '../../../shared/proposals/mergeWords.ts'
import { vietnameseText } from '../../support/random.ts'

const merged = (base: string, mine: string, theirs: string) =>
  mergedText(mergeWords(base, mine, theirs))
const sideOf = ({ parts }: Merge, side: 'base' | 'mine' | 'theirs') =>
  parts.map((part) => (part.kind === 'text' ? part.text : part[side])).join('')

describe('[P11] three-way merge by words', () => {
  test('changes in different words are both kept', () => {
    expect(
      merged(
        'Các cơ quan nộp báo cáo trước ngày 15 tháng 11',
        'Các cơ quan, đơn vị nộp báo cáo trước ngày 15 tháng 11',
        'Các cơ quan nộp báo cáo trước ngày 20 tháng 11',
      ),
    ).toBe('Các cơ quan, đơn vị nộp báo cáo trước ngày 20 tháng 11')
  })

  test('two ways to say the same place are a conflict, shown with what stood there', () => {
    const { parts, clean } = mergeWords('trước ngày 15', 'trước ngày 16', 'trước ngày 20')
    expect(clean).toBe(false)
    expect(parts).toEqual([
      { kind: 'text', text: 'trước ngày ' },
      { kind: 'conflict', base: '15', mine: '16', theirs: '20' },
    ])
  })

  test('words put in at one place by both, or beside a deletion, are a conflict', () => {
    expect(mergeWords('một hai', 'một và hai', 'một rồi hai').clean).toBe(false)
    expect(mergeWords('một', 'một hai', 'một ba').clean).toBe(false)
  })

  test('the same change by both is made once', () => {
    expect(merged('một hai ba', 'một 2 ba', 'một 2 ba bốn')).toBe('một 2 ba bốn')
  })

  const three = [vietnameseText, vietnameseText, vietnameseText] as const

  test('who has changed nothing takes what the other says', () => {
    fc.assert(
      fc.property(vietnameseText, vietnameseText, (base, other) => {
        expect(merged(base, base, other)).toBe(other)
        expect(merged(base, other, base)).toBe(other)
        expect(merged(base, other, other)).toBe(other)
      }),
    )
  })

  test('neither side counts for more, and every conflict shows what is at stake', () => {
    fc.assert(
      fc.property(...three, (base, mine, theirs) => {
        const one = mergeWords(base, mine, theirs)
        const other = mergeWords(base, theirs, mine)
        expect(one.clean).toBe(other.clean)
        expect(sideOf(one, 'mine')).toBe(sideOf(other, 'theirs'))
        expect(sideOf(one, 'base')).toBe(sideOf(other, 'base'))
        for (const part of one.parts)
          if (part.kind === 'conflict') expect(part.mine).not.toBe(part.theirs)
      }),
    )
  })

  test('changes in sentences of their own always merge, and both are there', () => {
    fc.assert(
      fc.property(...three, vietnameseText, (a, b, a2, b2) => {
        // A sign that no word of the generator has keeps the two apart.
        const text = (left: string, right: string) => `${left} § giữ nguyên § ${right}`
        expect(merged(text(a, b), text(a2, b), text(a, b2))).toBe(text(a2, b2))
      }),
    )
  })
})

describe('[P11] tables merge cell by cell', () => {
  test('other cells of one row', () => {
    const merge = mergeCells('a\tb\nc\td', 'a\tB\nc\td', 'A\tb\nc\td')
    expect(merge && mergedText(merge)).toBe('A\tB\nc\td')
  })
  test('one cell changed by both is a conflict of that cell', () => {
    expect(mergeCells('a\tb', 'a\tx', 'a\ty')?.parts).toEqual([
      { kind: 'text', text: 'a\t' },
      { kind: 'conflict', base: 'b', mine: 'x', theirs: 'y' },
    ])
  })
  test('tables of other shapes cannot be merged', () => {
    expect(mergeCells('a\tb', 'a\tb\tc', 'a\tb')).toBeNull()
    expect(mergeCells('a\tb', 'a\nb', 'a\tb')).toBeNull()
  })
})
