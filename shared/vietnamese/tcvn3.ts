import { invert, tableOf } from './letters.ts'

/**
 * TCVN3 (ABC): one byte a letter, seen as the Latin-1 character of that byte. `ư` is U+00AD, the soft hyphen, which
 * whatever cleans text before decoding it must leave alone.
 */
const BYTES =
  'B5 B8 B6 B7 B9 A8 BB BE BC BD C6 A9 C7 CA C8 C9 CB AE CC D0 CE CF D1 AA D2 D5 D3 D4 D6 D7 DD D8 DC DE ' +
  'DF E3 E1 E2 E4 AB E5 E8 E6 E7 E9 AC EA ED EB EC EE EF F3 F1 F2 F4 AD F5 F8 F6 F7 F9 FA FD FB FC FE'

const sign = (byte: string) => String.fromCharCode(Number.parseInt(byte, 16))
const LOWER = tableOf(BYTES.split(' ').map(sign))
/** Capitals with a tone have no code of their own: a font whose name ends in H draws the small ones as capitals. */
const CAPITALS = new Map([...'ĂÂÊÔƠƯĐ'].map((letter, index) => [letter, sign(`A${index + 1}`)]))
const TO_SIGN = new Map([...LOWER, ...CAPITALS])
const TO_LETTER = invert(TO_SIGN)

/** @param capitals the text stood in a capital font (`.VnTimeH`), which shows every letter as a capital */
export function decodeTcvn3(text: string, capitals = false): string {
  const decoded = Array.from(text, (character) => TO_LETTER.get(character) ?? character).join('')
  return capitals ? decoded.toUpperCase() : decoded
}

/** A capital with a tone becomes the sign of the small letter, to be shown in a capital font. */
export const encodeTcvn3 = (text: string): string =>
  Array.from(
    text,
    (letter) => TO_SIGN.get(letter) ?? LOWER.get(letter.toLowerCase()) ?? letter,
  ).join('')

/** Whether the character is a Vietnamese letter of TCVN3. */
export const isTcvn3Sign = (character: string): boolean => TO_LETTER.has(character)
