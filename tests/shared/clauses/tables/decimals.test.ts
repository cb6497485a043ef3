import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compare,
  type Decimal,
  isNumber,
  readDecimal,
  readPoints,
  sum,
  writeDecimal,
} from '../../../../shared/clauses/tables/decimals.ts'

const shown = (text: string) => {
  const points = readPoints(text)
  return isNumber(points) ? writeDecimal(points) : points
}

test.each([
  ['40', '40'],
  [' 0,5 ', '0,5'],
  ['0,50', '0,5'],
  ['1.000', '1.000'],
  ['12.345.678,25', '12.345.678,25'],
  ['+5', '5'],
  ['-2', '-2'],
  ['–2,5', '-2,5'],
  ['5đ', '5'],
  ['5 điểm', '5'],
  ['Tối đa 5', '5'],
  ['007', '7'],
  ['', 'blank'],
  [' – ', 'blank'],
  ['…', 'blank'],
  ['1.5', 'other'],
  ['0.500', 'other'],
  ['1,000.5', 'other'],
  ['5-10', 'other'],
  ['5 – 10', 'other'],
  ['≤ 5', 'other'],
  ['hai', 'other'],
  ['2/lần', 'other'],
  ['1e3', 'other'],
])('%j is %s', (text, wanted) => {
  expect(shown(text)).toBe(wanted)
})

test('a million digits are words', () => {
  expect(readPoints('9'.repeat(1_000_000))).toBe('other')
})

test('tenths add up exactly, which floating point does not', () => {
  const tenth = readDecimal('0,1') as Decimal
  const [seven, ten] = [sum(Array(7).fill(tenth)), sum(Array(10).fill(tenth))]
  expect([writeDecimal(seven), writeDecimal(ten)]).toEqual(['0,7', '1'])
  expect(compare(seven, readDecimal('0,70') as Decimal)).toBe(0)
})

test('what is written is read as the same number, and sums know no order', () => {
  const decimal = fc.record({
    units: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    places: fc.integer({ min: 0, max: 6 }),
  })
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 6 }), (parts) => {
      for (const part of parts)
        expect(compare(readDecimal(writeDecimal(part)) as Decimal, part)).toBe(0)
      expect(compare(sum(parts), sum([...parts].reverse()))).toBe(0)
    }),
    { numRuns: 200 },
  )
})
