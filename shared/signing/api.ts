import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { AgencyId, DocumentId, PreparationId, Sha256 } from '../base/ids.ts'
import { DocumentView } from '../documents/api.ts'

/** One signature line of the file: `stc:person` or `stc:seal`. It is also the PDF field's `/T`. */
export const PlaceKind = z.enum(['person', 'seal'])
export type PlaceKind = z.infer<typeof PlaceKind>
export const PlaceId = z.string().regex(/^[a-z][a-z0-9-]{0,31}:(person|seal)$/)

export const PlaceView = z.object({
  id: PlaceId,
  agencyId: AgencyId,
  kind: PlaceKind,
  status: z.enum(['open', 'signed', 'declined']),
  by: PersonRef.optional(),
  at: IsoTime.optional(),
})
export type PlaceView = z.infer<typeof PlaceView>

export const SigningView = z.object({
  /** SHA-256 of the current file; null until it is sealed. */
  revision: Sha256.nullable(),
  /** All persons first, then all seals, in protocol order. */
  places: z.array(PlaceView),
})
export type SigningView = z.infer<typeof SigningView>

const base64 = (max: number) => z.base64().min(1).max(max)
const ofDocument = { params: z.object({ documentId: DocumentId }) }

export const Verdict = z.enum([
  'valid',
  'incomplete',
  'superseded',
  'rehearsal',
  'invalid',
  'foreign',
])
export type Verdict = z.infer<typeof Verdict>

export const VerifiedSignature = z.object({
  placeId: z.string().nullable(),
  agency: z.string().nullable(),
  person: z.string().nullable(),
  at: IsoTime.nullable(),
  /** Where the time comes from: the signer's clock or a time stamp authority. */
  timeSource: z.enum(['clock', 'timestamp']),
  /** `PAdES B-B`, or `CMS basic` for a file signed by an older outside tool. */
  level: z.string(),
  valid: z.boolean(),
  problems: z.array(z.string()),
})

export const VerificationView = z.object({
  verdict: Verdict,
  document: z
    .object({ id: z.string(), kind: z.string(), title: z.string(), edition: z.number().int() })
    .optional(),
  signatures: z.array(VerifiedSignature),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type VerificationView = z.infer<typeof VerificationView>

export const signingRoutes = {
  seal: route({
    method: 'POST',
    path: '/api/documents/:documentId/seal',
    ...ofDocument,
    status: 202,
    reply: DocumentView,
    refuses: [
      'document/not-found',
      'auth/forbidden',
      'auth/step-up-required',
      'document/wrong-phase',
    ],
  }),
  signing: route({
    method: 'GET',
    path: '/api/documents/:documentId/signing',
    ...ofDocument,
    reply: SigningView,
    refuses: ['document/not-found'],
  }),
  enrol: route({
    method: 'POST',
    path: '/api/certificates',
    body: z.strictObject({ csr: z.string().min(1).max(16_000) }),
    status: 201,
    reply: z.object({ certificate: z.string(), chain: z.array(z.string()) }),
    refuses: ['auth/forbidden', 'auth/step-up-required'],
  }),
  prepare: route({
    method: 'POST',
    path: '/api/documents/:documentId/signing/prepare',
    ...ofDocument,
    body: z.strictObject({
      placeId: PlaceId,
      certificate: base64(16_000),
      chain: z.array(base64(16_000)).max(4).optional(),
    }),
    status: 201,
    reply: z.object({
      preparationId: PreparationId,
      /** SHA-256 of the file that this signature extends. */
      revision: Sha256,
      /** DER of the signed attributes (SET OF), base64: what the key signs. */
      toBeSigned: z.string(),
      hash: z.literal('SHA-256'),
      expiresAt: IsoTime,
    }),
    refuses: [
      'document/not-found',
      'auth/forbidden',
      'auth/step-up-required',
      'document/wrong-phase',
      'signing/not-found',
      'signing/not-yet',
      'signing/place-taken',
      'signing/wrong-certificate',
    ],
  }),
  complete: route({
    method: 'POST',
    path: '/api/documents/:documentId/signing/complete',
    ...ofDocument,
    body: z.strictObject({
      preparationId: PreparationId,
      signature: base64(4_000),
      signatureFormat: z.enum(['raw', 'der']).default('raw'),
    }),
    reply: SigningView,
    refuses: [
      'document/not-found',
      'auth/forbidden',
      'auth/step-up-required',
      'document/wrong-phase',
      'signing/not-found',
      'signing/expired',
      'signing/place-taken',
      'signing/stale-base',
      'signing/bad-signature',
    ],
  }),
}

/** The file itself is the body (`application/pdf`, 50 MB); no login. Every verdict answers 200. */
export const verificationRoute = route({
  method: 'POST',
  path: '/api/verify',
  reply: VerificationView,
  refuses: [
    'input/wrong-type',
    'input/too-large',
    'verify/not-a-pdf',
    'server/too-many',
    'server/busy',
  ],
})
