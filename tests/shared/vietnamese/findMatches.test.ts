import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMatches, foldForFinding } from '../../../shared/vietnamese/findMatches.ts'

const found = (text: string, query: string, matchCase = false) =>
  findMatches(text, { text: query, matchCase }).map(({ from, to }) => text.slice(from, to))

describe('[P06] [UX-62] where the words of a query stand', () => {
  test('without marks they are found with any, in any case', () => {
    expect(found('Thi đua, THI ĐUA, thi dua', 'thi dua')).toEqual(['Thi đua', 'THI ĐUA', 'thi dua'])
    expect(found('Thi đua, thi đua', 'thi', true)).toEqual(['thi'])
  })

  test('with marks just those are found, in any case unless it counts', () => {
    expect(found('điều, điêu, ĐIỀU, dieu', 'điều')).toEqual(['điều', 'ĐIỀU'])
    expect(found('điều, điêu, ĐIỀU, dieu', 'điều', true)).toEqual(['điều'])
  })

  test('either style of placing the tone finds the other, and the beginning of a longer word', () => {
    expect(found('văn hoá, văn hóa', 'hoá')).toEqual(['hoá', 'hóa'])
    expect(found('văn hoá, văn hóa', 'hóa')).toEqual(['hoá', 'hóa'])
    expect(found('thuỷ, thủy; quý', 'thủy')).toEqual(['thuỷ', 'thủy'])
    expect(found('hoàn thành', 'hoà')).toEqual(['hoà'])
    expect(found('qúy', 'quý')).toEqual([])
  })

  test('composed or not, with a no-break space or a soft hyphen', () => {
    const apart = 'thi đua đoàn kết'.normalize('NFD')
    expect(found(apart, 'đoàn kết')).toEqual(['đoàn kết'.normalize('NFD')])
    expect(found('thi\u00a0đua', 'thi đua')).toEqual(['thi\u00a0đua'])
    expect(found('thi\u00ad đua', 'thi đua')).toEqual(['thi\u00ad đua'])
  })

  test('not inside a letter, without overlaps, and nothing for nothing', () => {
    expect(found('aaaaa', 'aa')).toEqual(['aa', 'aa'])
    expect(found('ê', '\u0302')).toEqual([])
    expect(found('văn', '')).toEqual([])
  })
})

const letter = fc.constantFrom(
  ...'aăâoôơuưyeêdđqnh .AĂĐOÀỦÝqQ\u0300\u0301\u0302\u0323\u200b\u00ad',
  '😀',
  'oà',
  'òa',
  'uỳ',
  'İ',
)
const words = fc.array(letter, { maxLength: 14 }).map((letters) => letters.join(''))
const forms = fc.constantFrom('NFC' as const, 'NFD' as const)

describe('[P06] for any text', () => {
  test('ranges lie in the original, in order, and cut neither a pair nor a letter from its marks', () => {
    fc.assert(
      fc.property(words, words, fc.boolean(), (text, query, matchCase) => {
        let end = 0
        for (const { from, to } of findMatches(text, { text: query, matchCase })) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(text.length)
          for (const edge of [from, to]) {
            expect(text.slice(edge)).not.toMatch(/^[\udc00-\udfff]/)
            if (edge > 0) expect(text.slice(edge)).not.toMatch(/^\p{M}/u)
          }
          end = to
        }
      }),
    )
  })

  test('what is found is found again by itself, however it is composed', () => {
    fc.assert(
      fc.property(words, words, forms, (text, query, form) => {
        for (const { from, to } of findMatches(text, { text: query, matchCase: false })) {
          const piece = text.slice(from, to)
          const again = findMatches(piece, { text: query.normalize(form), matchCase: false })
          expect(again).toEqual([{ from: 0, to: piece.length }])
        }
      }),
    )
  })

  test('a piece of it between two bars is found where it stands', () => {
    fc.assert(
      fc.property(
        words,
        fc.stringMatching(/^[a-zđêôàủý]{1,8}$/u),
        words,
        forms,
        (a, b, c, form) => {
          const text = `${a}|${b.normalize(form)}|.${c}`
          const from = a.length + 1
          const ranges = findMatches(text, { text: `|${b}|`, matchCase: true })
          expect(ranges.some((range) => range.from === from - 1)).toBe(true)
        },
      ),
    )
  })

  test('folding twice is folding once', () => {
    fc.assert(
      fc.property(words, fc.boolean(), fc.boolean(), (text, bare, matchCase) => {
        const once = foldForFinding(text, bare, matchCase)
        expect(foldForFinding(once, bare, matchCase)).toBe(once)
      }),
    )
  })
})
