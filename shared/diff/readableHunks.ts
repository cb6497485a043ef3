import type { Hunk } from '../base/diffSequences.ts'
import { isSpace, isWord } from '../base/words.ts'

type Words = readonly string[]

/**
 * The hunks as a person would have marked them: beginning at words, and without scraps left standing between two that
 * belong together. `tỉnh Lào Cai` → `huyện Bát Xát` is one replacement, not three.
 */
export function readableHunks(hunks: readonly Hunk[], before: Words, after: Words): Hunk[] {
  const whole = joined(joined(hunks, before, isBlank), before, (between, one, other) =>
    isScrap(between, [one, other], before, after),
  )
  return whole.map((hunk, index) => slid(hunk, before, after, whole[index - 1], whole[index + 1]))
}

const countWords = (pieces: Words) => pieces.filter(isWord).length

const isBlank = (between: Words) => between.every(isSpace)

/** A few common words in the middle of rewritten ones are chance: all around must be three times as long. */
function isScrap(between: Words, around: readonly Hunk[], before: Words, after: Words): boolean {
  const lengths = around.flatMap(({ at, removed, from, added }) => [
    countWords(before.slice(at, at + removed)),
    countWords(after.slice(from, from + added)),
  ])
  const common = countWords(between)
  return common > 0 && common * 3 <= Math.min(...lengths)
}

function joined(
  hunks: readonly Hunk[],
  before: Words,
  belong: (between: Words, one: Hunk, other: Hunk) => boolean,
): Hunk[] {
  const result: Hunk[] = []
  for (const hunk of hunks) {
    const last = result.at(-1)
    if (last && belong(before.slice(last.at + last.removed, hunk.at), last, hunk)) {
      last.removed = hunk.at + hunk.removed - last.at
      last.added = hunk.from + hunk.added - last.from
    } else result.push({ ...hunk })
  }
  return result
}

/**
 * A word put in between two is marked with the space behind it: of all places where the same insertion or removal can
 * be marked, the last that begins with a word after a space, or else the last of all. One at the end begins with it.
 * @param last the hunk before it, which it may not touch, as little as the `next`
 */
function slid(hunk: Hunk, before: Words, after: Words, last?: Hunk, next?: Hunk): Hunk {
  if (hunk.removed > 0 && hunk.added > 0) return hunk
  const [list, start, length] =
    hunk.added > 0 ? [after, hunk.from, hunk.added] : [before, hunk.at, hunk.removed]
  const lowest = last ? last.at + last.removed + 1 - hunk.at : -hunk.at
  const highest = next ? next.at - 1 - hunk.at - hunk.removed : list.length - start - length
  let low = 0
  while (low > lowest && list[start + low - 1] === list[start + low - 1 + length]) low -= 1
  let high = 0
  while (high < highest && list[start + high] === list[start + high + length]) high += 1
  const spaceAt = (index: number) => isSpace(list[index] ?? '')
  const isGood = (by: number) => {
    const [first, end] = [start + by, start + by + length]
    if (end === list.length) return spaceAt(first)
    return !spaceAt(first) && (first === 0 || spaceAt(first - 1)) && spaceAt(end - 1)
  }
  let by = high
  while (by > low && !isGood(by)) by -= 1
  if (!isGood(by)) by = high
  return { ...hunk, at: hunk.at + by, from: hunk.from + by }
}
