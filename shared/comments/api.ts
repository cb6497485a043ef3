import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { AgencyId, ClauseId, DocumentId, ThreadId } from '../base/ids.ts'

export const Audience = z.enum(['all', 'agency'])
export type Audience = z.infer<typeof Audience>

export const ReplyView = z.object({
  id: z.string(),
  author: PersonRef,
  at: IsoTime,
  body: z.string(),
})

export const ThreadView = z.object({
  id: ThreadId,
  clauseId: ClauseId,
  audience: Audience,
  status: z.enum(['open', 'resolved']),
  /** The agency that opened it, and so may close it. */
  agencyId: AgencyId,
  author: PersonRef,
  at: IsoTime,
  body: z.string(),
  quote: z.string().optional(),
  anchor: z.string().optional(),
  /** Its clause is no longer in the text. */
  detached: z.boolean(),
  resolvedBy: PersonRef.optional(),
  resolvedAt: IsoTime.optional(),
  reason: z.string().optional(),
  replies: z.array(ReplyView),
})
export type ThreadView = z.infer<typeof ThreadView>

const text = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .transform((value) => value.normalize('NFC'))

export const NewThread = z.strictObject({
  clauseId: ClauseId,
  body: text,
  /** Encoded Yjs relative position, base64; kept as given. */
  anchor: z.base64().max(4_000).optional(),
  quote: z.string().max(2_000).optional(),
  audience: Audience.default('all'),
})

const ofDocument = { params: z.object({ documentId: DocumentId }) }
const ofThread = { params: z.object({ threadId: ThreadId }) }
const closing = { body: z.strictObject({ reason: z.string().trim().min(1).max(2_000).optional() }) }

export const commentRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/threads',
    ...ofDocument,
    reply: z.object({ threads: z.array(ThreadView) }),
    refuses: ['document/not-found'],
  }),
  open: route({
    method: 'POST',
    path: '/api/documents/:documentId/threads',
    ...ofDocument,
    body: NewThread,
    status: 201,
    reply: ThreadView,
    refuses: ['document/not-found', 'clause/not-found', 'auth/forbidden'],
  }),
  reply: route({
    method: 'POST',
    path: '/api/threads/:threadId/replies',
    ...ofThread,
    body: z.strictObject({ body: text }),
    status: 201,
    reply: ReplyView,
    refuses: ['thread/not-found', 'auth/forbidden'],
  }),
  resolve: route({
    method: 'POST',
    path: '/api/threads/:threadId/resolve',
    ...ofThread,
    ...closing,
    reply: ThreadView,
    refuses: ['thread/not-found', 'auth/forbidden', 'thread/wrong-status'],
  }),
  reopen: route({
    method: 'POST',
    path: '/api/threads/:threadId/reopen',
    ...ofThread,
    ...closing,
    reply: ThreadView,
    refuses: ['thread/not-found', 'auth/forbidden', 'thread/wrong-status'],
  }),
}
