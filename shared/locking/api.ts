import * as z from 'zod'
import { NoContent, route } from '../base/contract.ts'
import { DocumentId } from '../base/ids.ts'
import { DocumentView } from '../documents/api.ts'

/** Why a document cannot be locked yet. Codes are the contract's; later kinds join when they are built. */
export const BLOCKER_CODES = [
  'position/missing',
  'position/outdated',
  'position/objects',
  'proposal/open',
  'bracket/open',
  'clause/empty',
  'table/sum',
  'text/placeholder',
  'text/glyph',
] as const

export const Blocker = z.object({
  code: z.enum(BLOCKER_CODES),
  clauseId: z.string().optional(),
  agencyId: z.string().optional(),
  proposalId: z.string().optional(),
  /** What was found: a wrong sum, a remaining placeholder, a character the font cannot print. */
  text: z.string().optional(),
})
export type Blocker = z.infer<typeof Blocker>

export const Readiness = z.object({ ready: z.boolean(), blockers: z.array(Blocker) })
export type Readiness = z.infer<typeof Readiness>

const ofDocument = { params: z.object({ documentId: DocumentId }) }

export const lockingRoutes = {
  readiness: route({
    method: 'GET',
    path: '/api/documents/:documentId/readiness',
    ...ofDocument,
    reply: Readiness,
    refuses: ['document/not-found'],
  }),
  /** Tells everybody present that the lock comes in ten seconds; the lock itself is a call of its own. */
  announce: route({
    method: 'POST',
    path: '/api/documents/:documentId/lock/announcement',
    ...ofDocument,
    status: 204,
    reply: NoContent,
    refuses: ['document/not-found', 'auth/forbidden', 'document/wrong-phase'],
  }),
  cancelAnnouncement: route({
    method: 'DELETE',
    path: '/api/documents/:documentId/lock/announcement',
    ...ofDocument,
    status: 204,
    reply: NoContent,
    refuses: ['document/not-found', 'auth/forbidden'],
  }),
  lock: route({
    method: 'POST',
    path: '/api/documents/:documentId/lock',
    ...ofDocument,
    body: z.strictObject({ revision: z.number().int().nonnegative().optional() }),
    reply: DocumentView,
    refuses: [
      'document/not-found',
      'auth/forbidden',
      'auth/step-up-required',
      'document/wrong-phase',
      'document/stale-revision',
      'document/not-ready',
    ],
  }),
  unlock: route({
    method: 'POST',
    path: '/api/documents/:documentId/unlock',
    ...ofDocument,
    body: z.strictObject({ reason: z.string().trim().min(1).max(2_000) }),
    reply: DocumentView,
    refuses: [
      'document/not-found',
      'auth/forbidden',
      'auth/step-up-required',
      'document/wrong-phase',
      'document/already-signed',
    ],
  }),
}
