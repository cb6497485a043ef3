import { expect, test } from 'vitest'
import { heldClauses } from '../../../shared/agreements/heldClauses.ts'

const words = (entries: Record<string, string>) => new Map(Object.entries(entries))

test('[UX-31] an edit is held where it would change or remove words that are agreed, and nowhere else', () => {
  const before = words({ a: 'một', b: 'hai', c: 'ba' })
  const agreed = new Set(['a', 'b'])
  expect(heldClauses(before, words({ a: 'một', b: 'hai', c: 'khác' }), agreed)).toEqual([])
  expect(heldClauses(before, words({ a: 'một!', b: 'hai', c: 'ba' }), agreed)).toEqual(['a'])
  expect(heldClauses(before, words({ c: 'ba' }), agreed)).toEqual(['a', 'b'])
  expect(heldClauses(before, words({ a: 'một', n: 'mới', b: 'hai' }), agreed)).toEqual([])
  expect(heldClauses(before, words({}), new Set())).toEqual([])
})
