import { decodeLegacy, type LegacyEncoding } from './legacy.ts'
import { hasOwnLetter } from './letters.ts'
import { isAbbreviation, isSyllable } from './syllable.ts'

/** `sure`: may be converted at once and shown; else somebody is to be asked. */
export type Recognised = { encoding: LegacyEncoding; sure: boolean }

/** What may stand inside a word of the encoding, besides ASCII letters. */
const WORDS: Record<LegacyEncoding, RegExp> = {
  tcvn3: /[A-Za-z\u00a1-\u00fe]+/gu,
  vni: /[A-Za-z\u00c0-\u00fc]+/gu,
  viqr: /[A-Za-z](?:[A-Za-z]|[\^(+`'?~.](?=[A-Za-z^(+`'?~.]|$|[\s,;:!)]))*/gu,
}
/** Signs that only a mis-read text has inside its words. */
const SIGN: Record<LegacyEncoding, RegExp> = {
  tcvn3: /[\u00a1-\u00fe]/u,
  vni: /[\u00c0-\u00fc]/u,
  viqr: /[aeo]\^|[ou]\+|a\(|^dd/iu,
}

/**
 * Signs that no word of another language has. Without one of them a line of Swedish (`så må vi gå`) is good TCVN3.
 */
const TELLING: Record<LegacyEncoding, RegExp> = {
  tcvn3: /[\u00a1-\u00bf]/u,
  vni: /[aeouyôö][øùûõïâàáåãäêèéúüë]|^ñ/iu,
  viqr: SIGN.viqr,
}

/** Different words that have to speak for an encoding before anything is changed unasked. */
const SURE_WORDS = 3
const MOST = 0.9
/** Names, foreign words and figures of speech are part of any text. */
const VIETNAMESE = 0.75

type Share = { words: number; right: number; marked: Set<string>; markedRight: Set<string> }

/**
 * By the letters alone: the words with foreign signs are read in each encoding, and only where this makes Vietnamese
 * syllables of them, which they are not as they stand, has one been recognised. VIQR is made of ordinary punctuation
 * and is never sure.
 */
export function recogniseText(text: string): Recognised | null {
  if (hasOwnLetter(text)) return null
  for (const encoding of ['tcvn3', 'vni', 'viqr'] as const) {
    const found = judge(text, encoding)
    if (found) return found
  }
  return null
}

function judge(text: string, encoding: LegacyEncoding): Recognised | null {
  const words = (text.match(WORDS[encoding]) ?? []).map((word) => word.replace(/[.?']+$/u, ''))
  const read = weigh(words, encoding, (word) => decodeLegacy(word, { encoding, capitals: false }))
  if (read.words < 2 || ![...read.markedRight].some((word) => TELLING[encoding].test(word)))
    return null
  const asItStands = weigh(words, encoding, (word) => word)
  if (read.markedRight.size < read.marked.size * MOST) return null
  if (read.right < read.words * VIETNAMESE) return null
  if (asItStands.markedRight.size >= read.markedRight.size) return null
  const sure = read.markedRight.size - asItStands.markedRight.size >= SURE_WORDS
  return { encoding, sure: sure && encoding !== 'viqr' }
}

function weigh(
  words: readonly string[],
  encoding: LegacyEncoding,
  read: (word: string) => string,
): Share {
  const share: Share = { words: 0, right: 0, marked: new Set(), markedRight: new Set() }
  for (const word of words) {
    const decoded = read(word)
    const isMarked = SIGN[encoding].test(word)
    const key = word.toLowerCase()
    if (/^[A-Z\u00a1-\u00df]+$/u.test(word) && isAbbreviation(decoded)) continue
    const isRight = isSyllable(decoded)
    share.words += 1
    if (isRight) share.right += 1
    if (!isMarked) continue
    share.marked.add(key)
    if (isRight) share.markedRight.add(key)
  }
  return share
}
