import type { ClauseView } from '../../shared/clauses/api.ts'

/** Headings and Điều: what has a row of marks for everything under it. */
const HEADS: readonly string[] = ['annex', 'part', 'chapter', 'section', 'subsection', 'article']

export const isHead = (clause: ClauseView): boolean =>
  HEADS.includes(clause.level) || clause.parentId === null

/** The clause and everything under it, in document order. */
export function withDescendants(clauses: readonly ClauseView[], id: string): readonly ClauseView[] {
  const inside = new Set([id])
  return clauses.filter((clause) => {
    if (clause.parentId !== null && inside.has(clause.parentId)) inside.add(clause.id)
    return inside.has(clause.id)
  })
}

/** For an outline in which neighbouring legal bases are one entry: all of that entry. */
export function outlineGroup(clauses: readonly ClauseView[], id: string): readonly ClauseView[] {
  const start = clauses.findIndex((clause) => clause.id === id)
  if (clauses[start]?.level !== 'basis') return withDescendants(clauses, id)
  const rest = clauses.slice(start)
  const end = rest.findIndex(({ level }) => level !== 'basis')
  return end === -1 ? rest : rest.slice(0, end)
}
