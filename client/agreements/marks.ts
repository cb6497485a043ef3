import { type AgencyMark, threshold } from '../../shared/agreements/agreement.ts'
import type { PositionView } from '../../shared/agreements/api.ts'
import type { AgreementPolicy } from '../../shared/documents/document.ts'

export type Mark = AgencyMark<PositionView>
export type Marks = readonly Mark[]
export type MarkState = Mark['state']

/** From what stops a lock to what lets it pass: the first one found stands for a whole Điều. */
const WORST_FIRST: readonly MarkState[] = ['objects', 'outdated', 'none', 'reserved', 'agreed']

/** One row of marks for several clauses: for each agency its worst. All rows are in the same order of agencies. */
export function worstMarks(rows: readonly Marks[]): Marks {
  const [first, ...others] = rows
  if (!first) return []
  if (others.length === 0) return first
  return first.map((mark, i) =>
    others.reduce<Mark>((worst, row) => worse(worst, row[i] ?? worst), mark),
  )
}

const worse = (a: Mark, b: Mark) =>
  WORST_FIRST.indexOf(b.state) < WORST_FIRST.indexOf(a.state) ? b : a

/**
 * The same rows, and the very same object wherever nothing has changed: whatever shows it need not be drawn anew.
 * @param before rows of an earlier text
 */
export function keptRows(
  before: ReadonlyMap<string, Marks>,
  rows: ReadonlyMap<string, Marks>,
): ReadonlyMap<string, Marks> {
  const same = (one: Marks, other: Marks) =>
    one.length === other.length &&
    one.every((mark, i) => {
      const { agencyId, state, position } = other[i] ?? mark
      return mark.agencyId === agencyId && mark.state === state && mark.position === position
    })
  return new Map(
    [...rows].map(([id, marks]) => {
      const known = before.get(id)
      return [id, known && same(known, marks) ? known : marks]
    }),
  )
}

export const consents = (marks: Marks): number =>
  marks.filter(({ state }) => state === 'agreed' || state === 'reserved').length

/** Whether this clause is settled under the policy: the same count that `agreementBlockers` makes. */
export function isSettled(marks: Marks, policy: AgreementPolicy): boolean {
  const current = marks.every(({ state }) => state !== 'none' && state !== 'outdated')
  const needed = policy === 'all' ? marks.length : threshold(marks.length)
  return current && consents(marks) >= needed
}

export const markOf = (marks: Marks, agencyId: string | null): Mark | undefined =>
  marks.find((mark) => mark.agencyId === agencyId)

/** Clauses on which this agency has not spoken, or has spoken of other words; in document order. */
export const waitingFor = (
  rows: ReadonlyMap<string, Marks>,
  agencyId: string | null,
): readonly string[] =>
  [...rows].flatMap(([clauseId, marks]) => {
    const state = markOf(marks, agencyId)?.state
    return state === 'none' || state === 'outdated' ? [clauseId] : []
  })

/** Words of this agency that a whole-document consent would replace. */
export const replacedByConsent = (
  rows: ReadonlyMap<string, Marks>,
  agencyId: string | null,
): number =>
  [...rows.values()].filter((marks) => {
    const position = markOf(marks, agencyId)?.position?.position
    return position === 'reserved' || position === 'objects'
  }).length
