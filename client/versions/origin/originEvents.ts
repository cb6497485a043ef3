import type { PersonRef } from '../../../shared/base/contract.ts'
import type { BracketDecision } from '../../../shared/brackets/api.ts'
import type { ClauseOrigin } from '../../../shared/versions/api.ts'

export type OriginEvent = { at: string; by: PersonRef } & (
  | { kind: 'brought' | 'restored' }
  | { kind: 'proposed'; id: string; what: string }
  | { kind: 'decided'; id: string; status: string }
  | { kind: 'talked'; id: string; status: string }
  | { kind: 'position'; agencyId: string; position: string }
  | { kind: 'settled'; outcome: BracketDecision['outcome']; chosen: string }
)

/** All that has happened to a clause, as far as one may know, in the order of time. */
export function originEvents(
  { first, proposals, threads, positions, restores }: ClauseOrigin,
  decisions: readonly BracketDecision[],
): OriginEvent[] {
  const events: OriginEvent[] = [
    ...(first ? [{ kind: 'brought' as const, ...first }] : []),
    ...proposals.flatMap(({ id, kind: what, status, by, at, decided }): OriginEvent[] => [
      { kind: 'proposed', id, what, by, at },
      ...(decided ? [{ kind: 'decided' as const, id, status, ...decided }] : []),
    ]),
    ...threads.map((thread) => ({ kind: 'talked' as const, ...thread })),
    ...positions.map((position) => ({ kind: 'position' as const, ...position })),
    ...restores.map((restore) => ({ kind: 'restored' as const, ...restore })),
    ...decisions.map(({ by, at, outcome, chosen }) => ({
      kind: 'settled' as const,
      by,
      at,
      outcome,
      chosen,
    })),
  ]
  // A stable sort keeps the order above among those of one moment.
  return events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
