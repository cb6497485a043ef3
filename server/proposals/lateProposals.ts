import * as Y from 'yjs'
import type { Actor } from '../../shared/accounts/account.ts'
import { ClauseId } from '../../shared/base/ids.ts'
import type { Block } from '../../shared/clauses/clause.ts'
import { CLAUSE_LIMIT } from '../../shared/clauses/limits.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { type BlockChange, diffBlocks } from '../../shared/proposals/diffBlocks.ts'
import { findActor } from '../accounts/actorStore.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import type { Reader } from '../platform/database.ts'
import { earlierBytes, isTakenUp, type LateRow } from './lateUpdateStore.ts'
import { insertProposals, type ProposalRow } from './proposalStore.ts'
import { reconcileLate, saidBy } from './reconcileLate.ts'

/** Nobody writes more clauses than these in the moment of a lock; more is an attack on whoever must read them. */
const ITEMS_LIMIT = 500

/**
 * Makes proposals of what somebody wrote after the lock, one per clause: the bytes are tried on a copy of the locked
 * text and compared with it. Doing it again makes nothing twice, nor does the same change sent twice. What a tab
 * sends in pieces is read together, and a later piece replaces what is still open of the earlier ones.
 */
export async function recordLateUpdate(
  { platform, rooms }: AppDeps,
  late: { id: string; documentId: string },
): Promise<void> {
  const { database, clock, newId, log } = platform
  const row = await database.read
    .selectFrom('late_update')
    .selectAll()
    .where('id', '=', late.id)
    .executeTakeFirstOrThrow()
  const locked = await lockedState(database.read, row)
  const earlier = await earlierBytes(database.read, row)
  const changes = lateChanges(locked, [...earlier, row.bytes], newId)
  const recorded = await database.write(async (tx) => {
    const author = await findActor(tx, row.account_id, clock())
    const document = await tx
      .selectFrom('document')
      .select('bloc_id')
      .where('id', '=', row.document_id)
      .executeTakeFirstOrThrow()
    // Disabled in the very moment: the bytes stay, and nobody is there to answer for them.
    if (!author?.agencyId) return 0
    if (await isTakenUp(tx, row)) return 0
    const { fresh, replaced, withdrawn } = await reconcileLate(tx, row, changes, clock())
    const recorded = fresh.length + replaced.length + withdrawn.length
    if (recorded === 0) return 0
    if (fresh.length > 0)
      await insertProposals(
        tx,
        fresh.map((change, index) => ({
          ...proposalRow(change, row, { ...author, id: newId() }),
          // A millisecond apart, so that lists keep the order of the text.
          at: row.at + index,
        })),
      )
    await appendAudit(tx, {
      blocId: document.bloc_id,
      at: row.at,
      actor: author,
      event: 'proposal.late',
      subject: row.document_id,
      facts: {
        lateUpdateId: row.id,
        sha256: row.sha256,
        proposals: fresh.length,
        ...(replaced.length > 0 && { replaced }),
        ...(withdrawn.length > 0 && { withdrawn }),
      },
    })
    return recorded
  })
  log.info({ documentId: late.documentId, lateId: late.id, proposals: recorded }, 'late.recorded')
  if (recorded > 0) rooms.notify(late.documentId, { type: 'proposal' })
}

/** Takes up what a crash kept from becoming proposals; the bytes were on disk before. */
export async function resumeLateUpdates(deps: AppDeps): Promise<void> {
  const waiting = await deps.platform.database.read
    .selectFrom('late_update')
    .leftJoin('proposal', 'proposal.late_update_id', 'late_update.id')
    .select(['late_update.id', 'late_update.document_id'])
    .where('proposal.id', 'is', null)
    .orderBy('late_update.at')
    .execute()
  for (const { id, document_id } of waiting) {
    try {
      await recordLateUpdate(deps, { id, documentId: document_id })
    } catch (cause) {
      // The bytes stay where they are; what nobody can read must not keep the server from starting.
      deps.platform.log.error({ err: cause, lateId: id }, 'late.failed')
    }
  }
}

/** @throws when there is no such lock: nothing is late without one */
async function lockedState(db: Reader, late: LateRow): Promise<Uint8Array> {
  const version = await db
    .selectFrom('version')
    .select('bytes')
    .where('document_id', '=', late.document_id)
    .where('epoch', '=', late.epoch)
    .where('kind', '=', 'lock')
    .where('revision', '=', late.base_revision)
    .orderBy('at', 'desc')
    .executeTakeFirstOrThrow()
  return version.bytes
}

/** What could not be joined to the locked text, for lack of something in between, is not there to be compared. */
function lateChanges(
  locked: Uint8Array,
  updates: readonly Uint8Array[],
  newId: () => string,
): BlockChange[] {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, locked)
    const before: Block[] = readBody(doc)
    for (const update of updates) Y.applyUpdate(doc, update)
    return diffBlocks(before, readBody(doc), newId).filter(canBeSaid).slice(0, ITEMS_LIMIT)
  } finally {
    doc.destroy()
  }
}

/** Clauses of a well-meaning editor can all be named in the contract's terms. */
const canBeSaid = (change: BlockChange) =>
  saidBy(change).text.length <= CLAUSE_LIMIT &&
  [change.clauseId, saidBy(change).after_clause_id ?? change.clauseId].every(
    (id) => ClauseId.safeParse(id).success,
  )

const proposalRow = (
  change: BlockChange,
  late: LateRow,
  { id, userId, agencyId }: Actor & { id: string },
): ProposalRow => ({
  id,
  document_id: late.document_id,
  ...saidBy(change),
  origin: 'late',
  status: 'open',
  late_update_id: late.id,
  account_id: userId,
  agency_id: agencyId ?? '',
  at: late.at,
  decided_by: null,
  decided_at: null,
  reason: null,
  content: null,
  note: null,
  batch_id: null,
  accepted_revision: null,
})
