import { type Decimal, isNumber, readDecimal } from './decimals.ts'
import { problem, type ScoreProblem } from './scoreProblem.ts'
import { namedNumber, type ScoreSheet, type TotalRow } from './scoreSheet.ts'
import { mostOf, type ScoreNode, type ScoreTree, wrongSum } from './scoreTree.ts'

const SCALE = /chuẩn|thang điểm|chưa (?:kể|tính)/iu
/** Of what these say they count in, nothing is known. */
const OTHER = /thưởng|trừ/iu
const FORMULA = /[A-Z\d][A-Z\d.]*(?:\s*[+−–-]\s*[A-Z\d][A-Z\d.]*)+/u
const ONE_SECTION = /(?:mục|phần)\s+([IVXLC]+|[A-Z]|\d+)\s*[.:)]?$/iu
/** A smaller number in the heading counts the columns: `(3)`. */
const SMALLEST_SCALE = readDecimal('10') as Decimal
const LONGEST_NAME = 40
/** UTF-16 units. Patterns need the square of a label's length, and anybody can write one as long as a clause. */
const LONGEST_LABEL = 200

/** Totals, and the scale that the heading may name, against the sections. */
export function totalProblems(sheet: ScoreSheet, tree: ScoreTree): ScoreProblem[] {
  if (!tree.rootsAreClear || sheet.startsUncoded) return []
  const { heading, totals } = sheet
  const scale = namedNumber(heading.text, /\(|thang điểm/u)
  const base = tree.roots.filter(({ kind }) => kind === 'base')
  const found = totals.flatMap((total, index) =>
    total.most.points === 'blank'
      ? []
      : totalProblem(total, tree.roots, index === totals.length - 1),
  )
  if (!isNumber(scale) || scale.units < SMALLEST_SCALE.units) return found
  const counted = wrongSum(base.map(mostOf), scale)
  return counted
    ? [problem('total', heading.at, heading.text, counted, heading.text), ...found]
    : found
}

function totalProblem(
  { label, most, row }: TotalRow,
  roots: readonly ScoreNode[],
  isLast: boolean,
): ScoreProblem[] {
  const { points } = most
  if (!isNumber(points)) return []
  const counted = waysToCount(label, row, roots, isLast).map((parts) =>
    wrongSum(parts.map(mostOf), points),
  )
  const [first] = counted
  if (!first || counted.includes(null)) return []
  const name = label.length > LONGEST_NAME ? `${label.slice(0, LONGEST_NAME - 1)}…` : label
  return [problem('total', most.at, name, first, most.text)]
}

/** What a total may be meant to count, the likeliest first; nothing where that cannot be told. */
function waysToCount(
  label: string,
  row: number,
  roots: readonly ScoreNode[],
  isLast: boolean,
): (readonly ScoreNode[])[] {
  const terms = termsOf(label, roots)
  if (terms === 'unclear') return []
  if (terms) return [terms]
  if (OTHER.test(label) && !SCALE.test(label)) return []
  const above = roots.filter(({ codeAt }) => codeAt.row < row)
  const baseOf = (nodes: readonly ScoreNode[]) => nodes.filter(({ kind }) => kind === 'base')
  const base = baseOf(baseOf(above).length > 0 ? above : roots)
  const bonus = above.filter(({ kind }) => kind === 'bonus')
  const ways: (readonly ScoreNode[])[] = [base]
  // Below the bonus a total may count it or not, unless it says that it is the scale.
  if (bonus.length > 0 && !SCALE.test(label)) ways.push([...base, ...bonus])
  // Before the last total stand those of single sections.
  if (!isLast) ways.push(above.slice(-1))
  return ways
}

/** The sections that a label names, `I + II + III`; null where it names none, unclear where it takes away or is long. */
function termsOf(label: string, roots: readonly ScoreNode[]): ScoreNode[] | null | 'unclear' {
  if (label.length > LONGEST_LABEL) return 'unclear'
  const formula = FORMULA.exec(label)?.[0] ?? ONE_SECTION.exec(label)?.[1]
  if (formula === undefined) return null
  const named = formula
    .split(/[+−–-]/u)
    .map((term) => roots.find(({ code }) => code.text === term.trim()))
  if (named.every((node) => node === undefined)) return null
  const isSum = !/[−–-]/u.test(formula)
  return isSum && named.every((node) => node !== undefined) ? named : 'unclear'
}
