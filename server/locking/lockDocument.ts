import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { advance } from '../../shared/documents/lifecycle.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { writeOnText } from '../documents/writeOnText.ts'
import { lifecycleOf, saveLifecycle } from '../signing/signingStore.ts'
import { gatherBlockers } from './readiness.ts'

/**
 * [LC1, LC2] In one transaction, while no word comes in: asks the rules, takes the version, records the hashes and
 * closes the text. After its commit the update log takes nothing more.
 * @param revision what the lead has seen; a text that has moved on since is refused
 * @throws {AppError} document/wrong-phase, document/stale-revision, document/not-ready with `blockers`
 */
export async function lockDocument(
  deps: AppDeps,
  { documentId, actor, revision }: { documentId: string; actor: Actor; revision?: number },
): Promise<void> {
  const { clock, newId } = deps.platform
  await writeOnText(deps, documentId, async (tx, { document, text, now }) => {
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
        content: JSON.stringify({ blocks: text.blocks, fields: printedFields(document) }),
        content_hash: now.contentHash,
        structure_hash: now.structureHash,
        account_id: actor.userId,
        at,
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
  })
  deps.rooms.notify(documentId, { type: 'phase', phase: 'locked', by: actor.name })
  deps.rooms.notify(documentId, { type: 'version' })
}

const printedFields = ({ title, place, recipients, signingTitles }: DocumentRecord) => ({
  title,
  place,
  recipients,
  signingTitles,
})
