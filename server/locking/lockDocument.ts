import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { advance } from '../../shared/documents/lifecycle.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import { clausesAt } from '../clauses/currentClauses.ts'
import { type OtherTexts, otherTexts, sayingsOf } from '../clauses/otherTexts.ts'
import { type DocumentRecord, findDocument } from '../documents/documentStore.ts'
import { type Standing, writeOnText } from '../documents/writeOnText.ts'
import type { Tx } from '../platform/database.ts'
import { lifecycleOf, saveLifecycle } from '../signing/signingStore.ts'
import { gatherBlockers } from './readiness.ts'

type Lock = { documentId: string; actor: Actor; revision?: number }

/** Other documents that somebody is writing in may move on between our look at them and the lock. */
const LOOKS = 5

/**
 * [LC1, LC2] In one transaction, while no word comes in: asks the rules, takes the version, records the hashes and
 * closes the text. After its commit the update log takes nothing more. What its references to other documents say is
 * kept with the version, as those documents stand in the same transaction.
 * @param revision what the lead has seen; a text that has moved on since is refused
 * @throws {AppError} document/wrong-phase, document/stale-revision, document/not-ready with `blockers`; server/busy
 * when the documents that it refers to don't stand still for a moment
 */
export async function lockDocument(deps: AppDeps, lock: Lock): Promise<void> {
  const { documentId, actor } = lock
  for (let looks = 1; ; looks += 1) {
    const others = await lookAtOthers(deps, documentId)
    const isLocked = await writeOnText(deps, documentId, async (tx, standing) => {
      if (!(await others.isCurrent(tx, standing.text.blocks))) return false
      await lockAsItStands(deps, lock, tx, standing, others)
      return true
    })
    if (isLocked) break
    if (looks === LOOKS) throw new AppError('server/busy')
  }
  deps.rooms.notify(documentId, { type: 'phase', phase: 'locked', by: actor.name })
  deps.rooms.notify(documentId, { type: 'version' })
}

async function lookAtOthers(deps: AppDeps, documentId: string): Promise<OtherTexts> {
  const document = await findDocument(deps.platform.database.read, documentId)
  if (!document) throw new AppError('document/not-found')
  return otherTexts(deps, document, (await deps.rooms.read(documentId)).blocks)
}

async function lockAsItStands(
  { platform: { clock, newId } }: AppDeps,
  { actor, revision }: Lock,
  tx: Tx,
  { document, text }: Standing,
  others: OtherTexts,
): Promise<void> {
  const now = clausesAt(document, text, others)
  if (document.phase === 'drafting' && revision !== undefined && revision !== text.revision)
    throw new AppError('document/stale-revision', { revision: text.revision })
  const result = advance(
    lifecycleOf(document, []),
    { type: 'lock', content: now.contentHash },
    { places: [], lockBlockers: await gatherBlockers(tx, document, now) },
  )
  if (!result.ok) throw new AppError(result.code, result.details)
  const at = clock()
  const version = newId()
  const elsewhere = sayingsOf(text.blocks, others.elsewhere)
  const content = {
    blocks: text.blocks,
    fields: printedFields(document),
    ...(Object.keys(elsewhere).length > 0 && { elsewhere }),
  }
  await tx
    .insertInto('version')
    .values({
      id: version,
      document_id: document.id,
      epoch: text.epoch,
      revision: text.revision,
      kind: 'lock',
      name: null,
      bytes: Buffer.from(text.encodeState()),
      content: JSON.stringify(content),
      content_hash: now.contentHash,
      structure_hash: now.structureHash,
      account_id: actor.userId,
      at,
      carried: null,
      restored_version: null,
      restored_clause: null,
    })
    .execute()
  await saveLifecycle(tx, document.id, result.value)
  await tx
    .updateTable('document')
    .set({
      locked_at: at,
      locked_content: now.contentHash,
      locked_structure: now.structureHash,
      locked_version: version,
    })
    .where('id', '=', document.id)
    .execute()
  await appendAudit(tx, {
    blocId: document.blocId,
    at,
    actor,
    event: 'document.locked',
    subject: document.id,
    facts: {
      version,
      revision: text.revision,
      contentHash: now.contentHash,
      structureHash: now.structureHash,
    },
  })
}

const printedFields = ({ title, place, recipients, signingTitles }: DocumentRecord) => ({
  title,
  place,
  recipients,
  signingTitles,
})
