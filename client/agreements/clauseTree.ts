import type { ClauseView } from '../../shared/clauses/api.ts'

/** Headings and Điều: what has a row of marks for everything under it. */
const HEADS: readonly string[] = ['annex', 'part', 'chapter', 'section', 'subsection', 'article']

export const isHead = (clause: ClauseView): boolean =>
  HEADS.includes(clause.level) || clause.parentId === null

/** The clause and everything under it, in document order. */
export function withDescendants(clauses: readonly ClauseView[], id: string): readonly ClauseView[] {
  const start = clauses.findIndex((clause) => clause.id === id)
  return start === -1 ? [] : clauses.slice(start, endOf(clauses, start))
}

/** Where what is under the clause at `start` ends: it follows it without a gap. */
export function endOf(clauses: readonly ClauseView[], start: number): number {
  const inside = new Set([clauses[start]?.id])
  let end = start + 1
  for (; end < clauses.length; end += 1) {
    const { id, parentId } = clauses[end] as ClauseView
    if (parentId === null || !inside.has(parentId)) break
    inside.add(id)
  }
  return end
}

/** For an outline in which neighbouring legal bases are one entry: all of that entry. */
export function outlineGroup(clauses: readonly ClauseView[], id: string): readonly ClauseView[] {
  const start = clauses.findIndex((clause) => clause.id === id)
  if (clauses[start]?.level !== 'basis') return withDescendants(clauses, id)
  const rest = clauses.slice(start)
  const end = rest.findIndex(({ level }) => level !== 'basis')
  return end === -1 ? rest : rest.slice(0, end)
}
