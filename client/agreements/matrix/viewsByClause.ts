import type { PersonalView } from '../../../shared/agreements/api.ts'

export function viewsByClause(
  views: readonly PersonalView[],
): ReadonlyMap<string, readonly PersonalView[]> {
  const byClause = new Map<string, PersonalView[]>()
  for (const view of views) {
    const known = byClause.get(view.clauseId)
    if (known) known.push(view)
    else byClause.set(view.clauseId, [view])
  }
  return byClause
}

/** Of one clause, those of people of this agency. */
export const viewsOf = (
  views: readonly PersonalView[] | undefined,
  agencyId: string | null,
): readonly PersonalView[] => (views ?? []).filter((view) => view.agencyId === agencyId)
