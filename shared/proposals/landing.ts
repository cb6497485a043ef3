import type { BlockLevel } from '../clauses/clause.ts'
import type { PlacedClause } from '../clauses/describePlace.ts'
import { holds } from '../clauses/numbering.ts'

/** Where a moved clause comes to stand, as people would say it: behind the whole Điều 5, or first in it. */
export type Landing = { where: 'top' } | { where: 'after' | 'into'; clauseId: string }

/** @param after the block that it comes right behind; null at the top */
export function landingOf(
  clauses: readonly Omit<PlacedClause, 'label'>[],
  level: BlockLevel,
  after: string | null,
): Landing {
  if (after === null) return { where: 'top' }
  const byId = new Map(clauses.map((clause) => [clause.id, clause]))
  let clause = byId.get(after)
  if (!clause) return { where: 'after', clauseId: after }
  if (holds(clause.level, level)) return { where: 'into', clauseId: after }
  for (;;) {
    const parent = byId.get(clause.parentId ?? '')
    if (!parent || holds(parent.level, level)) return { where: 'after', clauseId: clause.id }
    clause = parent
  }
}
