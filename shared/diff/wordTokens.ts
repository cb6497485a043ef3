import { isSpace, words } from '../base/words.ts'
import type { Run, SayReference } from '../clauses/clause.ts'
import { canonicalText, foldToneStyle } from '../clauses/hash.ts'
import { REFERENCE_LETTER, targetOf } from '../clauses/reference.ts'

/** `fold`: hòa is hoà, as for agreement. `keep`: they differ. */
export type ToneStyle = 'fold' | 'keep'

/** A run that says whose it is: who wrote it, or, of an old text, who took it out. */
export type SignedRun = Run & { by?: string }

/** A word, a blank or one sign: what people read, what makes two of them the same, and whose most of its letters are. */
export type Token = { text: string; key: string; by?: string }

/**
 * The words of a clause as agreement knows them (`canonicalText`): how letters were put together, invisible signs, bold
 * and double spaces are no words. A reference is one word, whatever its number is.
 */
export function wordTokens(
  runs: readonly SignedRun[],
  say: SayReference,
  tone: ToneStyle,
): Token[] {
  const references = runs.flatMap(({ reference }) => reference ?? [])
  const text = runs.map((run) => (run.reference ? REFERENCE_LETTER : typed(run.text))).join('')
  const canonical = canonicalText(text)
  const found = words(canonical)
  // Folding moves a mark to the letter before it, so that both texts part into words at the same places.
  const folded = tone === 'fold' ? foldToneStyle(canonical) : canonical
  const keys = folded === canonical ? found : words(folded)
  const signed = signatures(runs, text, found)
  return found.map((word, index) => {
    const reference = word === REFERENCE_LETTER ? references.shift() : undefined
    const by = signed?.[index]
    const said = reference
      ? { text: say(reference), key: REFERENCE_LETTER + targetOf(reference) }
      : { text: word, key: keys[index] ?? word }
    return by === undefined ? said : { ...said, by }
  })
}

/**
 * Whose each word is; a blank is nobody's.
 * @param text as the runs have it, in which the words are found again: canonical form changes letters and blanks only
 */
function signatures(
  runs: readonly SignedRun[],
  text: string,
  found: readonly string[],
): (string | undefined)[] | null {
  const hands = new Set(runs.map(({ by }) => by))
  if (hands.size === 1) {
    const [by] = hands
    return by === undefined ? null : found.map((word) => (isSpace(word) ? undefined : by))
  }
  const letters = runs.flatMap(({ text, reference, by }) =>
    Array.from({ length: reference ? 1 : text.length }, () => by),
  )
  const authors: (string | undefined)[] = []
  let at = 0
  for (const piece of words(text)) {
    if (!isSpace(piece)) authors.push(mostOf(letters.slice(at, at + piece.length)))
    at += piece.length
  }
  let next = 0
  return found.map((word) => (isSpace(word) ? undefined : authors[next++]))
}

function mostOf(signs: readonly (string | undefined)[]): string | undefined {
  if (signs.every((sign) => sign === signs[0])) return signs[0]
  const counts = new Map<string | undefined, number>()
  for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** The letter of references, where somebody typed it, is only a sign. */
const typed = (text: string) => text.replaceAll(REFERENCE_LETTER, '\ufffd')
