import type { BlockLevel, NumberingModel } from './clause.ts'
import { holds, parentIndexes } from './numbering.ts'
import { readLabel } from './readLabel.ts'

/**
 * What is odd about the structure (Decree 30/2020/NĐ-CP, Phụ lục I). Warnings, never walls: nothing is refused for
 * them, and a text with all of them can be locked and signed.
 */
export const STRUCTURE_PROBLEMS = [
  /** A điểm that stands under no khoản, a khoản under no Điều (in a plan: under no Mục), and so on up. */
  'point-alone',
  'paragraph-alone',
  'subsection-alone',
  'section-alone',
  /** A heading behind clauses of lower rank that stand under none of its kind: a Chương behind an Điều without one. */
  'heading-late',
  /** A căn cứ behind the first numbered clause. */
  'basis-late',
  /** A level of the other numbering model: an Điều in a plan. */
  'foreign-level',
  /** The words begin with a number that the page prints by itself. */
  'typed-number',
  /** The words begin with a label that the decree does not know: `1.1.`, `A.`, `(a)`. */
  'unknown-label',
] as const
export type StructureProblem = (typeof STRUCTURE_PROBLEMS)[number]

type Placed = { id: string; level: BlockLevel; text: string }

/** Problems by id, in the order of {@link STRUCTURE_PROBLEMS}; ids without any are left out. @param clauses all, in order */
export function structureProblems(
  clauses: readonly Placed[],
  model: NumberingModel,
): Map<string, StructureProblem[]> {
  const levels = clauses.map(({ level }) => level)
  const parents = parentIndexes(levels)
  const siblings = new Map<number | null, BlockLevel>()
  const firstNumbered = levels.findIndex((level) => holds(level, 'text'))
  const found = new Map<string, StructureProblem[]>()
  clauses.forEach(({ id, level, text }, index) => {
    const up = parents[index] ?? null
    const parent = up === null ? null : (levels[up] ?? null)
    const before = siblings.get(up) ?? null
    if (holds(level, 'text')) siblings.set(up, level)
    const all = [
      aloneUnder(level, parent, model),
      before !== null && isLate(level, before) ? 'heading-late' : null,
      level === 'basis' && firstNumbered >= 0 && index > firstNumbered ? 'basis-late' : null,
      model === 'plan' && FOREIGN_TO_PLANS.includes(level) ? 'foreign-level' : null,
      level === 'table' ? null : labelProblem(text, model),
    ] as const
    const here = all.filter((problem) => problem !== null)
    if (here.length > 0) found.set(id, here)
  })
  return found
}

/** A khoản or điểm in front is named for itself: it stands alone there. */
const isLate = (level: BlockLevel, before: BlockLevel) =>
  level !== 'annex' && holds(level, before) && holds(before, 'paragraph')

const FOREIGN_TO_PLANS: readonly BlockLevel[] = ['chapter', 'subsection', 'article']

/** Under which heading a level belongs; an annex is a document of its own and holds anything but a điểm. */
function aloneUnder(
  level: BlockLevel,
  parent: BlockLevel | null,
  model: NumberingModel,
): StructureProblem | null {
  if (level === 'point') return parent === 'paragraph' ? null : 'point-alone'
  if (parent === 'annex') return null
  if (level === 'paragraph') {
    const home = model === 'plan' ? 'section' : 'article'
    return parent === home ? null : 'paragraph-alone'
  }
  if (level === 'subsection') return parent === 'section' ? null : 'subsection-alone'
  if (level === 'section' && model === 'articles')
    return parent === 'chapter' ? null : 'section-alone'
  return null
}

/** `1.1.`, `1.1 Tên`, `(a) …`, `A. …`, `Điều 4a.`; not `2.5 triệu` and not `31.12.2022`. */
const UNKNOWN =
  /^\s*(?:\d{1,2}(?:\.\d{1,2})+(?:[.)](?!\d)|\s+(?=\p{Lu}))|\((?:\d{1,2}|[a-zđ])\)\s|[A-H][.)]\s|(?:Điều|ĐIỀU)\s+\d{1,3}[a-zđ]\b)/u

function labelProblem(text: string, model: NumberingModel): StructureProblem | null {
  const line = text.slice(0, 80).normalize('NFC')
  const read = readLabel(line, model)
  if (read && read.length > 0 && read.length < line.length) return 'typed-number'
  return UNKNOWN.test(line) ? 'unknown-label' : null
}
