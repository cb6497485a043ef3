import type { TableBlock } from '../clause.ts'
import { compare, type Decimal, isNumber, type Points, sum, writeDecimal } from './decimals.ts'
import { problem, type ScoreProblem } from './scoreProblem.ts'
import {
  namedNumber,
  readSheet,
  type Scored,
  type ScoreRow,
  type ScoreSheet,
} from './scoreSheet.ts'
import { totalProblems } from './scoreTotals.ts'
import {
  codeProblems,
  mostOf,
  type ScoreNode,
  type ScoreTree,
  treeOf,
  wrongSum,
} from './scoreTree.ts'

/**
 * What is wrong with the numbers of a score table, row by row; nothing for any other table. A sum is wrong only where
 * all that goes into it is known: empty cells and words are named by themselves, and never guessed at.
 */
export function scoreProblems(table: TableBlock): ScoreProblem[] {
  const sheet = readSheet(table)
  return sheet ? sheetProblems(sheet) : []
}

export function sheetProblems(sheet: ScoreSheet): ScoreProblem[] {
  const tree = treeOf(sheet.rows)
  return [
    ...codeProblems(sheet.rows),
    ...sheet.rows.flatMap(notANumber),
    ...tree.nodes.flatMap(ownSum),
    ...givenSums(sheet, tree),
    ...totalProblems(sheet, tree),
  ].sort((a, b) => a.row - b.row || a.cell - b.cell)
}

function notANumber({ kind, most, code }: ScoreRow): ScoreProblem[] {
  if (kind === 'deduction' || most?.points !== 'other') return []
  return [problem('number', most.at, code.text, 'blank', most.text)]
}

function ownSum(node: ScoreNode): ScoreProblem[] {
  const { kind, most, code, label, isClear } = node
  if (kind === 'deduction' || !most || !isClear) return []
  const cap = kind === 'bonus' ? namedNumber(label, /tối đa|không quá/u) : 'blank'
  const written = isNumber(most.points) ? most.points : cap
  const parts = node.children.filter((child) => child.kind !== 'deduction')
  if (!isNumber(written)) return missingWhole(most, code.text, parts)
  const found: ScoreProblem[] = []
  if (isNumber(cap) && compare(written, cap) !== 0)
    found.push(problem('cap', most.at, code.text, cap, most.text))
  // A bonus inside a section may be counted or not.
  const base = parts.filter((child) => child.kind === kind)
  const counted = wrongSum(base.map(mostOf), written)
  const withBonus = base.length < parts.length && wrongSum(parts.map(mostOf), written) === null
  if (!counted) found.push(...missingParts(base, written))
  else if (!withBonus && !(isNumber(cap) && isMoreThan(counted, written)))
    found.push(problem('sum', most.at, code.text, counted, writeDecimal(written)))
  return found
}

/** What a capped bonus offers may be more than can be had of it, but not less. */
const isMoreThan = (one: Decimal, other: Decimal) => compare(one, other) > 0

function missingWhole(most: Scored, code: string, parts: readonly ScoreNode[]): ScoreProblem[] {
  const known = parts.map(mostOf).filter(isNumber)
  if (most.points !== 'blank' || parts.length === 0 || known.length < parts.length) return []
  return [problem('missing', most.at, code, sum(known))]
}

/** Empty cells among filled ones, unless what is filled makes the whole already. */
function missingParts(parts: readonly ScoreNode[], whole: Decimal): ScoreProblem[] {
  const known = parts.map(mostOf).filter(isNumber)
  if (known.length === 0 || compare(sum(known), whole) === 0) return []
  return parts.flatMap(({ most, code, children }) => {
    if (most?.points !== 'blank') return []
    const isToldBelow = missingWhole(most, code.text, children).length > 0
    return isToldBelow ? [] : [problem('missing', most.at, code.text)]
  })
}

/** A column of given points is added up once it is filled; before that it is being filled. */
function givenSums({ rows }: ScoreSheet, tree: ScoreTree): ScoreProblem[] {
  const columns = rows[0]?.given.map((_, column) => column) ?? []
  const base = rows.filter(({ kind }) => kind === 'base')
  return columns.flatMap((column) => {
    const pointsOf = (row: ScoreRow): Points => row.given[column]?.points ?? 'blank'
    const isFilled = base.every((row) => isNumber(pointsOf(row)))
    return rows.flatMap((row) => {
      const [given, most, { text }] = [row.given[column], mostOf(row), row.code]
      if (!given || !isNumber(given.points) || row.kind === 'deduction') return []
      if (isNumber(most) && isMoreThan(given.points, most))
        return [problem('over', given.at, text, most, given.text)]
      const node = tree.find(row)
      if (!isFilled || row.kind !== 'base' || !node?.isClear) return []
      const parts = node.children.filter(({ kind }) => kind === 'base')
      const counted = wrongSum(parts.map(pointsOf), given.points)
      return counted ? [problem('sum', given.at, text, counted, writeDecimal(given.points))] : []
    })
  })
}
