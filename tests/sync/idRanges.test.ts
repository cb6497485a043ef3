import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IdRange, IdRanges } from '../../server/sync/idRanges.ts'

const range = fc
  .tuple(fc.nat(2), fc.nat(40), fc.nat(12))
  .map(([client, from, length]): IdRange => ({ client, from, to: from + length }))

const lettersOf = ({ from, to }: IdRange) => Array.from({ length: to - from }, (_, i) => from + i)

test('outside is every letter of the range that is in none of the others, in order', () => {
  fc.assert(
    fc.property(range, fc.array(range, { maxLength: 12 }), (asked, others) => {
      const left = new IdRanges(others).outside(asked)
      const taken = others.filter(({ client }) => client === asked.client).flatMap(lettersOf)
      expect(left.flatMap(lettersOf)).toEqual(
        lettersOf(asked).filter((letter) => !taken.includes(letter)),
      )
      expect(left.every(({ client, from, to }) => client === asked.client && from < to)).toBe(true)
    }),
  )
})
