import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText, foldToneStyle } from '../../../shared/clauses/hash.ts'
import { vietnameseText } from '../../support/random.ts'

test('plain text, which is told at a glance, comes out as by the long way', () => {
  const letters = fc.array(
    fc.oneof(fc.constantFrom(...'hqoaeuy OAUY', 'à', 'ẹ', 'ỷ', '\u0323', '\u0300'), vietnameseText),
  )
  fc.assert(
    fc.property(letters, (pieces) => {
      const text = pieces.join('')
      expect(canonicalText(text)).toBe(canonicalText(`${text}\u200b`))
      expect(`${foldToneStyle(text)} hòa`).toBe(foldToneStyle(`${text} hoà`))
    }),
    { numRuns: 500 },
  )
})
