import type { Actor } from '../../shared/accounts/account.ts'
import type { VersionKind } from '../../shared/versions/api.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import { clausesAt } from '../clauses/currentClauses.ts'
import { type OtherTexts, otherTexts, sayingsOf } from '../clauses/otherTexts.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { CommittedText } from '../sync/rooms.ts'
import { packState } from './versionStore.ts'

type TextThen = Pick<CommittedText, 'blocks' | 'epoch' | 'revision'>

/** A version that is ready to be written down. */
export type Draft = {
  id: string
  text: TextThen
  insert(tx: Tx, restored?: { versionId: string; clauseId: string | null }): Promise<void>
}

export type Wanted = { kind: VersionKind; name?: string; accountId: string }

/** Makes a version of the text as it is on disk, but for writing it down. */
export async function draftVersion(
  deps: AppDeps,
  document: DocumentRecord,
  wanted: Wanted,
): Promise<Draft> {
  const text = await deps.rooms.read(document.id)
  const others = await otherTexts(deps, document, text.blocks)
  const bytes = await packState(text.encodeState())
  return draftOf(deps.platform, document, wanted, { text, others, bytes })
}

/** @param of a text, what it refers to, and its state as `packState` makes it */
export function draftOf(
  platform: Platform,
  document: DocumentRecord,
  { kind, name, accountId }: Wanted,
  of: { text: TextThen; others: OtherTexts; bytes: Buffer },
): Draft {
  const { text, others, bytes } = of
  const now = clausesAt(document, text, others)
  const elsewhere = sayingsOf(text.blocks, others.elsewhere)
  const { title, place, recipients, signingTitles } = document
  const fields = { title, place, recipients, signingTitles }
  const hasElsewhere = Object.keys(elsewhere).length > 0
  const content = { blocks: text.blocks, fields, ...(hasElsewhere && { elsewhere }) }
  const id = platform.newId()
  return {
    id,
    text,
    async insert(tx, restored) {
      await tx
        .insertInto('version')
        .values({
          id,
          document_id: document.id,
          epoch: text.epoch,
          revision: text.revision,
          kind,
          name: name ?? null,
          bytes,
          content: JSON.stringify(content),
          content_hash: now.contentHash,
          structure_hash: now.structureHash,
          account_id: accountId,
          at: platform.clock(),
          carried: null,
          restored_version: restored?.versionId ?? null,
          restored_clause: restored?.clauseId ?? null,
        })
        .execute()
    },
  }
}

/**
 * Keeps the text as it is now under a name.
 * @returns the version's id
 * @throws {AppError} server/busy when the text cannot be loaded
 */
export async function nameVersion(
  deps: AppDeps,
  document: DocumentRecord,
  { name, actor }: { name: string; actor: Actor },
): Promise<string> {
  const { database, clock } = deps.platform
  const draft = await draftVersion(deps, document, { kind: 'named', name, accountId: actor.userId })
  await database.write(async (tx) => {
    await draft.insert(tx)
    await appendAudit(tx, {
      blocId: document.blocId,
      at: clock(),
      actor,
      event: 'version.named',
      subject: draft.id,
      facts: { documentId: document.id, revision: draft.text.revision, name },
    })
  })
  deps.rooms.notify(document.id, { type: 'version' })
  return draft.id
}

/**
 * Keeps the text as it was before an act that changes much of it, for whoever does such an act (an import).
 * @returns the version's id
 */
export async function keepVersion(
  deps: AppDeps,
  document: DocumentRecord,
  wanted: Wanted,
): Promise<string> {
  const draft = await draftVersion(deps, document, wanted)
  await deps.platform.database.write((tx) => draft.insert(tx))
  deps.rooms.notify(document.id, { type: 'version' })
  return draft.id
}
