import * as z from 'zod'
import { isNumber, type Points, writeDecimal } from './decimals.ts'
import type { CellAt } from './scoreSheet.ts'

/** Wrong sums: while there is one, the document cannot be locked. */
export const WRONG_SUMS = [
  /** Children do not add up to their parent. */
  'sum',
  /** Sections do not add up to the total, or to the scale that the heading names. */
  'total',
  /** A bonus is not what its label says that it is at most. */
  'cap',
] as const
/** What looks odd and may be meant. */
export const ODD_SCORES = [
  /** Not a number as it is written here: a range, words, a decimal point. */
  'number',
  /** Empty, and without it nothing can be added up. */
  'missing',
  /** More was given than there is to have. */
  'over',
  /** A clause names another scale than the sections add up to. */
  'scale',
  'code-order',
  'code-twice',
  /** `I.2.a` where there is no `I.2`. */
  'code-alone',
] as const

export const ScoreProblem = z.object({
  kind: z.enum([...WRONG_SUMS, ...ODD_SCORES]),
  /** The cell: its row, and its index among the cells of that row. */
  row: z.number().int(),
  cell: z.number().int(),
  /** Of the row, or the label of a total. */
  code: z.string(),
  /** What was counted, and what is written; empty where that is not known. */
  counted: z.string(),
  written: z.string(),
})
export type ScoreProblem = z.infer<typeof ScoreProblem>

export const isWrongSum = ({ kind }: Pick<ScoreProblem, 'kind'>): boolean =>
  (WRONG_SUMS as readonly string[]).includes(kind)

/** `I.1: 38 ≠ 40`, for a list that says already what it is about. */
export const wrongSumText = ({ code, counted, written }: ScoreProblem): string =>
  `${code}: ${counted} ≠ ${written}`

export const problem = (
  kind: ScoreProblem['kind'],
  { row, cell }: CellAt,
  code: string,
  counted: Points = 'blank',
  written = '',
): ScoreProblem => ({
  kind,
  row,
  cell,
  code,
  counted: isNumber(counted) ? writeDecimal(counted) : '',
  written,
})
