import type { BlockLevel, NumberingModel } from './clause.ts'

/**
 * Numbers are never stored: they follow from order and levels (Decree 30/2020/NĐ-CP, Phụ lục I, and practice).
 * Chương and Điều run through the document. Every other level starts again under anything of higher rank.
 * An annex is a document of its own: all numbers start again behind it.
 */
type NumberedLevel = Exclude<BlockLevel, 'basis' | 'text' | 'table'>

/** Lower is higher in rank. */
const RANK: Record<NumberedLevel, number> = {
  annex: 0,
  part: 1,
  chapter: 2,
  section: 3,
  subsection: 4,
  article: 5,
  paragraph: 6,
  point: 7,
}
const RUNS_THROUGH: ReadonlySet<BlockLevel> = new Set(['part', 'chapter', 'article'])

/** The 23 letters of điểm: no f j w z, no ă â ê ô ơ ư, but đ. */
const POINT_LETTERS = [...'abcdđeghiklmnopqrstuvxy']

const rankOf = (level: BlockLevel): number | null =>
  level in RANK ? RANK[level as NumberedLevel] : null

/** Whether a block hangs under this heading when it stands right behind it; one without a number does under any. */
export function holds(heading: BlockLevel, below: BlockLevel): boolean {
  const rank = rankOf(heading)
  const own = rankOf(below)
  return rank !== null && (own === null || rank < own)
}

/** Labels of all blocks, in order: `Chương I`, `Điều 3`, `1`, `đ`; empty for basis, text and table. */
export function numberBlocks(levels: readonly BlockLevel[], model: NumberingModel): string[] {
  const annexes = levels.filter((level) => level === 'annex').length
  const counts = new Map<BlockLevel, number>()
  let annex = 0
  return levels.map((level) => {
    const rank = rankOf(level)
    if (rank === null) return ''
    if (level === 'annex') {
      counts.clear()
      annex += 1
      return annexes > 1 ? `Phụ lục ${roman(annex)}` : 'Phụ lục'
    }
    for (const lower of counts.keys())
      if ((rankOf(lower) ?? 0) > rank && !RUNS_THROUGH.has(lower)) counts.delete(lower)
    const number = (counts.get(level) ?? 0) + 1
    counts.set(level, number)
    return labelOf(level as Exclude<NumberedLevel, 'annex'>, number, model)
  })
}

function labelOf(
  level: Exclude<NumberedLevel, 'annex'>,
  number: number,
  model: NumberingModel,
): string {
  switch (level) {
    case 'part':
      return `Phần ${roman(number)}`
    case 'chapter':
      return `Chương ${roman(number)}`
    case 'section':
      return model === 'plan' ? roman(number) : `Mục ${number}`
    case 'subsection':
      return `Tiểu mục ${number}`
    case 'article':
      return `Điều ${number}`
    case 'paragraph':
      return String(number)
    case 'point':
      return pointLetters(number)
  }
}

/** What stands on the page before the text: `Điều 3.`, `1.`, `đ)`, `I.` in a plan, `Chương I` on its own line. */
export function printedLabel(level: BlockLevel, label: string, model: NumberingModel): string {
  if (label === '') return ''
  if (level === 'article' || level === 'paragraph') return `${label}.`
  if (level === 'point') return `${label})`
  if (level === 'section' && model === 'plan') return `${label}.`
  return label
}

/**
 * Index of each block's parent: the nearest block before it of higher rank, or null at the top. Blocks without a
 * number hang under the deepest numbered block that is still open.
 */
export function parentIndexes(levels: readonly BlockLevel[]): (number | null)[] {
  const open: { rank: number; index: number }[] = []
  return levels.map((level, index) => {
    const rank = rankOf(level)
    if (rank === null) return open.at(-1)?.index ?? null
    while ((open.at(-1)?.rank ?? -1) >= rank) open.pop()
    const parent = open.at(-1)?.index ?? null
    open.push({ rank, index })
    return parent
  })
}

/** a … y, then aa, ab, …: labels stay unique however long the list grows. @param number counted from 1 */
export function pointLetters(number: number): string {
  let letters = ''
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / POINT_LETTERS.length))
    letters = POINT_LETTERS[(rest - 1) % POINT_LETTERS.length] + letters
  return letters
}

const ROMAN = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
] as const

/** @param number counted from 1 */
export function roman(number: number): string {
  let rest = number
  let digits = ''
  for (const [value, sign] of ROMAN)
    while (rest >= value) {
      digits += sign
      rest -= value
    }
  return digits
}
