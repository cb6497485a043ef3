import type { Sha256 } from '../../shared/base/ids.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { moveDown, moveUp, subtreeEnd, subtreeHash } from '../../shared/clauses/subtree.ts'

export const ACT_KINDS = ['up', 'down', 'merge', 'delete'] as const
export type ActKind = (typeof ACT_KINDS)[number]

/** What can be done to a clause with all under it; the server does it, one act after the other. */
export type ClauseAct =
  | { kind: 'up' | 'down'; clauseId: string; after: string | null }
  | { kind: 'merge'; clauseId: string }
  /** `hash`: fingerprint of what is on the screen; nothing that one has not seen is deleted. */
  | { kind: 'delete'; clauseId: string; hash: Sha256 }

const levelsOf = (clauses: readonly ClauseView[]) => clauses.map(({ level }) => level)

/** The clause with all that hangs under it; empty where it is not there. */
export function subtreeOf(
  clauses: readonly ClauseView[],
  clauseId: string | null,
): readonly ClauseView[] {
  const index = clauses.findIndex(({ id }) => id === clauseId)
  return index < 0 ? [] : clauses.slice(index, subtreeEnd(levelsOf(clauses), index))
}

/** Who of the others is in there, each named once. */
export const namesIn = (
  carets: ReadonlyMap<string, readonly { name: string }[]>,
  subtree: readonly ClauseView[],
): string[] => [
  ...new Set(subtree.flatMap(({ id }) => (carets.get(id) ?? []).map(({ name }) => name))),
]

/** Clauses that will not be there any more. */
export function goingIds(
  kind: ActKind,
  clauses: readonly ClauseView[],
  clauseId: string,
): readonly string[] {
  if (kind === 'delete') return subtreeOf(clauses, clauseId).map(({ id }) => id)
  if (kind !== 'merge') return []
  const above = clauses[clauses.findIndex(({ id }) => id === clauseId) - 1]
  // An empty one goes itself: an id belongs to its text (`joinToPrevious`).
  const goesItself = above?.text === '' && clauses.find(({ id }) => id === clauseId)?.text !== ''
  return [goesItself ? above.id : clauseId]
}

/** Clauses whose words would change, or go. */
export function rewrittenIds(
  kind: ActKind,
  clauses: readonly ClauseView[],
  clauseId: string,
): readonly string[] {
  if (kind !== 'merge') return goingIds(kind, clauses, clauseId)
  const above = clauses[clauses.findIndex(({ id }) => id === clauseId) - 1]
  return above ? [above.id, clauseId] : []
}

/** Null where it cannot be done. */
export function actOn(
  kind: ActKind,
  clauses: readonly ClauseView[],
  clauseId: string | null,
): ClauseAct | null {
  const index = clauses.findIndex(({ id }) => id === clauseId)
  const clause = clauses[index]
  if (!clause) return null
  const { id } = clause
  if (kind === 'delete') {
    const subtree = subtreeOf(clauses, id)
    const leavesNothing = subtree.length === clauses.length
    return leavesNothing ? null : { kind, clauseId: id, hash: subtreeHash(subtree) }
  }
  if (kind === 'merge') {
    const above = clauses[index - 1]
    const mergeable = above && above.level !== 'table' && clause.level !== 'table'
    return mergeable ? { kind, clauseId: id } : null
  }
  const target = (kind === 'up' ? moveUp : moveDown)(levelsOf(clauses), index)
  if (!target) return null
  const after = target.after === null ? null : (clauses[target.after]?.id ?? null)
  return { kind, clauseId: id, after }
}
