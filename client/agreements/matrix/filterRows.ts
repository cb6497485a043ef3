import { type MarkState, type Marks, markOf } from '../marks.ts'

export const MARK_STATES = ['agreed', 'reserved', 'objects', 'outdated', 'none'] as const

/** What of the matrix is asked for; null asks for nothing. */
export type MatrixFilter = {
  /** Alone: rows on which this agency has not consented to the words as they are. */
  agencyId: string | null
  /** With an agency: rows where it stands like this; without one: rows where any does. */
  state: MarkState | null
  /** Only rows that wait for the reader's own agency. */
  mine: boolean
}

export const EVERYTHING: MatrixFilter = { agencyId: null, state: null, mine: false }

/**
 * Ids of the rows that are asked for, in document order.
 * @param waiting rows that wait for the reader's agency
 */
export function filterRows(
  rows: ReadonlyMap<string, Marks>,
  filter: MatrixFilter,
  waiting: readonly string[],
): string[] {
  const own = new Set(waiting)
  return [...rows].flatMap(([clauseId, marks]) => {
    if (filter.mine && !own.has(clauseId)) return []
    return isAskedFor(marks, filter) ? [clauseId] : []
  })
}

function isAskedFor(marks: Marks, { agencyId, state }: MatrixFilter): boolean {
  if (agencyId === null) return state === null || marks.some((mark) => mark.state === state)
  const found = markOf(marks, agencyId)?.state
  return state === null ? found !== 'agreed' && found !== 'reserved' : found === state
}
