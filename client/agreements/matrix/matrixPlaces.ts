import type { ClauseView } from '../../../shared/clauses/api.ts'

/** How a row of the matrix is headed. */
export type MatrixPlace = {
  /** `khoản 1 Điều 2`: the whole of it, for whoever hears it. */
  place: string
  /** The printed number, or what it is where there is none. */
  label: string
  /** The beginning of its words. */
  text: string
  /** How many clauses it hangs under. */
  depth: number
}

const WORDS = 90

/** By clause id. What is no clause, as the structure, is headed by its name. */
export function matrixPlaces(
  clauses: readonly ClauseView[],
  ids: readonly string[],
  placeOf: (clauseId: string) => string,
): ReadonlyMap<string, MatrixPlace> {
  const depths = new Map<string, number>()
  const byId = new Map(clauses.map((clause) => [clause.id, clause]))
  return new Map(
    ids.map((id) => {
      const clause = byId.get(id)
      const parent = clause?.parentId ?? null
      const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1
      depths.set(id, depth)
      const place = placeOf(id)
      const text = (clause?.text ?? '').replace(/\s+/g, ' ').trim().slice(0, WORDS)
      return [id, { place, label: clause?.label || (text === '' ? place : ''), text, depth }]
    }),
  )
}
