import * as z from 'zod'
import { IsoTime, NoContent, PersonRef, route } from '../base/contract.ts'
import { AgencyId, ClauseId, DocumentId, ProposalId, ThreadId } from '../base/ids.ts'

export const Audience = z.enum(['all', 'agency'])
export type Audience = z.infer<typeof Audience>

/** Names that stand in a body, by UTF-16 units; see `mentions.ts`. */
const Mentions = z.array(
  z.object({
    kind: z.enum(['person', 'agency']),
    id: z.string(),
    from: z.number().int(),
    to: z.number().int(),
  }),
)

/** What somebody wrote, in a thread or under it. */
const Words = z.object({
  author: PersonRef,
  at: IsoTime,
  body: z.string(),
  mentions: Mentions,
  editedAt: IsoTime.optional(),
  /** Its author took it back: the body is empty. */
  deleted: z.boolean(),
})
export type Words = z.infer<typeof Words>

export const ReplyView = Words.extend({ id: z.string() })
export type ReplyView = z.infer<typeof ReplyView>

export const ThreadView = Words.extend({
  id: ThreadId,
  /** Where it stands now; where it was opened, if that is nowhere. */
  clauseId: ClauseId,
  /** Where it was opened, if its words are in another clause now. */
  openedOn: ClauseId.optional(),
  audience: Audience,
  status: z.enum(['open', 'resolved']),
  /** The proposal that it is about; absent where it is about the clause. */
  proposalId: ProposalId.optional(),
  /** The agency that opened it, and so may close it. */
  agencyId: AgencyId,
  quote: z.string().optional(),
  anchor: z.string().optional(),
  /** What the clause said when the thread was opened, its number included. */
  excerpt: z.string().optional(),
  /** What it is about is no longer in the text. */
  detached: z.boolean(),
  resolvedBy: PersonRef.optional(),
  resolvedAt: IsoTime.optional(),
  reason: z.string().optional(),
  replies: z.array(ReplyView),
})
export type ThreadView = z.infer<typeof ThreadView>

/** Mentions as `@[person:<id>]` and `@[agency:<id>]`. */
const text = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .transform((value) => value.normalize('NFC'))

export const NewThread = z.strictObject({
  clauseId: ClauseId,
  body: text,
  /** Our `encodeAnchor`, or an encoded Yjs relative position; base64; kept as given. */
  anchor: z.base64().max(16_000).optional(),
  quote: z.string().max(2_000).optional(),
  audience: Audience.default('all'),
  /** About this proposal of the clause, decided or not; such a thread is on no words. */
  proposalId: ProposalId.optional(),
})

const ofDocument = { params: z.object({ documentId: DocumentId }) }
const ofThread = { params: z.object({ threadId: ThreadId }) }
const ofReply = { params: z.object({ threadId: ThreadId, replyId: z.string() }) }
const words = { body: z.strictObject({ body: text }) }
const ofWords = ['thread/not-found', 'auth/forbidden', 'thread/words-deleted'] as const

/** Threads that one act resolves at most. */
export const TRIAGE_LIMIT = 200
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
    refuses: ['document/not-found', 'clause/not-found', 'proposal/not-found', 'auth/forbidden'],
  }),
  edit: route({
    method: 'PATCH',
    path: '/api/threads/:threadId',
    ...ofThread,
    ...words,
    reply: ThreadView,
    refuses: [...ofWords],
  }),
  /** Takes back what opened the thread; without replies the thread is gone. */
  remove: route({
    method: 'DELETE',
    path: '/api/threads/:threadId',
    ...ofThread,
    status: 204,
    reply: NoContent,
    refuses: [...ofWords],
  }),
  editReply: route({
    method: 'PATCH',
    path: '/api/threads/:threadId/replies/:replyId',
    ...ofReply,
    ...words,
    reply: ReplyView,
    refuses: [...ofWords],
  }),
  removeReply: route({
    method: 'DELETE',
    path: '/api/threads/:threadId/replies/:replyId',
    ...ofReply,
    status: 204,
    reply: NoContent,
    refuses: [...ofWords],
  }),
  /** Each by the rights held for it: what cannot be resolved is named, the rest is. */
  resolveMany: route({
    method: 'POST',
    path: '/api/threads/resolve',
    body: z.strictObject({
      threadIds: z.array(ThreadId).min(1).max(TRIAGE_LIMIT),
      reason: z.string().trim().min(1).max(2_000).optional(),
    }),
    reply: z.object({
      resolved: z.array(ThreadId),
      refused: z.array(z.object({ threadId: ThreadId, code: z.string() })),
    }),
  }),
  reply: route({
    method: 'POST',
    path: '/api/threads/:threadId/replies',
    ...ofThread,
    ...words,
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
