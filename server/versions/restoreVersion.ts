import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { draftVersion } from './keepVersion.ts'
import { restoreBody, restoreClause } from './restoreBody.ts'
import { contentOf, type VersionRow } from './versionStore.ts'

type Restore = { version: VersionRow; clauseId: string | null; actor: Actor }

/** Others may write between our look at the text and the restore. */
const LOOKS = 5

/** The text has moved on since the present was looked at. */
class MovedOn extends Error {}

/**
 * Writes an old text, or one clause of it, as a new edit in the actor's name. In its very commit the text as it was
 * becomes a version, and the act an entry in the chain.
 * @returns id of the version that keeps the text as it was; null where there was nothing to change
 * @throws {AppError} document/wrong-phase, clause/not-found, content/refused, input/too-large, server/busy
 */
export async function restoreVersion(
  deps: AppDeps,
  document: DocumentRecord,
  { version, clauseId, actor }: Restore,
): Promise<string | null> {
  const { rooms, platform } = deps
  const { blocks } = await contentOf(platform.database.read, version.id)
  for (let look = 1; look <= LOOKS; look += 1) {
    const kept = await draftVersion(deps, document, { kind: 'restore', accountId: actor.userId })
    const restored = { versionId: version.id, clauseId }
    let isSame = false
    try {
      await rooms.edit(
        document.id,
        actor.userId,
        (doc) =>
          clauseId === null ? restoreBody(doc, blocks) : restoreClause(doc, blocks, clauseId),
        async (tx, revision, changed) => {
          isSame = !changed
          if (isSame) return
          if (revision !== kept.text.revision + 1) throw new MovedOn()
          await kept.insert(tx, restored)
          await appendAudit(tx, {
            blocId: document.blocId,
            at: platform.clock(),
            actor,
            event: 'version.restored',
            subject: document.id,
            facts: { version: version.id, kept: kept.id, revision, clauseId },
          })
        },
      )
      if (isSame) return null
    } catch (cause) {
      if (cause instanceof MovedOn) continue
      throw cause
    }
    const at = new Date(version.at).toISOString()
    rooms.notify(document.id, { type: 'version', restored: { by: actor.name, at, clauseId } })
    return kept.id
  }
  throw new AppError('server/busy')
}
