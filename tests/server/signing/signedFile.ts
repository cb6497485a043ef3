import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { SAMPLE_AGENCIES } from '../../../server/sample/bloc.ts'
import { covenant } from '../../../server/sample/covenant.ts'
import { plan } from '../../../server/sample/plan.ts'
import { regulation } from '../../../server/sample/regulation.ts'
import type { NewClauseId } from '../../../server/sample/sampleDocument.ts'
import { TEST_LABEL } from '../../../server/signing/appearance.ts'
import { assembleCms, derSignature, signedAttributes } from '../../../server/signing/cades.ts'
import { type Certificate, OIDS, readCertificate } from '../../../server/signing/certificateDer.ts'
import { createRoot, issueLeaf, type Subject } from '../../../server/signing/issueCertificate.ts'
import { renderBase } from '../../../server/signing/renderBase.ts'
import {
  digestAround,
  fillSignature,
  type Hole,
  prepareSignature,
} from '../../../server/signing/signatureRevision.ts'
import type { KnownFacts } from '../../../server/signing/verifyPdf.ts'
import type { AgencyId } from '../../../shared/base/ids.ts'
import { sha256Hex } from '../../../shared/base/sha256.ts'
import type { PlaceKind } from '../../../shared/signing/api.ts'
import { type PlaceId, placeIdOf, placesFor } from '../../../shared/signing/places.ts'
import { normaliseForPrint, type SealedDocument } from '../../../shared/signing/sealedDocument.ts'

export const SEALED_AT = Date.parse('2022-02-28T08:04:05Z')
const YEAR = 365 * 86_400_000
export const VALIDITY = { notBefore: SEALED_AT - YEAR, notAfter: SEALED_AT + 20 * YEAR }

const DOCUMENTS = { covenant, plan, regulation }
const PARTS: Record<string, string> = { lead: 'Trưởng khối', deputy: 'Phó Trưởng khối' }

export const agencyName = (id: AgencyId): string =>
  SAMPLE_AGENCIES.find((agency) => agency.id === id)?.name ?? ''

/** One of the sample documents as it would be sealed. */
export function sampleSource(
  kind: keyof typeof DOCUMENTS,
  change: Partial<Parameters<typeof normaliseForPrint>[0]> = {},
): SealedDocument {
  let made = 0
  const newId: NewClauseId = () => `c${String(made++).padStart(20, '0')}` as ReturnType<NewClauseId>
  const { blocks, issuer, number, date, signers, ...fields } = DOCUMENTS[kind](newId)
  return normaliseForPrint({
    document: { id: kind.padEnd(21, '0'), kind, edition: 1 },
    blocks,
    fields,
    issuer,
    number,
    date,
    signers: signers.map((agencyId) => ({
      agencyId,
      agency: agencyName(agencyId),
      part: PARTS[SAMPLE_AGENCIES.find(({ id }) => id === agencyId)?.role ?? ''] ?? '',
    })),
    contentHash: sha256Hex('content'),
    structureHash: sha256Hex('structure'),
    audit: { seq: 12, hash: sha256Hex('audit') },
    verification: 'npm run verify',
    createdAt: '2022-02-28T08:04:05Z',
    ...change,
  })
}

export const sealedBase = (source: SealedDocument): Buffer => renderBase(source)

export type TestRoot = ReturnType<typeof createRoot>
let serial = 1
const nextSerial = () => Buffer.from([0x40, 0, serial >> 8, serial++ & 0xff])

export const testRoot = (): TestRoot =>
  createRoot([[OIDS.commonName, 'Gốc của bài kiểm tra']], VALIDITY, nextSerial())

export type Signer = { certificate: Certificate; key: KeyObject }

/** A key and its certificate for one place, as the authority issues them. */
export function testSigner(
  root: TestRoot,
  place: { agencyId: AgencyId; kind: PlaceKind },
  change: { subject?: Subject; validity?: typeof VALIDITY } = {},
): Signer {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const agency = agencyName(place.agencyId)
  const subject: Subject = change.subject ?? [
    [OIDS.commonName, place.kind === 'person' ? `Thủ trưởng ${agency}` : agency],
    [OIDS.organisation, agency],
    [OIDS.unit, TEST_LABEL],
    [OIDS.serialNumber, placeIdOf(place.agencyId, place.kind)],
  ]
  const der = issueLeaf(root, {
    spki: pair.publicKey.export({ format: 'der', type: 'spki' }),
    subject,
    validity: change.validity ?? VALIDITY,
    serial: nextSerial(),
  })
  return { certificate: readCertificate(der), key: pair.privateKey }
}

/** The signature value over a prepared file. */
export function signHole(prepared: Buffer, hole: Hole, { certificate, key }: Signer): Buffer {
  const attributes = signedAttributes(digestAround(prepared, hole), certificate)
  const raw = sign('sha256', attributes, { key, dsaEncoding: 'ieee-p1363' })
  return assembleCms(certificate, attributes, derSignature(raw))
}

export function signPlace(
  current: Uint8Array,
  placeId: PlaceId,
  signer: Signer,
  at = SEALED_AT + 60_000,
): Buffer {
  const parts = signer.certificate.subjectParts
  const { bytes, hole } = prepareSignature(current, placeId, {
    kind: placeId.endsWith(':seal') ? 'seal' : 'person',
    person: parts.get(OIDS.commonName) ?? '',
    agency: parts.get(OIDS.organisation) ?? '',
    at,
  })
  return fillSignature(bytes, hole, signHole(bytes, hole, signer))
}

/** The base and every state after it, all places signed in order. */
export function signAll(source: SealedDocument, root: TestRoot): Buffer[] {
  const states = [sealedBase(source)]
  placesFor(source.signers.map(({ agencyId }) => agencyId)).forEach((place, i) => {
    const current = states.at(-1) as Buffer
    states.push(signPlace(current, place.id, testSigner(root, place), SEALED_AT + 60_000 * (i + 1)))
  })
  return states
}

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex')

/** What a server knows that stored these states. */
export const serverFacts = (
  source: SealedDocument,
  root: TestRoot,
  states: readonly Uint8Array[],
): KnownFacts => ({
  roots: [root.certificate],
  documents: [
    {
      ...source.document,
      title: source.title.replaceAll('\n', ' '),
      revisions: states.map((state) => sha256(state)),
    },
  ],
  documentIds: [source.document.id],
  base: null,
  offline: false,
  now: SEALED_AT + YEAR,
})

/** What somebody knows who has the root and nothing else. */
export const offlineFacts = (root: TestRoot): KnownFacts => ({
  roots: [root.certificate],
  documents: [],
  documentIds: [],
  base: null,
  offline: true,
  now: SEALED_AT + YEAR,
})
