import { expect, test } from 'vitest'
import { ActMemory } from '../../../server/clauses/ActMemory.ts'
import type { Inverse } from '../../../server/clauses/inverseActs.ts'
import { clause } from '../../support/builders.ts'

const restore = (size: number): Inverse => ({
  kind: 'restore',
  blocks: [clause('a', 'text', 'x'.repeat(size))],
  after: null,
})

test('[P06] what one document remembers stays within the bound too: the oldest of anybody go', () => {
  const acts = new ActMemory(1_000).of('one', 'epoch')
  expect(['a', 'b', 'c'].map((name) => acts.keep('me', name, restore(300)))).toEqual([
    true,
    true,
    true,
  ])
  expect(acts.weight).toBeLessThanOrEqual(1_000)
  expect(acts.find('me', 'a')).toBeNull()
  expect(acts.find('me', 'c')).not.toBeNull()
  acts.keep('you', 'd', restore(700))
  expect(acts.find('me', 'c')).toBeNull()
  expect(acts.find('you', 'd')).not.toBeNull()
})

test('[P06] an act above the bound is not kept, which is said, and costs no other its undo', () => {
  const acts = new ActMemory(1_000).of('one', 'epoch')
  acts.keep('me', 'a', restore(300))
  expect(acts.keep('me', 'b', restore(1_000))).toBe(false)
  expect(acts.find('me', 'b')).toBeNull()
  expect(acts.find('me', 'a')).not.toBeNull()
})
