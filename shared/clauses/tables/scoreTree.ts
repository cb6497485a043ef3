import { compare, type Decimal, isNumber, type Points, sum } from './decimals.ts'
import { type CodeStep, follows, isFirst } from './scoreCodes.ts'
import { problem, type ScoreProblem } from './scoreProblem.ts'
import type { ScoreRow } from './scoreSheet.ts'

export type ScoreNode = ScoreRow & {
  children: ScoreNode[]
  isRoot: boolean
  /** False where a code stands twice among the children: what belongs to the sum cannot be told. */
  isClear: boolean
}
export type ScoreTree = {
  nodes: readonly ScoreNode[]
  roots: readonly ScoreNode[]
  rootsAreClear: boolean
  find(row: ScoreRow): ScoreNode | undefined
}

/** Rows by their code, the first of each, with those that hang right under them. */
export function treeOf(rows: readonly ScoreRow[]): ScoreTree {
  const tree = new Map<string, ScoreNode>()
  let rootsAreClear = true
  for (const row of rows) {
    const { path, key } = row.code
    const parent = tree.get(row.code.parent)
    const isRoot = path.length === 1
    if (tree.has(key)) {
      if (parent) parent.isClear = false
      else if (isRoot) rootsAreClear = false
      continue
    }
    const node = { ...row, children: [], isRoot, isClear: true }
    parent?.children.push(node)
    tree.set(key, node)
  }
  const nodes = [...tree.values()]
  return {
    nodes,
    roots: nodes.filter(({ isRoot }) => isRoot),
    rootsAreClear,
    find: (row) => {
      const node = tree.get(row.code.key)
      return node?.codeAt === row.codeAt ? node : undefined
    },
  }
}

/** Codes that stand twice, alone, or out of order. */
export function codeProblems(rows: readonly ScoreRow[]): ScoreProblem[] {
  const seen = new Set<string>()
  const last = new Map<string, CodeStep>()
  return rows.flatMap(({ code: { path, key, parent, text }, codeAt }) => {
    const step = path.at(-1)
    if (seen.has(key)) return [problem('code-twice', codeAt, text)]
    seen.add(key)
    if (!step) return []
    const before = last.get(parent)
    last.set(parent, step)
    if (path.length > 1 && !seen.has(parent)) return [problem('code-alone', codeAt, text)]
    // A table may go on where another one ends.
    const isNext = before ? follows(before, step) : path.length === 1 || isFirst(step)
    return isNext ? [] : [problem('code-order', codeAt, text)]
  })
}

export const mostOf = ({ most }: ScoreRow): Points => most?.points ?? 'blank'

/**
 * What the parts add up to where that is known to be another number than `whole`: either all are known, or what is
 * known is too much already. @returns null where it fits, or cannot be told
 */
export function wrongSum(parts: readonly Points[], whole: Decimal): Decimal | null {
  const known = parts.filter(isNumber)
  if (known.length === 0) return null
  const counted = sum(known)
  const difference = compare(counted, whole)
  if (known.length === parts.length) return difference === 0 ? null : counted
  return difference > 0 && known.every(({ units }) => units >= 0n) ? counted : null
}
