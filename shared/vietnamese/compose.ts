import { hasOwnLetter } from './letters.ts'
import { isSyllable } from './syllable.ts'

/** U+00D0, U+00F0 and U+0189 look like Đ and đ, and old files have them; NFC leaves them as they are. */
const LOOK_ALIKE = /[ÐðƉ]/u
const WORD = /[\p{L}\p{M}]+/gu
const dBar = (word: string) => word.replace(/[ÐƉ]/gu, 'Đ').replace(/ð/gu, 'đ')

/** Text as it comes into a document: NFC, and Đ in Vietnamese words where one of its look-alikes stood. */
export function composed(text: string): string {
  const nfc = text.normalize('NFC')
  if (!LOOK_ALIKE.test(nfc)) return nfc
  const isVietnamese = hasOwnLetter(nfc)
  return nfc.replace(WORD, (word) => {
    if (!LOOK_ALIKE.test(word)) return word
    const mended = dBar(word)
    return isSyllable(mended) || (isVietnamese && /^[A-ZÐƉ]+$/u.test(word)) ? mended : word
  })
}
