import {
  PositionWord,
  STRUCTURE,
  type StoredPosition,
  standing,
} from '../../shared/agreements/agreement.ts'
import { Positions, type PositionView } from '../../shared/agreements/api.ts'
import type { AgencyId, Sha256 } from '../../shared/base/ids.ts'
import type { ClausesView } from '../../shared/clauses/viewClauses.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** When a position on these words of a clause or the structure was first taken, ms; null where no row names them. */
export async function firstTaken(
  db: Reader,
  { documentId, clauseId, hash }: { documentId: string; clauseId: string; hash: string },
): Promise<number | null> {
  const row = await db
    .selectFrom('position')
    .select('at')
    .where('document_id', '=', documentId)
    .where('clause_id', '=', clauseId)
    .where('hash', '=', hash)
    .orderBy('at')
    .executeTakeFirst()
  return row?.at ?? null
}

export async function positionsOf(
  db: Reader | Tx,
  documentId: string,
): Promise<(StoredPosition & { accountId: string; at: number; note: string | null })[]> {
  const rows = await db
    .selectFrom('position')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('agency_id')
    .orderBy('clause_id')
    .execute()
  return rows.map((row) => ({
    clauseId: row.clause_id,
    agencyId: row.agency_id,
    position: PositionWord.parse(row.position),
    hash: row.hash,
    accountId: row.account_id,
    at: row.at,
    note: row.note,
  }))
}

/** Everything that is agreed to, and the hash it has now; the structure comes last. */
export function agreedHashes({ clauses, structureHash }: ClausesView): Map<string, Sha256> {
  const hashes = new Map<string, Sha256>(clauses.map(({ id, hash }) => [id, hash]))
  // The structure keeps its name even against a clause that calls itself so.
  hashes.delete(STRUCTURE)
  return hashes.set(STRUCTURE, structureHash)
}

export async function viewPositions(
  db: Reader | Tx,
  documentId: string,
  now: ClausesView,
): Promise<{ positions: PositionView[] }> {
  const hashes = agreedHashes(now)
  const stored = await positionsOf(db, documentId)
  const person = await findPeople(
    db,
    stored.map(({ accountId }) => accountId),
  )
  return Positions.parse({
    positions: stored.map(({ clauseId, agencyId, position, hash, accountId, at, note }) => ({
      clauseId,
      agencyId: agencyId as AgencyId,
      position,
      hash: hash as Sha256,
      standing: standing(hash, hashes.get(clauseId) ?? ''),
      by: person(accountId),
      at: new Date(at).toISOString(),
      ...(note !== null && { note }),
    })),
  })
}
