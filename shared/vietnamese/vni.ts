import { invert, tableOf } from './letters.ts'

/** VNI-Windows as seen in cp1252: a base letter and a mark (`aù` is á), or one sign (`ñ` is đ). */
const CODES =
  'aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò ' +
  'oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î'

const LOWER = tableOf(CODES.split(' '))
const TO_CODE = new Map(
  [...LOWER].flatMap(([letter, code]) => [
    [letter, code],
    [letter.toUpperCase(), code.toUpperCase()],
  ]),
)
const TO_LETTER = invert(TO_CODE)

/** A mark in the wrong case is read all the same: the base letter decides. */
export function decodeVni(text: string): string {
  let decoded = ''
  for (let at = 0; at < text.length; at += 1) {
    const base = text.charAt(at)
    const mark = text.charAt(at + 1)
    const pair =
      TO_LETTER.get(base + mark) ??
      TO_LETTER.get(base + mark.toLowerCase()) ??
      TO_LETTER.get(base + mark.toUpperCase())
    if (pair !== undefined && mark !== '') at += 1
    decoded += (mark === '' ? undefined : pair) ?? TO_LETTER.get(base) ?? base
  }
  return decoded
}

export const encodeVni = (text: string): string =>
  Array.from(text, (letter) => TO_CODE.get(letter) ?? letter).join('')
