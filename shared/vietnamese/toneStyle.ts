import type { TextChange } from '../clauses/editTexts.ts'

/** `old`: hòa, khỏe, thủy. `new`: hoà, khoẻ, thuỷ. Either is right; mixed they look careless. */
export type ToneStyle = 'old' | 'new'

const WORD = /[\p{L}\p{M}]+/gu
const TONE = '[\\u0300\\u0301\\u0303\\u0309\\u0323]'
/** Only open syllables in oa, oe, uy have two places for the tone; the u of qu is no vowel. */
const OLD = new RegExp(`^(.*?)(?:(o)(${TONE})([ae])|(?<!q)(u)(${TONE})(y))$`, 'iu')
const NEW = new RegExp(`^(.*?)(?:(o)([ae])(${TONE})|(?<!q)(u)(y)(${TONE}))$`, 'iu')

/** Of a word, NFD; null where the tone has one place, or none. */
function styleOf(word: string): ToneStyle | null {
  if (OLD.test(word)) return 'old'
  return NEW.test(word) ? 'new' : null
}

const inStyle = (word: string, style: ToneStyle): string =>
  (style === 'old'
    ? word.replace(NEW, (_, start, o = '', a = '', t1 = '', u = '', y = '', t2 = '') =>
        [start, o, t1, a, u, t2, y].join(''),
      )
    : word.replace(OLD, (_, start, o = '', t1 = '', a = '', u = '', t2 = '', y = '') =>
        [start, o, a, t1, u, y, t2].join(''),
      )
  ).normalize('NFC')

/** How many words of a text are written in either style. */
export function countToneStyles(text: string): Record<ToneStyle, number> {
  const counts = { old: 0, new: 0 }
  for (const [word] of text.matchAll(WORD)) {
    const style = styleOf(word.normalize('NFD'))
    if (style) counts[style] += 1
  }
  return counts
}

/** What has to change for all words of a text to be in one style; whole words, NFC. */
export function toOneToneStyle(text: string, style: ToneStyle): TextChange[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const split = word.normalize('NFD')
    const now = styleOf(split)
    if (now === null || now === style) return []
    return [{ from: index, to: index + word.length, text: inStyle(split, style) }]
  })
}
