import {
  type AgreementBlocker,
  agreementBlockers,
  clauseStandings,
  STRUCTURE,
} from '../../shared/agreements/agreement.ts'
import type { PositionView } from '../../shared/agreements/api.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { contentHash, structureHash } from '../../shared/clauses/hash.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import { isSettled, type Marks } from './marks.ts'

export type Agreement = {
  /** Hashes of the words on the screen, which the person agrees to. */
  structureHash: string
  contentHash: string
  /** Marks by clause id in document order, the structure last. */
  rows: ReadonlyMap<string, Marks>
  blockers: readonly AgreementBlocker[]
  settled: number
  total: number
}

/** The matrix clause × agency for the text as it stands here: marks fall the moment a character is typed. */
export function agreementOf(
  document: DocumentView,
  clauses: readonly ClauseView[],
  positions: readonly PositionView[],
): Agreement {
  const structure = structureHash(clauses, document)
  const input = {
    policy: document.agreementPolicy,
    parties: document.parties,
    clauses: [...clauses, { id: STRUCTURE, hash: structure }],
    positions,
  }
  const standings = clauseStandings(input)
  const rows = new Map<string, Marks>(standings.map(({ clauseId, marks }) => [clauseId, marks]))
  return {
    structureHash: structure,
    contentHash: contentHash(
      clauses.map(({ hash }) => hash),
      structure,
    ),
    rows,
    blockers: agreementBlockers(input),
    settled: [...rows.values()].filter((marks) => isSettled(marks, document.agreementPolicy))
      .length,
    total: rows.size,
  }
}
