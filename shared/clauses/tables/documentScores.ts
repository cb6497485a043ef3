import { type Block, blockText, isTable } from '../clause.ts'
import { compare, type Decimal, isNumber, readDecimal, sum } from './decimals.ts'
import { problem, type ScoreProblem } from './scoreProblem.ts'
import { readSheet, type ScoreSheet } from './scoreSheet.ts'
import { sheetProblems } from './scoreTable.ts'
import { mostOf, treeOf } from './scoreTree.ts'

const SCALE = /thang điểm(?: tối đa)?(?: là)?:?\s+(\d[\d.]*(?:,\d+)?)/giu

/** What is wrong or odd in the score tables of a document, by the index of the block. */
export function documentScores(blocks: readonly Block[]): Map<number, ScoreProblem[]> {
  const sheets = blocks.flatMap((block, index) => {
    const sheet = isTable(block) ? readSheet(block) : null
    return sheet ? [{ index, sheet, problems: sheetProblems(sheet) }] : []
  })
  const [only] = sheets
  if (only && sheets.length === 1) {
    // A total that is wrong says the same.
    const isTold = only.problems.some(({ kind }) => kind === 'total')
    const odd = isTold ? null : otherScale(only.sheet, blocks)
    if (odd) only.problems.push(odd)
  }
  const odd = sheets.filter(({ problems }) => problems.length > 0)
  return new Map(odd.map(({ index, problems }) => [index, problems]))
}

/** `Thang điểm 100` in a clause, where the sections of the only score table add up to something else. */
function otherScale(sheet: ScoreSheet, blocks: readonly Block[]): ScoreProblem | null {
  if (sheet.startsUncoded) return null
  const { roots, rootsAreClear } = treeOf(sheet.rows)
  const points = roots.filter(({ kind }) => kind === 'base').map(mostOf)
  const known = points.filter(isNumber)
  if (!rootsAreClear || known.length === 0 || known.length < points.length) return null
  const scales = new Map<string, Decimal>()
  for (const block of blocks) {
    const words = isTable(block) ? '' : blockText(block)
    if (!words.includes('hang điểm')) continue
    for (const [, text = ''] of words.matchAll(SCALE)) {
      const name = text.replace(/\.$/u, '')
      const scale = readDecimal(name)
      if (scale) scales.set(name, scale)
    }
  }
  const [named] = scales
  if (!named || scales.size > 1 || compare(sum(known), named[1]) === 0) return null
  return problem('scale', sheet.heading.at, '', sum(known), named[0])
}
