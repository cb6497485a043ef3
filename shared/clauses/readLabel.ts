import type { ClauseLevel, NumberingModel } from './clause.ts'

/** A number that somebody has written before the words. */
export type TypedLabel = {
  level: ClauseLevel
  /** UTF-16 units to leave out, with the blanks around the label; 0 for a basis, whose words are its text. */
  length: number
}

/**
 * The level that the beginning of a line asks for: what `printedLabel` prints, and how offices write it otherwise
 * (`CHƯƠNG 2`, `Phần thứ nhất`, `1)`, `a.`, `a/`). Null for ordinary words, for amounts and dates (`2.5`, `31.12.`),
 * and for labels that the decree does not know (`1.1.`, `A.`). A heading without a full stop is one only where nothing
 * or a capital follows: `Điều 4 của Luật` is a sentence. Whether a basis may stand here is for the caller to judge.
 * @param text one line, NFC
 */
export function readLabel(text: string, model: NumberingModel): TypedLabel | null {
  for (const [level, pattern] of model === 'plan' ? PLAN : ARTICLES) {
    const found = pattern.exec(text)
    if (found) return { level, length: level === 'basis' ? 0 : found[0].length }
  }
  return null
}

const ROMAN = '(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})'
const ORDINAL =
  '[Tt]hứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|THỨ (?:NHẤT|HAI|BA|TƯ|NĂM|SÁU|BẢY|TÁM|CHÍN|MƯỜI)'
const NUMBER = `(?:\\d{1,3}|${ROMAN}|${ORDINAL})`

const END = '(?:\\s*[.:](?!\\d)\\s*|\\s*$|\\s+(?=[^\\p{Ll}\\d\\s]))'
const heading = (words: string) =>
  new RegExp(`^\\s*(?:${words})\\s+${NUMBER}(?![\\p{L}\\d])${END}`, 'u')
const ANNEX = 'Phụ lục|Phụ Lục|PHỤ LỤC'

const HEADINGS: readonly (readonly [ClauseLevel, RegExp])[] = [
  ['part', heading('Phần|PHẦN')],
  ['chapter', heading('Chương|CHƯƠNG')],
  ['section', heading('Mục|MỤC')],
  ['subsection', heading('Tiểu mục|Tiểu Mục|TIỂU MỤC')],
  ['article', heading('Điều|ĐIỀU')],
  ['annex', heading(ANNEX)],
  ['annex', new RegExp(`^\\s*(?:${ANNEX})${END}`, 'u')],
  ['basis', /^\s*(?:Căn cứ|CĂN CỨ)\s/u],
]

const BELOW: readonly (readonly [ClauseLevel, RegExp])[] = [
  ['paragraph', /^\s*\d{1,3}(?:\.(?!\d)|\)|\/(?=\s|$))\s*/u],
  ['point', /^\s*(?:[a-zđ]{1,2}\)|[a-zđ][./](?=\s|$))\s*/u],
]

const ARTICLES = [...HEADINGS, ...BELOW]
/** `C.`, `D.` and `M.` are initials (C. Mác) before they are the hundredth section. */
const PLAN: typeof ARTICLES = [
  ...HEADINGS,
  ['section', new RegExp(`^\\s*(?!C\\.)${ROMAN}\\.(?=\\s|$)\\s*`, 'u')],
  ...BELOW,
]
