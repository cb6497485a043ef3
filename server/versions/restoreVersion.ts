import * as Y from 'yjs'
import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { Block } from '../../shared/clauses/clause.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import { otherTexts } from '../clauses/otherTexts.ts'
import { type DocumentRecord, findDocument } from '../documents/documentStore.ts'
import { draftOf } from './keepVersion.ts'
import { restoreBody, restoreClause } from './restoreBody.ts'
import { contentOf, packStateNow, type VersionRow } from './versionStore.ts'

type Restore = { version: VersionRow; clauseId: string | null; actor: Actor }

/**
 * Writes an old text, or one clause of it, as a new edit in the actor's name. In its very commit the text as it was in
 * that moment, whoever is typing, becomes a version, and the act an entry in the chain.
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
  // Other texts are not read while this one is kept still; no hash depends on them.
  const others = await otherTexts(deps, document, (await rooms.read(document.id)).blocks)
  const was: { blocks: readonly Block[]; state: Uint8Array } = {
    blocks: [],
    state: new Uint8Array(),
  }
  const kept: { id: string | null } = { id: null }
  await rooms.edit(
    document.id,
    actor.userId,
    (doc) => {
      was.blocks = readBody(doc)
      was.state = Y.encodeStateAsUpdate(doc)
      if (clauseId === null) restoreBody(doc, blocks)
      else restoreClause(doc, blocks, clauseId)
    },
    async (tx, revision, changed) => {
      if (!changed) return
      const row = await findDocument(tx, document.id)
      if (!row) throw new AppError('document/not-found')
      const text = { blocks: was.blocks, epoch: row.epoch, revision: revision - 1 }
      const of = { text, others, bytes: packStateNow(was.state) }
      const wanted = { kind: 'restore', accountId: actor.userId } as const
      const draft = draftOf(platform, document, wanted, of)
      await draft.insert(tx, { versionId: version.id, clauseId })
      kept.id = draft.id
      await appendAudit(tx, {
        blocId: document.blocId,
        at: platform.clock(),
        actor,
        event: 'version.restored',
        subject: document.id,
        facts: { version: version.id, kept: draft.id, revision, clauseId },
      })
    },
  )
  if (kept.id === null) return null
  const at = new Date(version.at).toISOString()
  rooms.notify(document.id, { type: 'version', restored: { by: actor.name, at, clauseId } })
  return kept.id
}
