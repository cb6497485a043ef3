import { bareLetters } from './searchFold.ts'

/** UTF-16 places in the text that was searched, `to` exclusive. */
export type TextRange = { from: number; to: number }

export type FindQuery = { text: string; matchCase: boolean }

type Letter = TextRange & { key: string }

/** A letter with all that is written onto it; what nobody sees goes with the letter before it. */
const LETTER = /\P{M}[\p{M}\p{Default_Ignorable_Code_Point}]*|\p{M}+/gu
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu
/** Tone, behind a vowel that carries nothing else: the only letters whose tone has two places. */
const TONED = /^([aeyAEY])([\u0300\u0301\u0303\u0309\u0323])$/u

/** Whoever types no marks finds words with any. */
const isBare = (text: string) => bareLetters(text) === text.normalize('NFD')

/** A document has few letters, and each of them often. */
const keysKnown = [0, 1, 2, 3].map(() => new Map<string, string>())
const KEYS_KNOWN = 2_000

function keyOf(letter: string, bare: boolean, matchCase: boolean): string {
  const known = keysKnown[(bare ? 2 : 0) + (matchCase ? 1 : 0)] as Map<string, string>
  const before = known.get(letter)
  if (before !== undefined) return before
  const seen = letter.replace(UNSEEN, '').replace(/^\s/u, ' ')
  const marked = bare ? bareLetters(seen) : seen.normalize('NFC')
  const key = matchCase ? marked : marked.toLowerCase().normalize('NFC')
  if (known.size >= KEYS_KNOWN) known.clear()
  known.set(letter, key)
  return key
}

const lettersOf = (text: string, bare: boolean, matchCase: boolean): Letter[] =>
  [...text.matchAll(LETTER)].map(({ 0: letter, index }) => ({
    key: keyOf(letter, bare, matchCase),
    from: index,
    to: index + letter.length,
  }))

/** What a text and its query have in common wherever one is found in the other: quick to tell, as most texts have none. */
const outline = (text: string): string =>
  bareLetters(text.replace(UNSEEN, '')).toLowerCase().replace(/\s/gu, ' ').replace(/ς/gu, 'σ')

/** `hoà` → `hòa`, letter by letter, so that places stay: see `foldToneStyle`. */
function withOneToneStyle(keys: readonly string[]): string[] {
  const folded = [...keys]
  keys.forEach((key, i) => {
    if (!/^[oOuU]$/u.test(keys[i - 1] ?? '')) return
    const [, vowel = '', tone = ''] = TONED.exec(key.normalize('NFD')) ?? []
    const before = keys[i - 1] ?? ''
    const isPair = /^(o[ae]|uy)$/iu.test(before + vowel)
    if (tone === '' || !isPair || /^q$/iu.test(keys[i - 2] ?? '')) return
    if (/^\p{L}/u.test(keys[i + 1] ?? '')) return
    folded[i - 1] = (before + tone).normalize('NFC')
    folded[i] = vowel
  })
  return folded
}

/** What a text is compared by: composed, in small letters unless case counts, in one style of placing the tone. */
export function foldForFinding(text: string, bare: boolean, matchCase: boolean): string {
  return withOneToneStyle(lettersOf(text, bare, matchCase).map(({ key }) => key)).join('')
}

/**
 * Where the words of a query stand in a text, from the left, without overlaps. A query without marks finds words with
 * any; one with marks finds just those, in either style of placing the tone (hoà, hòa). However either is composed.
 * @param limit so many at most
 */
export function findMatches(text: string, query: FindQuery, limit = Infinity): TextRange[] {
  if (!outline(text).includes(outline(query.text))) return []
  const bare = isBare(query.text)
  const words = lettersOf(query.text, bare, query.matchCase)
    .map(({ key }) => key)
    .filter((key) => key !== '')
  if (words.length === 0) return []
  const letters = lettersOf(text, bare, query.matchCase)
  const keys = letters.map(({ key }) => key)
  const foldedWords = bare ? words : withOneToneStyle(words)
  const foldedKeys = bare ? keys : withOneToneStyle(keys)
  // Both as written and folded: `hoà` is also the beginning of `hoàn`, whose tone has one place only.
  const isAt = (i: number) =>
    words.every((key, j) => keys[i + j] === key) ||
    foldedWords.every((key, j) => foldedKeys[i + j] === key)
  const found: TextRange[] = []
  for (let i = 0; i + words.length <= letters.length && found.length < limit; ) {
    const first = letters[i]
    const last = letters[i + words.length - 1]
    if (first && last && isAt(i)) {
      found.push({ from: first.from, to: last.to })
      i += words.length
    } else i += 1
  }
  return found
}
