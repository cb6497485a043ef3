/** The 67 lower-case letters beyond ASCII, in the order that the tables of the old encodings share. All are NFC. */
export const LETTERS = [
  ...'àáảãạăằắẳẵặâầấẩẫậđ',
  ...'èéẻẽẹêềếểễệ',
  ...'ìíỉĩị',
  ...'òóỏõọôồốổỗộơờớởỡợ',
  ...'ùúủũụưừứửữự',
  ...'ỳýỷỹỵ',
] as const

/** Letters that no other language writes: what has one of them is modern Vietnamese already. */
const OWN_LETTER = /[ăđĩũơưạ-ỹ]/iu

export const hasOwnLetter = (text: string): boolean => OWN_LETTER.test(text.normalize('NFC'))

/** Tables by position: `codes[i]` is how `LETTERS[i]` is written. */
export const tableOf = (codes: readonly string[]): ReadonlyMap<string, string> =>
  new Map(LETTERS.map((letter, index) => [letter, codes[index] ?? '']))

export const invert = (table: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...table].map(([letter, code]) => [code, letter]))
