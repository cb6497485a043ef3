import { canonicalText } from '../clauses/hash.ts'

/** Characters of the text that the print font lacks, each once, in the order they come. Invisible ones don't print. */
export function missingGlyphs(text: string, canPrint: (codePoint: number) => boolean): string[] {
  const missing = new Set<string>()
  for (const character of canonicalText(text))
    if (character !== ' ' && !canPrint(codePointOf(character))) missing.add(character)
  return [...missing]
}

/** `☃ U+2603`: the character for who can see it, the number for who cannot. */
export const glyphName = (character: string): string =>
  `${character} U+${codePointOf(character).toString(16).toUpperCase().padStart(4, '0')}`

const codePointOf = (character: string) => character.codePointAt(0) ?? 0
