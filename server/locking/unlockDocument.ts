import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { advance } from '../../shared/documents/lifecycle.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import { findDocument } from '../documents/documentStore.ts'
import { clearSealedFile, lifecycleOf, placesOf, saveLifecycle } from '../signing/signingStore.ts'

/**
 * [LC5, LC6] Opens the text again while nobody has signed. The lineage of the text stays, so positions on unchanged
 * words count again at once; an unsigned sealed file has nothing to prove and is forgotten.
 * @throws {AppError} document/wrong-phase, document/already-signed
 */
export async function unlockDocument(
  { platform, rooms }: AppDeps,
  { documentId, actor, reason }: { documentId: string; actor: Actor; reason: string },
): Promise<void> {
  const { database, clock } = platform
  await database.write(async (tx) => {
    const document = await findDocument(tx, documentId)
    if (!document) throw new AppError('document/not-found')
    const places = await placesOf(tx, documentId)
    const result = advance(
      lifecycleOf(document, places),
      { type: 'unlock', reason },
      { places: places.map(({ id }) => id), lockBlockers: [] },
    )
    if (!result.ok) throw new AppError(result.code, result.details)
    await saveLifecycle(tx, document.id, result.value)
    await clearSealedFile(tx, document.id)
    await tx
      .updateTable('document')
      .set({
        locked_at: null,
        locked_content: null,
        locked_structure: null,
        locked_version: null,
      })
      .where('id', '=', documentId)
      .execute()
    await appendAudit(tx, {
      blocId: document.blocId,
      at: clock(),
      actor,
      event: 'document.unlocked',
      subject: documentId,
      facts: { from: document.phase, reason, version: document.lockedVersion },
    })
  })
  rooms.notify(documentId, { type: 'phase', phase: 'drafting', by: actor.name, reason })
}
