import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberBlocks, printedLabel } from '../../../shared/clauses/numbering.ts'
import { decodeItems } from '../../../shared/pasting/decodeItems.ts'
import { levelItems } from '../../../shared/pasting/levelItems.ts'
import { isPastedTable, type PastedParagraph, textOf } from '../../../shared/pasting/pasted.ts'
import { readPlain } from '../../../shared/pasting/readPlain.ts'
import { readDeclarations, readStyleSheet } from '../../../shared/pasting/styleSheet.ts'
import { cutStart, tidyRuns } from '../../../shared/pasting/tidyRuns.ts'
import { encodeTcvn3 } from '../../../shared/vietnamese/tcvn3.ts'
import { encodeVni } from '../../../shared/vietnamese/vni.ts'

const line = (text: string, font = ''): PastedParagraph => ({
  kind: 'paragraph',
  runs: tidyRuns([{ text, marks: [], font }]),
  list: null,
  loose: false,
})
const told = (items: Parameters<typeof levelItems>[0]) =>
  levelItems(items, 'articles').map((block) =>
    isPastedTable(block) ? 'table' : [block.level, textOf(block.runs)],
  )
const LEVELS = ['article', 'paragraph', 'point'] as const
const words = fc.constantFrom(
  'Phạm vi điều chỉnh',
  'thi đua giữa các cơ quan',
  'kỷ luật, kỷ cương',
  'Ủy ban nhân dân',
)

describe('pasted clauses', () => {
  test('[UX-64] a printed text is read back as the clauses it was printed from, in any encoding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...LEVELS), words), { minLength: 1, maxLength: 30 }),
        fc.constantFrom('modern', 'tcvn3', 'vni'),
        (clauses, encoding) => {
          const labels = numberBlocks(
            clauses.map(([level]) => level),
            'articles',
          )
          const items = clauses.map(([level, text], index) => {
            const printed = `${printedLabel(level, labels[index] ?? '', 'articles')} ${text}`
            if (encoding === 'vni') return line(encodeVni(printed), 'VNI-Times')
            // A capital with a tone cannot be written in TCVN3 without changing the font.
            const small = printed.replace('Ủy', 'ủy')
            return encoding === 'tcvn3' ? line(encodeTcvn3(small), '.VnTime') : line(printed)
          })
          const { items: decoded, finding } = decodeItems(items)
          expect(told(decoded)).toEqual(
            clauses.map(([level, text]) => [
              level,
              encoding === 'tcvn3' ? text.replace('Ủy', 'ủy') : text,
            ]),
          )
          expect(finding?.encoding ?? 'modern').toBe(encoding)
        },
      ),
    )
  })

  test('what a label took away it took from both readings', () => {
    const text = 'Điều 12. Thi đua'
    for (const [font, encode] of [
      ['.VnTime', encodeTcvn3],
      ['VNI-Times', encodeVni],
    ] as const) {
      const [item] = decodeItems([line(encode(text), font)]).items
      if (item?.kind !== 'paragraph') throw new Error('a paragraph was put in')
      const cut = cutStart(item.runs, 'Điều 12. '.length)
      expect(textOf(cut)).toBe('Thi đua')
      expect(cut.map(({ other }) => other?.text)).toEqual([encode('Thi đua')])
    }
  })

  test('any plain text loses no word but its numbers', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 9 }), (list) => {
        expect(told(readPlain(list.join('\r\n\r\n')))).toEqual(list.map((text) => ['text', text]))
      }),
    )
  })

  test('anything at all is read without complaint', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { items } = decodeItems(readPlain(text))
        levelItems(items, 'plan')
        readStyleSheet(text)('p', ['x'])
        readDeclarations(text)
      }),
    )
  })
})

describe('style sheets', () => {
  test('what a browser would drop is kept, names with signs in them are whole', () => {
    const style = readDeclarations(
      'mso-list:l0 level2 lfo1;font-family:"A;B: C",serif; COLOR : red !important',
    )
    expect([...style]).toEqual([
      ['mso-list', 'l0 level2 lfo1'],
      ['font-family', '"A;B: C",serif'],
      ['color', 'red'],
    ])
  })

  test('Word hides its rules in a comment; the nearer selector wins', () => {
    const styles = readStyleSheet(
      '<!-- /* x */ p.A, li.A {font-family:".VnTime";} .A {font-family:Arial; font-weight:700} @page S {size:1} -->',
    )
    expect(Object.fromEntries(styles('P', ['A']))).toEqual({
      'font-family': '".VnTime"',
      'font-weight': '700',
    })
    expect(styles('div', []).size).toBe(0)
  })
})

test('very long words and broken style sheets are read in one go', () => {
  const long = 'a'.repeat(200_000)
  expect(told(readPlain(long))).toEqual([['text', long]])
  const decoded = decodeItems(readPlain(`${long} ${'u+'.repeat(50_000)} ${'®'.repeat(50_000)}`))
  expect(decoded.items).toHaveLength(1)
  for (const css of ['x'.repeat(1_000_000), '/*'.repeat(300_000), 'a{'.repeat(300_000)])
    expect(readStyleSheet(css)('p', []).size).toBe(0)
  expect(readDeclarations('a"'.repeat(100_000)).size).toBe(0)
}, 10_000)
