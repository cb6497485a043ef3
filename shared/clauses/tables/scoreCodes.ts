import { canonicalText } from '../hash.ts'
import { roman } from '../numbering.ts'

/** One step of a code: in `I.1.a` the Roman I, the number 1, the letter a. */
export type CodeStep = { kind: 'roman' | 'number' | 'capital' | 'letter'; value: number }
export type Code = {
  /** From the top, also where the row names its last step alone. */
  path: readonly CodeStep[]
  /** The path as one string, and that of what it hangs under: empty at the top. */
  key: string
  parent: string
  /** As it is written. */
  text: string
}

/** The letters of a list run by the decree without f, j, w and z, and in old tables with them. */
const LETTERS = [...'abcdđefghijklmnopqrstuvwxyz']
const SKIPPED = 'fjwz'
const CAPITALS = LETTERS.map((letter) => letter.toUpperCase())
const MOST_STEPS = 6
/** UTF-16 units as written, looked at before any pattern is: dots without end would cost the square of their number. */
const LONGEST_WRITTEN = 100

const pathKey = (path: readonly CodeStep[]): string =>
  path.map(({ kind, value }) => `${kind}${value}`).join('.')

/** Whether a code can be the first among its siblings. */
export const isFirst = ({ value }: CodeStep): boolean => value === 1

/** Whether `step` is what comes behind `before`. */
export function follows(before: CodeStep, step: CodeStep): boolean {
  if (before.kind !== step.kind) return false
  if (step.kind === 'roman' || step.kind === 'number') return step.value === before.value + 1
  const between = LETTERS.slice(before.value, step.value - 1)
  return step.value > before.value && between.every((letter) => `đ${SKIPPED}`.includes(letter))
}

/**
 * Reads codes row by row. `I.1.a` says where it belongs; `1` under `I` and `a)` under `1` hang under what stands above
 * them, as tables number their sections anew.
 */
export function codeReader(): (text: string) => Code | null {
  let above: readonly CodeStep[] = []
  return (text) => {
    const steps = readSteps(text, above)
    const [first] = steps ?? []
    if (!steps || !first) return null
    const depth = above.findIndex(({ kind }) => kind === first.kind)
    above = [...above.slice(0, depth < 0 ? above.length : depth), ...steps].slice(0, MOST_STEPS)
    return {
      path: above,
      key: pathKey(above),
      parent: pathKey(above.slice(0, -1)),
      text: canonicalText(text).replace(/[.):]+$/u, ''),
    }
  }
}

function readSteps(text: string, above: readonly CodeStep[]): CodeStep[] | null {
  if (text.length > LONGEST_WRITTEN) return null
  const line = canonicalText(text).replace(/[.):]+$/u, '')
  if (line === '' || line.length > 24) return null
  const steps = line.split('.').map((piece) => readStep(piece.trim(), above))
  return steps.length <= MOST_STEPS && steps.every((step) => step !== null) ? steps : null
}

function readStep(piece: string, above: readonly CodeStep[]): CodeStep | null {
  if (/^\d{1,3}$/u.test(piece)) return { kind: 'number', value: Number(piece) }
  const capital = CAPITALS.indexOf(piece) + 1
  // C, D, I and V are letters behind B, C, H and U, and numbers elsewhere.
  const goesOn = above.some(
    (step) => step.kind === 'capital' && follows(step, { kind: 'capital', value: capital }),
  )
  const number = romanValue(piece)
  if (number !== null && !(capital > 0 && goesOn)) return { kind: 'roman', value: number }
  if (capital > 0) return { kind: 'capital', value: capital }
  const letter = LETTERS.indexOf(piece) + 1
  return letter > 0 ? { kind: 'letter', value: letter } : null
}

const MOST_ROMAN = 100
const ROMANS = new Map(Array.from({ length: MOST_ROMAN }, (_, n) => [roman(n + 1), n + 1]))

const romanValue = (piece: string): number | null => ROMANS.get(piece) ?? null
