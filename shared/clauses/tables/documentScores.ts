import { type Block, blockText, isTable, type TableBlock } from '../clause.ts'
import { compare, type Decimal, isNumber, readDecimal, sum } from './decimals.ts'
import { problem, type ScoreProblem } from './scoreProblem.ts'
import { readSheet } from './scoreSheet.ts'
import { scoreProblems } from './scoreTable.ts'
import { mostOf, treeOf } from './scoreTree.ts'

const SCALE = /thang điểm(?: tối đa)?(?: là)?:?\s+(\d[\d.]*(?:,\d+)?)/giu

/** What is wrong or odd in the score tables of a document, by the index of the block. */
export function documentScores(blocks: readonly Block[]): Map<number, ScoreProblem[]> {
  const found = new Map<number, ScoreProblem[]>()
  const scored: number[] = []
  blocks.forEach((block, index) => {
    if (!isTable(block)) return
    if (readSheet(block)) scored.push(index)
    const problems = scoreProblems(block)
    if (problems.length > 0) found.set(index, problems)
  })
  const [only] = scored
  const table = only === undefined || scored.length > 1 ? undefined : blocks[only]
  if (only === undefined || !table || !isTable(table)) return found
  const known = found.get(only) ?? []
  // A total that is wrong says the same.
  const odd = known.some(({ kind }) => kind === 'total') ? null : otherScale(table, blocks)
  if (odd) found.set(only, [...known, odd])
  return found
}

/** `Thang điểm 100` in a clause, where the sections of the only score table add up to something else. */
function otherScale(table: TableBlock, blocks: readonly Block[]): ScoreProblem | null {
  const sheet = readSheet(table)
  if (!sheet || sheet.startsUncoded) return null
  const { roots, rootsAreClear } = treeOf(sheet.rows)
  const points = roots.filter(({ kind }) => kind === 'base').map(mostOf)
  const known = points.filter(isNumber)
  if (!rootsAreClear || known.length === 0 || known.length < points.length) return null
  const scales = new Map<string, Decimal>()
  for (const block of blocks)
    for (const [, text = ''] of isTable(block)
      ? []
      : blockText(block).normalize('NFC').matchAll(SCALE)) {
      const scale = readDecimal(text.replace(/\.$/u, ''))
      if (scale) scales.set(text.replace(/\.$/u, ''), scale)
    }
  const [named] = scales
  if (!named || scales.size > 1 || compare(sum(known), named[1]) === 0) return null
  return problem('scale', sheet.heading.at, '', sum(known), named[0])
}
