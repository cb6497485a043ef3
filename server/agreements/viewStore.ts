import type { BlocActor } from '../../shared/accounts/account.ts'
import { PositionWord, standing } from '../../shared/agreements/agreement.ts'
import { PersonalView } from '../../shared/agreements/api.ts'
import type { ClausesView } from '../../shared/clauses/viewClauses.ts'
import { findPeople } from '../accounts/accountStore.ts'
import { demandDrafting } from '../authorize.ts'
import type { Standing } from '../documents/writeOnText.ts'
import type { Reader, Tx } from '../platform/database.ts'
import { agreedHashes } from './positionStore.ts'
import { demandCurrent } from './takePosition.ts'

/** Personal views of a document, by agency and person; what they count for is nothing. */
export async function viewViews(
  db: Reader | Tx,
  documentId: string,
  now: ClausesView,
): Promise<PersonalView[]> {
  const hashes = agreedHashes(now)
  const rows = await db
    .selectFrom('personal_view')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('at')
    .orderBy('account_id')
    .execute()
  const person = await findPeople(
    db,
    rows.map(({ account_id }) => account_id),
  )
  return rows.map((row) =>
    PersonalView.parse({
      clauseId: row.clause_id,
      agencyId: row.agency_id,
      view: PositionWord.parse(row.view),
      hash: row.hash,
      standing: standing(row.hash, hashes.get(row.clause_id) ?? ''),
      by: person(row.account_id),
      at: new Date(row.at).toISOString(),
      ...(row.note !== null && { note: row.note }),
    }),
  )
}

/**
 * Records what a person thinks of the words that stand now. No entry in the audit chain: it has no legal weight.
 * @throws {AppError} document/wrong-phase, clause/not-found, position/stale-hash with the current `hash`
 */
export async function leaveView(
  tx: Tx,
  { document, now }: Standing,
  left: {
    actor: BlocActor
    clauseId: string
    view: PositionWord
    hash: string
    note: string | null
    at: number
  },
): Promise<void> {
  const { actor, clauseId, view, hash, note, at } = left
  demandDrafting(document)
  demandCurrent(left, agreedHashes(now))
  await tx
    .deleteFrom('personal_view')
    .where('document_id', '=', document.id)
    .where('clause_id', '=', clauseId)
    .where('account_id', '=', actor.userId)
    .execute()
  if (view === 'none') return
  await tx
    .insertInto('personal_view')
    .values({
      document_id: document.id,
      clause_id: clauseId,
      account_id: actor.userId,
      agency_id: actor.agencyId ?? '',
      view,
      hash,
      at,
      note,
    })
    .execute()
}
