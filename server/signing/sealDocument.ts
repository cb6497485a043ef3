import type { Actor } from '../../shared/accounts/account.ts'
import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import { AppError } from '../../shared/base/errors.ts'
import { sha256Hex } from '../../shared/base/sha256.ts'
import { advance, type Command } from '../../shared/documents/lifecycle.ts'
import { placesFor } from '../../shared/signing/places.ts'
import type { SealedDocument } from '../../shared/signing/sealedDocument.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import { type DocumentRecord, findDocument } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'
import { runInWorker } from '../platform/startWorker.ts'
import { openAuthority } from './authority.ts'
import { gatherPrintSource } from './gatherPrintSource.ts'
import { addRevision, clearSealedFile, lifecycleOf, saveLifecycle } from './signingStore.ts'
import { verifyPdf } from './verifyPdf.ts'

const RENDER_LIMITS = { timeoutMs: 120_000, maxMemoryMb: 1024 }

/**
 * Starts one attempt: everything that will be printed is fixed here and stored with it, so that a crashed attempt can
 * be repeated and gives the same bytes. The rendering itself goes on in the background.
 */
export async function startSealing(
  deps: AppDeps,
  documentId: string,
  actor: Actor,
): Promise<DocumentRecord> {
  const { database, clock, newId } = deps.platform
  await openAuthority(deps.platform)
  const attempt = newId()
  const document = await database.write(async (tx) => {
    const before = await mustFind(tx, documentId)
    const at = clock()
    await step(tx, before, { type: 'seal', attempt })
    const source = await gatherPrintSource(tx, before, deps.platform.config.publicUrl, at)
    await tx
      .insertInto('seal_attempt')
      .values({
        id: attempt,
        document_id: before.id,
        version_id: before.lockedVersion ?? '',
        input: canonicalJson(source),
        account_id: actor.userId,
        at,
        outcome: null,
      })
      .execute()
    const facts = {
      attempt,
      contentHash: source.contentHash,
      number: source.number,
      date: source.date,
    }
    await appendAudit(tx, act(before, at, actor, 'document.sealing', facts))
    return mustFind(tx, documentId)
  })
  deps.rooms.notify(documentId, { type: 'phase', phase: 'sealing', by: actor.name })
  void finishSealing(deps, documentId, attempt)
  return document
}

/** Takes up the attempts that a crash or a restart interrupted. */
export async function resumeSealing(deps: AppDeps): Promise<void> {
  const waiting = await deps.platform.database.read
    .selectFrom('document')
    .select(['id', 'seal_attempt'])
    .where('phase', '=', 'sealing')
    .execute()
  for (const { id, seal_attempt } of waiting) {
    deps.platform.log.info({ documentId: id, attempt: seal_attempt }, 'seal.resumed')
    void finishSealing(deps, id, seal_attempt ?? '')
  }
}

/** Never rejects: whatever goes wrong becomes the cause that the document shows. */
async function finishSealing(deps: AppDeps, documentId: string, attempt: string): Promise<void> {
  const { log } = deps.platform
  try {
    await renderAndStore(deps, documentId, attempt)
    deps.rooms.notify(documentId, { type: 'phase', phase: 'signing', by: null })
  } catch (cause) {
    log.error({ err: cause, documentId, attempt }, 'seal.failed')
    try {
      await recordFailure(deps, documentId, attempt, cause)
      deps.rooms.notify(documentId, { type: 'phase', phase: 'locked', by: null })
    } catch (further) {
      // The server is going down: the attempt stands and is taken up at the next start.
      log.error({ err: further, documentId, attempt }, 'seal.interrupted')
    }
  }
}

async function renderAndStore(deps: AppDeps, documentId: string, attempt: string): Promise<void> {
  const { database, blobs, clock } = deps.platform
  const row = await database.read
    .selectFrom('seal_attempt')
    .select('input')
    .where('id', '=', attempt)
    .executeTakeFirstOrThrow()
  const source = JSON.parse(row.input) as SealedDocument
  const base = await runInWorker<Uint8Array>('renderPdf', source, RENDER_LIMITS)
  const { certificate } = await openAuthority(deps.platform)
  requireSound(base, source, certificate, clock())
  const sha256 = await blobs.put(base)
  await database.write(async (tx) => {
    const document = await mustFind(tx, documentId)
    const at = clock()
    await step(tx, document, { type: 'sealed', attempt, revision: sha256 })
    await clearSealedFile(tx, documentId)
    await addRevision(tx, { documentId, sha256, size: base.length, placeId: null, at })
    const places = placesFor(source.signers.map(({ agencyId }) => agencyId))
    await tx
      .insertInto('signing_place')
      .values(
        places.map(({ id, agencyId, kind, rank }) => ({
          document_id: documentId,
          place_id: id,
          agency_id: agencyId,
          kind,
          rank,
          status: 'open',
          account_id: null,
          signed_at: null,
          certificate_sha256: null,
        })),
      )
      .execute()
    await setOutcome(tx, attempt, 'sealed')
    const facts = { attempt, sha256, size: base.length, places: places.length }
    await appendAudit(tx, act(document, at, null, 'document.sealed', facts))
  })
}

/** A file that our own judge would refuse is not handed out for signing. */
function requireSound(base: Uint8Array, source: SealedDocument, root: Uint8Array, now: number) {
  const view = verifyPdf(base, {
    roots: [root],
    documents: [{ ...source.document, title: source.title, revisions: [sha256Hex(base)] }],
    documentIds: [source.document.id],
    base: null,
    offline: false,
    now,
  })
  if (view.verdict !== 'incomplete' || view.problems.length > 0)
    throw new Error(`self-check: ${view.problems.map(({ code }) => code).join(', ')}`)
}

async function recordFailure(
  deps: AppDeps,
  documentId: string,
  attempt: string,
  failure: unknown,
): Promise<void> {
  const cause = failure instanceof Error ? failure.message : String(failure)
  await deps.platform.database.write(async (tx) => {
    const document = await mustFind(tx, documentId)
    if (document.sealAttempt !== attempt) return
    await step(tx, document, { type: 'sealFailed', attempt, cause })
    await setOutcome(tx, attempt, 'failed')
    const at = deps.platform.clock()
    await appendAudit(tx, act(document, at, null, 'document.sealFailed', { attempt, cause }))
  })
}

async function step(tx: Tx, document: DocumentRecord, command: Command): Promise<void> {
  const result = advance(lifecycleOf(document, []), command, { places: [], lockBlockers: [] })
  if (!result.ok) throw new AppError(result.code, result.details)
  await saveLifecycle(tx, document.id, result.value)
}

const setOutcome = (tx: Tx, attempt: string, outcome: string) =>
  tx.updateTable('seal_attempt').set({ outcome }).where('id', '=', attempt).execute()

const act = (
  document: DocumentRecord,
  at: number,
  actor: Actor | null,
  event: string,
  facts: Parameters<typeof appendAudit>[1]['facts'],
) => ({ blocId: document.blocId, at, actor, event, subject: document.id, facts })

async function mustFind(tx: Tx, documentId: string): Promise<DocumentRecord> {
  const document = await findDocument(tx, documentId)
  if (!document) throw new AppError('document/not-found')
  return document
}
