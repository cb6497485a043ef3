import { words } from '../base/words.ts'
import type { Run, SayReference } from '../clauses/clause.ts'
import { canonicalText, foldToneStyle } from '../clauses/hash.ts'
import { REFERENCE_LETTER, targetOf } from '../clauses/reference.ts'

/** `fold`: hòa is hoà, as for agreement. `keep`: they differ. */
export type ToneStyle = 'fold' | 'keep'

/** A word, a blank or one sign: what people read, and what makes two of them the same. */
export type Token = { text: string; key: string }

/**
 * The words of a clause as agreement knows them (`canonicalText`): how letters were put together, invisible signs, bold
 * and double spaces are no words. A reference is one word, whatever its number is.
 */
export function wordTokens(runs: readonly Run[], say: SayReference, tone: ToneStyle): Token[] {
  const references = runs.flatMap(({ reference }) => reference ?? [])
  const text = runs.map((run) => (run.reference ? REFERENCE_LETTER : typed(run.text))).join('')
  const canonical = canonicalText(text)
  const found = words(canonical)
  // Folding moves a mark to the letter before it, so that both texts part into words at the same places.
  const keys = tone === 'fold' && MAY_FOLD.test(canonical) ? words(foldToneStyle(canonical)) : found
  return found.map((word, index) => {
    const reference = word === REFERENCE_LETTER ? references.shift() : undefined
    if (reference) return { text: say(reference), key: REFERENCE_LETTER + targetOf(reference) }
    return { text: word, key: keys[index] ?? word }
  })
}

/** Most texts have no word with two places for its mark. */
const MAY_FOLD = /[ou][àáảãạèéẻẽẹỳýỷỹỵ]/iu

/** The letter of references, where somebody typed it, is only a sign. */
const typed = (text: string) => text.replaceAll(REFERENCE_LETTER, '\ufffd')
