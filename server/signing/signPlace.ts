import type { BlocActor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { Sha256 } from '../../shared/base/ids.ts'
import { sha256Hex } from '../../shared/base/sha256.ts'
import { advance, placeRefusal } from '../../shared/documents/lifecycle.ts'
import type { Place } from '../../shared/signing/places.ts'
import { appendAudit } from '../audit/auditStore.ts'
import { type DocumentRecord, findDocument } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { assembleCms, CmsError, derSignature, signedAttributes, verifyCms } from './cades.ts'
import { type Certificate, OIDS, readCertificate } from './certificateDer.ts'
import { loadKnownFacts } from './knownFacts.ts'
import { type Preparation, savePreparation } from './preparationStore.ts'
import { digestAround, fillSignature, prepareSignature } from './signatureRevision.ts'
import { addRevision, lifecycleOf, placesOf, saveLifecycle } from './signingStore.ts'
import { verifyPdf } from './verifyPdf.ts'

const PREPARED_FOR_MS = 10 * 60_000

export type Prepared = Pick<Preparation, 'id' | 'base' | 'expiresAt'> & { toBeSigned: Buffer }

/** @throws {AppError} document/wrong-phase, signing/not-yet, signing/place-taken */
async function requireOpen(platform: Platform, document: DocumentRecord, placeId: string) {
  if (document.phase !== 'signing' || document.currentFile === null)
    throw new AppError('document/wrong-phase', { phase: document.phase })
  const places = await placesOf(platform.database.read, document.id)
  const signed = places.filter(({ status }) => status === 'signed')
  const refusal = placeRefusal(
    placeId,
    signed.map(({ id }) => ({ placeId: id })),
    places.map(({ id }) => id),
  )
  if (refusal) throw new AppError(refusal.code, refusal.details)
  return document.currentFile as Sha256
}

/**
 * The certificate as it was issued to this person for this kind of place, in force now.
 * @throws {AppError} signing/wrong-certificate
 */
async function requireCertificate(
  { database, clock }: Platform,
  sha256: string,
  actor: BlocActor,
  place: Place,
): Promise<Certificate> {
  const now = clock()
  const row = await database.read
    .selectFrom('certificate')
    .select('der')
    .where('sha256', '=', sha256)
    .where('account_id', '=', actor.userId)
    .where('agency_id', '=', place.agencyId)
    .where('kind', '=', place.kind)
    .where('not_before', '<=', now)
    .where('not_after', '>=', now)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new AppError('signing/wrong-certificate')
  return readCertificate(row.der)
}

/** Makes the file with the place filled but for the signature value, and what the key has to sign. */
export async function preparePlace(
  platform: Platform,
  act: { document: DocumentRecord; place: Place; actor: BlocActor; certificate: Uint8Array },
): Promise<Prepared> {
  const { document, place, actor } = act
  const base = await requireOpen(platform, document, place.id)
  const certificate = await requireCertificate(platform, sha256Hex(act.certificate), actor, place)
  const now = platform.clock()
  // Whole seconds, as the file states them.
  const at = Math.floor(now / 1000) * 1000
  const parts = certificate.subjectParts
  const { bytes, hole } = prepareSignature(await platform.blobs.get(base), place.id, {
    kind: place.kind,
    person: parts.get(OIDS.commonName) ?? '',
    agency: parts.get(OIDS.organisation) ?? '',
    at,
  })
  const preparation: Preparation = {
    id: platform.newId(),
    documentId: document.id,
    placeId: place.id,
    accountId: actor.userId,
    base,
    preparedFile: await platform.blobs.put(bytes),
    state: { certificate: certificate.sha256, hole, at },
    expiresAt: now + PREPARED_FOR_MS,
  }
  await savePreparation(platform.database, preparation)
  const toBeSigned = signedAttributes(digestAround(bytes, hole), certificate)
  return { id: preparation.id, base, expiresAt: preparation.expiresAt, toBeSigned }
}

/**
 * Puts the signature into the prepared file. It is verified, and so is the whole file as a stranger would, before
 * anything is stored; of two signatures on the same file the second is refused.
 * @returns whether this was the last place
 */
export async function completePlace(
  platform: Platform,
  act: {
    document: DocumentRecord
    place: Place
    actor: BlocActor
    preparation: Preparation
    signature: { value: Uint8Array; format: 'raw' | 'der' }
  },
): Promise<{ completed: boolean }> {
  const { document, place, actor, preparation } = act
  const current = await requireOpen(platform, document, place.id)
  if (preparation.expiresAt <= platform.clock()) throw new AppError('signing/expired')
  if (preparation.base !== current) throw new AppError('signing/stale-base', { revision: current })
  const { certificate: sha256, hole } = preparation.state
  const certificate = await requireCertificate(platform, sha256, actor, place)
  const prepared = await platform.blobs.get(preparation.preparedFile)
  const cms = judgedCms(certificate, digestAround(prepared, hole), act.signature)
  const file = fillSignature(prepared, hole, cms)
  await requireSound(platform, document, file)
  const revision = await platform.blobs.put(file)
  return platform.database.write(async (tx) => {
    const signed = { revision, size: file.length, certificate: sha256 }
    return storeSignature(tx, {
      ...act,
      ...signed,
      at: preparation.state.at,
      now: platform.clock(),
    })
  })
}

/** @throws {AppError} signing/bad-signature */
function judgedCms(
  certificate: Certificate,
  digest: Buffer,
  { value, format }: { value: Uint8Array; format: 'raw' | 'der' },
): Buffer {
  try {
    const signature = format === 'raw' ? derSignature(value) : value
    const cms = assembleCms(certificate, signedAttributes(digest, certificate), signature)
    verifyCms(cms, digest)
    return cms
  } catch (cause) {
    if (cause instanceof CmsError) throw new AppError('signing/bad-signature', {}, { cause })
    throw cause
  }
}

/** What our own judge would refuse is a bug of ours, and is not stored. */
async function requireSound(platform: Platform, document: DocumentRecord, file: Uint8Array) {
  const facts = await loadKnownFacts(platform.database.read, platform.clock())
  const documents = facts.documents.map((known) =>
    known.id === document.id
      ? { ...known, revisions: [...known.revisions, sha256Hex(file)] }
      : known,
  )
  const { verdict, problems } = verifyPdf(file, { ...facts, documents })
  // A signature that came in between is judged where it is stored, as a stale base.
  const codes = problems.map(({ code }) => code).filter((code) => code !== 'revision/unknown')
  if (
    codes.length > 0 ||
    (problems.length === 0 && verdict !== 'valid' && verdict !== 'incomplete')
  )
    throw new Error(`a signed file of ours does not verify: ${codes.join(', ')}`)
}

async function storeSignature(
  tx: Tx,
  act: {
    document: DocumentRecord
    place: Place
    actor: BlocActor
    preparation: Preparation
    revision: Sha256
    size: number
    certificate: string
    at: number
    now: number
  },
): Promise<{ completed: boolean }> {
  const { place, actor, preparation, revision, at } = act
  const document = await findDocument(tx, act.document.id)
  if (!document) throw new AppError('document/not-found')
  const places = await placesOf(tx, document.id)
  const result = advance(
    lifecycleOf(document, places),
    { type: 'sign', placeId: place.id, base: preparation.base, revision, by: actor.userId, at },
    { places: places.map(({ id }) => id), lockBlockers: [] },
  )
  if (!result.ok) throw new AppError(result.code, result.details)
  await tx
    .updateTable('signing_place')
    .set({
      status: 'signed',
      account_id: actor.userId,
      signed_at: at,
      certificate_sha256: act.certificate,
    })
    .where('document_id', '=', document.id)
    .where('place_id', '=', place.id)
    .execute()
  await addRevision(tx, {
    documentId: document.id,
    sha256: revision,
    size: act.size,
    placeId: place.id,
    at,
  })
  await saveLifecycle(tx, document.id, result.value)
  const record = (event: string, facts: Record<string, string>) =>
    appendAudit(tx, {
      blocId: document.blocId,
      at: act.now,
      actor,
      event,
      subject: document.id,
      facts,
    })
  await record('document.signed', {
    placeId: place.id,
    base: preparation.base,
    revision,
    certificate: act.certificate,
  })
  const completed = result.value.phase === 'complete'
  if (completed) await record('document.completed', { revision })
  return { completed }
}
