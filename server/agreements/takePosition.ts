import type { BlocActor } from '../../shared/accounts/account.ts'
import { type PositionWord, staleWord } from '../../shared/agreements/agreement.ts'
import { AppError } from '../../shared/base/errors.ts'
import { appendAudit } from '../audit/auditStore.ts'
import { demandDrafting } from '../authorize.ts'
import type { Standing } from '../documents/writeOnText.ts'
import type { Tx } from '../platform/database.ts'
import { keepAgreedWords } from './agreedWords.ts'
import { agreedHashes } from './positionStore.ts'

export type Taking = {
  actor: BlocActor
  position: PositionWord
  note: string | null
  at: number
}

/**
 * Records an agency's word on one clause or on the structure, with the hash that stands now.
 * @throws {AppError} document/wrong-phase, clause/not-found, position/stale-hash with the current `hash`
 */
export async function takePosition(
  tx: Tx,
  standing: Standing,
  { clauseId, hash, ...taking }: Taking & { clauseId: string; hash: string },
): Promise<void> {
  const { document, now } = standing
  const { actor, position, note, at } = taking
  demandDrafting(document)
  demandCurrent({ clauseId, hash }, agreedHashes(now))
  await tx
    .deleteFrom('position')
    .where('document_id', '=', document.id)
    .where('clause_id', '=', clauseId)
    .where('agency_id', '=', actor.agencyId ?? '')
    .execute()
  await insertPositions(tx, standing, [[clauseId, hash]], taking)
  await appendAudit(tx, {
    blocId: document.blocId,
    at,
    actor,
    event: 'position.taken',
    subject: document.id,
    facts: { clauseId, position, hash, ...(note !== null && { note }) },
  })
}

/**
 * The agency's one word on everything: whatever it said before, also of clauses that are gone, is overwritten.
 * @throws {AppError} document/wrong-phase, position/stale-hash with the current `contentHash`
 */
export async function takeAllPositions(
  tx: Tx,
  standing: Standing,
  { contentHash, ...taking }: Taking & { contentHash: string },
): Promise<void> {
  const { document, now } = standing
  const { actor, position, note, at } = taking
  demandDrafting(document)
  if (contentHash !== now.contentHash)
    throw new AppError('position/stale-hash', { contentHash: now.contentHash })
  await tx
    .deleteFrom('position')
    .where('document_id', '=', document.id)
    .where('agency_id', '=', actor.agencyId ?? '')
    .execute()
  await insertPositions(tx, standing, [...agreedHashes(now)], taking)
  await appendAudit(tx, {
    blocId: document.blocId,
    at,
    actor,
    event: 'positions.taken',
    subject: document.id,
    facts: { position, contentHash: now.contentHash, ...(note !== null && { note }) },
  })
}

/** @throws {AppError} clause/not-found, position/stale-hash with the current `hash` */
export function demandCurrent(
  word: { clauseId: string; hash: string },
  hashes: ReadonlyMap<string, string>,
): void {
  const stale = staleWord(word, hashes)
  if (stale?.code === 'position/stale-hash') throw new AppError(stale.code, { hash: stale.hash })
  if (stale) throw new AppError(stale.code)
}

/** SQLite takes no more than 32,766 values in one statement. */
const ROWS_AT_ONCE = 1_000

async function insertPositions(
  tx: Tx,
  standing: Pick<Standing, 'document' | 'text'>,
  hashes: readonly (readonly [string, string])[],
  { actor, position, note, at }: Taking,
): Promise<void> {
  if (position === 'none') return
  await keepAgreedWords(tx, standing, hashes)
  for (let first = 0; first < hashes.length; first += ROWS_AT_ONCE)
    await tx
      .insertInto('position')
      .values(
        hashes.slice(first, first + ROWS_AT_ONCE).map(([clauseId, hash]) => ({
          document_id: standing.document.id,
          clause_id: clauseId,
          agency_id: actor.agencyId ?? '',
          position,
          hash,
          account_id: actor.userId,
          at,
          note,
        })),
      )
      .execute()
}
