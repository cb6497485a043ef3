import { LETTERS } from './letters.ts'

/** VIQR writes marks as punctuation behind the vowel (`Vie^.t`), `dd` for đ; a backslash keeps what follows it. */
const SIGNS: Record<string, string> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0303': '~',
  '\u0309': '?',
  '\u0323': '.',
  '\u0302': '^',
  '\u0306': '(',
  '\u031b': '+',
}
/** As typed: the mark of the vowel stands before the tone, which NFD has the other way round for the dot below. */
const MODIFIERS = '\u0302\u0306\u031b'

function codeOf(letter: string): string {
  if (letter === 'đ') return 'dd'
  if (letter === 'Đ') return 'DD'
  const [base = '', ...marks] = letter.normalize('NFD')
  const isModifier = (mark: string) => MODIFIERS.includes(mark)
  const ordered = [...marks.filter(isModifier), ...marks.filter((mark) => !isModifier(mark))]
  return base + ordered.map((mark) => SIGNS[mark] ?? '').join('')
}

const ALL = LETTERS.flatMap((letter) => [letter, letter.toUpperCase()])
const TO_CODE = new Map<string, string>(ALL.map((letter) => [letter, codeOf(letter)]))
const TO_LETTER = new Map(ALL.map((letter) => [codeOf(letter), letter]))
TO_LETTER.set('Dd', 'Đ')

/** Punctuation that would be read as a mark when it is decoded again. */
const AMBIGUOUS = /(?<=[aeiouy][\^(+]?)[`'?~.^(+]|\\|(?<=d)d/giu

/** Longest first; `.` and `?` are ordinary signs as well, so nobody's text is decoded without being asked. */
export function decodeViqr(text: string): string {
  let decoded = ''
  for (let at = 0; at < text.length; ) {
    if (text.charAt(at) === '\\' && at + 1 < text.length) {
      decoded += text.charAt(at + 1)
      at += 2
      continue
    }
    const length = [3, 2].find((count) => TO_LETTER.has(text.slice(at, at + count))) ?? 1
    const piece = text.slice(at, at + length)
    decoded += TO_LETTER.get(piece) ?? piece
    at += length
  }
  return decoded
}

export const encodeViqr = (text: string): string =>
  Array.from(text.replace(AMBIGUOUS, '\\$&'), (letter) => TO_CODE.get(letter) ?? letter).join('')
