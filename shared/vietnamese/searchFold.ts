import { foldToneStyle } from '../clauses/hash.ts'

/** Without tones and marks; đ is d. Of NFC text each letter gives exactly one, so places stay the same. */
export const bareLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[đð]/gu, 'd')
    .replace(/[ĐÐ]/gu, 'D')

/** {@link bareLetters} in small letters. */
export const withoutMarks = (text: string): string => bareLetters(text).toLowerCase()

/**
 * Where words stand in a text: whoever types no marks finds them with any, whoever types some finds just those, in
 * either style of placing the tone (hoà, hòa). @param text NFC @returns index of the first, -1 where there is none
 */
export function findWords(text: string, query: string): number {
  const plain = withoutMarks(query)
  if (plain === query.toLowerCase()) return withoutMarks(text).indexOf(plain)
  return foldToneStyle(text).toLowerCase().indexOf(foldToneStyle(query).toLowerCase())
}
