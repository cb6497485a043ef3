import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffSequences } from '../../../shared/base/diffSequences.ts'
import { risingRun } from '../../../shared/base/risingRun.ts'

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 24 })

/** What the hunks make of the old sequence. */
function patched(before: readonly string[], after: readonly string[], effort?: number): string[] {
  const made: string[] = []
  let done = 0
  for (const { at, removed, from, added } of diffSequences(before, after, effort)) {
    made.push(...before.slice(done, at), ...after.slice(from, from + added))
    done = at + removed
  }
  return [...made, ...before.slice(done)]
}

const cost = (before: readonly string[], after: readonly string[]) =>
  diffSequences(before, after).reduce((sum, { removed, added }) => sum + removed + added, 0)

/** Length of the longest common subsequence, by the plain table. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0)
  for (const item of a) {
    const next: number[] = []
    for (const [j, other] of b.entries())
      next.push(item === other ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}

test('the hunks make the new sequence of the old one, with as little as possible', () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      expect(patched(before, after)).toEqual(after)
      expect(cost(before, after)).toBe(before.length + after.length - 2 * common(before, after))
    }),
    { numRuns: 2_000 },
  )
})

test('with too little effort the pieces are larger and still right', () => {
  fc.assert(
    fc.property(letters, letters, fc.nat(40), (before, after, effort) => {
      expect(patched(before, after, effort)).toEqual(after)
    }),
  )
})

test('between two hunks there is always something common', () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const hunks = diffSequences(before, after)
      for (const [index, { at, from }] of hunks.entries()) {
        const last = hunks[index - 1]
        if (!last) continue
        expect(at).toBeGreaterThan(last.at + last.removed)
        expect(at - last.at - last.removed).toBe(from - last.from - last.added)
      }
    }),
  )
})

test('two texts of 50,000 words with nothing in common are one hunk, in bounded time', () => {
  const long = (sign: string) => Array.from({ length: 50_000 }, (_, i) => `${sign}${i}`)
  const start = performance.now()
  expect(diffSequences(long('a'), long('b'))).toHaveLength(1)
  expect(performance.now() - start).toBeLessThan(3_000)
})

test('a longest rising run: every other set that rises is at most as long', () => {
  const orders = fc.uniqueArray(fc.nat(30), { maxLength: 9 })
  fc.assert(
    fc.property(orders, (numbers) => {
      const run = risingRun(numbers)
      const rises = (list: readonly number[]) =>
        list.every((n, i) => i === 0 || n > (list[i - 1] ?? 0))
      const longest = Math.max(
        0,
        ...Array.from({ length: 2 ** numbers.length }, (_, mask) =>
          numbers.filter((_, i) => mask & (1 << i)),
        )
          .filter(rises)
          .map((list) => list.length),
      )
      expect(rises(numbers.filter((n) => run.has(n)))).toBe(true)
      expect(run.size).toBe(longest)
    }),
  )
})
