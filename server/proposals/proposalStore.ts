import type { Insertable, Selectable } from 'kysely'
import type { AgencyId, ClauseId, ProposalId, Sha256 } from '../../shared/base/ids.ts'
import { sayCarried } from '../../shared/clauses/carriedText.ts'
import type { SayReference } from '../../shared/clauses/clause.ts'
import { ProposalView } from '../../shared/proposals/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'
import { supportersOf } from './supportStore.ts'

export type ProposalRow = Selectable<Schema['proposal']>

export const findProposal = (db: Reader | Tx, id: string): Promise<ProposalRow | undefined> =>
  db.selectFrom('proposal').selectAll().where('id', '=', id).executeTakeFirst()

export const proposalsOf = (db: Reader | Tx, documentId: string): Promise<ProposalRow[]> =>
  db
    .selectFrom('proposal')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('at')
    .orderBy('id')
    .execute()

/** In the order they were made. */
export async function openProposalsOf(
  db: Reader | Tx,
  documentId: string,
): Promise<{ id: string; clauseId: string; origin: string; proposerId: string }[]> {
  const rows = await db
    .selectFrom('proposal')
    .select(['id', 'clause_id', 'origin', 'account_id'])
    .where('document_id', '=', documentId)
    .where('status', '=', 'open')
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, clause_id, origin, account_id }) => ({
    id,
    clauseId: clause_id,
    origin,
    proposerId: account_id,
  }))
}

export const insertProposals = (tx: Tx, rows: readonly Insertable<Schema['proposal']>[]) =>
  tx
    .insertInto('proposal')
    .values([...rows])
    .execute()

export async function viewProposals(
  db: Reader | Tx,
  rows: readonly ProposalRow[],
  say: SayReference,
): Promise<ProposalView[]> {
  const person = await findPeople(
    db,
    rows.flatMap(({ account_id, decided_by }) => [account_id, decided_by ?? account_id]),
  )
  const supporters = await supportersOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    return ProposalView.parse({
      id: row.id as ProposalId,
      clauseId: row.clause_id as ClauseId,
      kind: row.kind,
      ...(row.after_clause_id !== null && { afterClauseId: row.after_clause_id as ClauseId }),
      ...(row.base_hash !== null && { baseHash: row.base_hash as Sha256 }),
      text: sayCarried(row.text, say),
      ...(row.content !== null && { content: JSON.parse(row.content) }),
      ...(row.base_text !== null && { baseText: sayCarried(row.base_text, say) }),
      ...(row.level !== null && { level: row.level }),
      origin: row.origin,
      status: row.status,
      author: person(row.account_id),
      agencyId: row.agency_id as AgencyId,
      at: new Date(row.at).toISOString(),
      ...(row.decided_by !== null && { decidedBy: person(row.decided_by) }),
      ...(row.decided_at !== null && { decidedAt: new Date(row.decided_at).toISOString() }),
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.note !== null && { note: row.note }),
      ...(row.batch_id !== null && { batchId: row.batch_id }),
      supporters: supporters.get(row.id) ?? [],
    })
  })
}
