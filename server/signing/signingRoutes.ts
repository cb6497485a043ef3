import type { IncomingMessage } from 'node:http'
import type { Response, Router } from 'express'
import type { BlocActor } from '../../shared/accounts/account.ts'
import type { Scene } from '../../shared/accounts/permissions.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { PreparationId, Sha256 } from '../../shared/base/ids.ts'
import { signingRoutes } from '../../shared/signing/api.ts'
import { type Place, placesFor } from '../../shared/signing/places.ts'
import {
  type AppDeps,
  demand,
  demandStepUp,
  requireSession,
  visibleDocument,
} from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { viewDocument } from '../documents/viewDocument.ts'
import { serve } from '../platform/http.ts'
import { openAuthority } from './authority.ts'
import { enrolCertificate, enrolmentOf } from './enrolCertificate.ts'
import { findPreparation } from './preparationStore.ts'
import { startSealing } from './sealDocument.ts'
import { isSealed, signingView } from './signingStore.ts'
import { completePlace, preparePlace } from './signPlace.ts'

export function serveSigning(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps
  const { database, clock, blobs } = platform

  serve(router, signingRoutes.seal, async ({ params, req }) => {
    const { session, actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'document.seal', scene)
    demandStepUp(session, clock())
    await startSealing(deps, document.id, actor)
    return viewDocument(deps, document.id)
  })

  serve(router, signingRoutes.signing, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return signingView(database.read, document)
  })

  serve(router, signingRoutes.enrol, async ({ body, req }) => {
    const session = await requireSession(deps, req)
    const enrolment = await enrolmentOf(database.read, session.accountId, clock())
    demandStepUp(session, clock())
    return enrolCertificate(platform, enrolment, body.csr)
  })

  serve(router, signingRoutes.prepare, async ({ params, body, req }) => {
    const { session, actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    const place = ownPlace(document, body.placeId, actor, scene)
    demandStepUp(session, clock())
    const certificate = Buffer.from(body.certificate, 'base64')
    const prepared = await preparePlace(platform, { document, place, actor, certificate })
    return {
      preparationId: prepared.id as PreparationId,
      revision: prepared.base,
      toBeSigned: prepared.toBeSigned.toString('base64'),
      hash: 'SHA-256' as const,
      expiresAt: new Date(prepared.expiresAt).toISOString(),
    }
  })

  serve(router, signingRoutes.complete, async ({ params, body, req }) => {
    const { session, actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    const owner = { documentId: document.id, accountId: actor.userId }
    const preparation = await findPreparation(database.read, body.preparationId, owner)
    if (!preparation) throw new AppError('signing/not-found')
    const place = ownPlace(document, preparation.placeId, actor, scene)
    demandStepUp(session, clock())
    const value = Buffer.from(body.signature, 'base64')
    const signature = { value, format: body.signatureFormat }
    const act = { document, place, actor, preparation, signature }
    const { completed } = await completePlace(platform, act)
    rooms.notify(document.id, { type: 'signing' })
    if (completed) rooms.notify(document.id, { type: 'phase', phase: 'complete', by: actor.name })
    const { document: now } = await visibleDocument(deps, req, params.documentId)
    return signingView(database.read, now)
  })

  router.get('/api/trust/root.pem', async (_req, res) => {
    const { pem } = await openAuthority(platform)
    res.type('application/x-pem-file').set('Cache-Control', 'no-cache').send(pem)
  })

  router.get('/api/documents/:documentId/sealed.pdf', async (req, res) => {
    const document = await sealedDocument(deps, req, req.params.documentId)
    const sha256 = document.currentFile as Sha256
    sendPdf(res, document, await blobs.get(sha256), sha256, 'private, no-cache')
  })

  router.get('/api/documents/:documentId/revisions/:file', async (req, res) => {
    const document = await sealedDocument(deps, req, req.params.documentId)
    const sha256 = /^([0-9a-f]{64})\.pdf$/.exec(req.params.file)?.[1] ?? ''
    const row = await database.read
      .selectFrom('sealed_revision')
      .select('sha256')
      .where('document_id', '=', document.id)
      .where('sha256', '=', sha256)
      .executeTakeFirst()
    if (!row) throw new AppError('signing/not-found')
    const forEver = 'private, max-age=31536000, immutable'
    sendPdf(res, document, await blobs.get(sha256), sha256, forEver)
  })
}

/** The place that this person may sign. @throws {AppError} signing/not-found, auth/forbidden */
function ownPlace(
  document: DocumentRecord,
  placeId: string,
  actor: BlocActor,
  scene: Scene,
): Place {
  const place = placesFor(document.signers).find(({ id }) => id === placeId)
  if (!place) throw new AppError('signing/not-found')
  const action = place.kind === 'person' ? 'place.signPerson' : 'place.signSeal'
  demand(actor, action, { ...scene, placeAgencyId: place.agencyId })
  return place
}

/** @throws {AppError} signing/not-found while there is no sealed file */
async function sealedDocument(
  deps: AppDeps,
  req: IncomingMessage,
  documentId: string,
): Promise<DocumentRecord> {
  const { document } = await visibleDocument(deps, req, documentId)
  if (!isSealed(document)) throw new AppError('signing/not-found')
  return document
}

function sendPdf(
  res: Response,
  { kind, edition }: DocumentRecord,
  bytes: Buffer,
  sha256: string,
  caching: string,
): void {
  res
    .type('application/pdf')
    .set('Content-Disposition', `attachment; filename="${kind}-${edition}.pdf"`)
    .set('Cache-Control', caching)
    .set('ETag', `"${sha256}"`)
    .send(bytes)
}
