import { diffSequences } from '../../shared/base/diffSequences.ts'
import { isWord, words } from '../../shared/base/words.ts'
import type { LetterId } from './Letters.ts'

/** Words that stood together, with who wrote each letter. */
export type Passage = {
  clauseId: string
  text: string
  authors: readonly (string | undefined)[]
  /** Which letters they were, where that matters; as long as the text. */
  letters?: readonly LetterId[]
}

export type Fresh = { clauseId: string; text: string; letters: readonly LetterId[] }

/** Which letter of an old passage a new one is. */
export type Carry = { letter: LetterId; by: string | undefined; was: LetterId | undefined }

/**
 * Finds words again that went away in one place and came back in another, as they do when a clause is moved, parted,
 * joined or put back. Whole words only: letters are alike everywhere.
 * @param pool looked into in this order; the passages of the same clause first
 */
export function findAgain(fresh: Fresh, pool: readonly Passage[]): Carry[] {
  const tokens = words(fresh.text)
  const sorted = [
    ...pool.filter(({ clauseId }) => clauseId === fresh.clauseId),
    ...pool.filter(({ clauseId }) => clauseId !== fresh.clauseId),
  ]
  const found = new Map<number, Carry>()
  for (const passage of sorted) {
    if (found.size >= fresh.text.length) break
    if (passage.clauseId !== fresh.clauseId && !shares(passage.text, fresh.text)) continue
    match(fresh, tokens, passage, found)
  }
  return [...found.values()]
}

/** Passages of different clauses have common words all the time: one must be within the other. */
const shares = (one: string, other: string): boolean => {
  const [a, b] = [one.trim(), other.trim()]
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a))
}

function match(
  fresh: Fresh,
  tokens: readonly string[],
  passage: Passage,
  found: Map<number, Carry>,
): void {
  const old = words(passage.text)
  const starts = { old: startsOf(old), fresh: startsOf(tokens) }
  let [i, j] = [0, 0]
  const take = (until: number) => {
    for (; i < until; i += 1, j += 1) {
      const length = tokens[j]?.length ?? 0
      for (let k = 0; k < length; k += 1) {
        const at = (starts.fresh[j] ?? 0) + k
        const from = (starts.old[i] ?? 0) + k
        const letter = fresh.letters[at]
        if (!letter || found.has(at)) continue
        found.set(at, { letter, by: passage.authors[from], was: passage.letters?.[from] })
      }
    }
  }
  for (const { at, removed, from, added } of diffSequences(old, tokens)) {
    take(at)
    i = at + removed
    j = from + added
  }
  take(old.length)
}

function startsOf(tokens: readonly string[]): number[] {
  let at = 0
  return tokens.map((token) => {
    const start = at
    at += token.length
    return start
  })
}

/** Worth being looked for later: a word or more. */
export const isWorthKeeping = (text: string): boolean => words(text).some(isWord)
