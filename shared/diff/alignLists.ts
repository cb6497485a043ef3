import { diffSequences } from '../base/diffSequences.ts'
import { isWord, words } from '../base/words.ts'

/** Which old item a new one is; null for none, on either side. In an order that both lists agree with. */
export type Pair = { before: number | null; after: number | null }

/** Items that have this share of their words in common are one item that was changed. */
const ALIKE = 0.5
/** Above this many pairs to be compared, items are matched by their order. */
const MOST_PAIRS = 10_000

/** Matches the items of two lists by their texts: equal ones first, then those between that are alike. */
export function alignLists(before: readonly string[], after: readonly string[]): Pair[] {
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  for (const { at, removed, from, added } of diffSequences(before, after)) {
    for (; i < at; i += 1, j += 1) pairs.push({ before: i, after: j })
    const old = before.slice(at, at + removed)
    const fresh = after.slice(from, from + added)
    for (const pair of alignAlike(old, fresh))
      pairs.push({
        before: pair.before === null ? null : at + pair.before,
        after: pair.after === null ? null : from + pair.after,
      })
    i = at + removed
    j = from + added
  }
  for (; i < before.length; i += 1, j += 1) pairs.push({ before: i, after: j })
  return pairs
}

/** The matching that keeps the order and has the most in common. */
function alignAlike(before: readonly string[], after: readonly string[]): Pair[] {
  const [n, m] = [before.length, after.length]
  const bags = [before.map(bagOf), after.map(bagOf)] as const
  const alike = (i: number, j: number) => {
    if (n * m > MOST_PAIRS) return i === j ? 1 : 0
    const share = likeness(bags[0][i] as Bag, bags[1][j] as Bag)
    // One for one, there is no other that it could be.
    return share >= ALIKE || (n === 1 && m === 1) ? share + 0.01 : 0
  }
  const best = Array.from({ length: n + 1 }, () => new Float64Array(m + 1))
  const at = (i: number, j: number) => best[i]?.[j] ?? 0
  for (let i = n - 1; i >= 0; i -= 1)
    for (let j = m - 1; j >= 0; j -= 1) {
      const share = alike(i, j)
      const paired = share > 0 ? share + at(i + 1, j + 1) : 0
      ;(best[i] as Float64Array)[j] = Math.max(paired, at(i + 1, j), at(i, j + 1))
    }
  const pairs: Pair[] = []
  let [i, j] = [0, 0]
  while (i < n || j < m) {
    const share = i < n && j < m ? alike(i, j) : 0
    if (share > 0 && at(i, j) === share + at(i + 1, j + 1)) {
      pairs.push({ before: i, after: j })
      i += 1
      j += 1
    } else if (i < n && (j === m || at(i + 1, j) === at(i, j))) {
      pairs.push({ before: i, after: null })
      i += 1
    } else {
      pairs.push({ before: null, after: j })
      j += 1
    }
  }
  return pairs
}

type Bag = { counts: Map<string, number>; size: number }

function bagOf(text: string): Bag {
  const counts = new Map<string, number>()
  const found = words(text).filter(isWord)
  for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1)
  return { counts, size: found.length }
}

/** Between 0 and 1: the share of words that both have. */
function likeness(one: Bag, other: Bag): number {
  if (one.size + other.size === 0) return 1
  let common = 0
  for (const [word, count] of one.counts) common += Math.min(count, other.counts.get(word) ?? 0)
  return (2 * common) / (one.size + other.size)
}
