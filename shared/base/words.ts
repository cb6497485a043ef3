/** Numbers with their points and commas are one word. */
const WORD = String.raw`[\p{L}\p{M}\p{N}]+(?:(?<=\p{N})[.,]\p{N}[\p{L}\p{M}\p{N}]*)*`
const PIECE = new RegExp(String.raw`${WORD}|\s+|[^\p{L}\p{M}\p{N}\s]`, 'gu')
const WORD_ALONE = new RegExp(`^${WORD}$`, 'u')

/** Syllables and numbers, the spaces between them, and single other signs; their concatenation is the text. */
export const words = (text: string): string[] => text.match(PIECE) ?? []

export const isWord = (piece: string): boolean => WORD_ALONE.test(piece)

export const isSpace = (piece: string): boolean => /^\s/.test(piece)
