import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { BlocId, ClauseId, DocumentId, ThreadId } from '../base/ids.ts'
import { DocumentKind } from '../documents/document.ts'

/** What somebody is told of. */
export const INBOX_KINDS = ['mention', 'reply', 'decided', 'changed', 'signature'] as const
export type InboxKind = (typeof INBOX_KINDS)[number]

/** A signature that is due cannot be turned off. */
export const CHOOSABLE = ['mention', 'reply', 'decided', 'changed'] as const
export type ChoosableKind = (typeof CHOOSABLE)[number]

const shared = {
  /** Names the item for `read`; opaque. */
  id: z.string(),
  blocId: BlocId,
  documentId: DocumentId,
  document: DocumentKind,
  at: IsoTime,
  read: z.boolean(),
}
const words = { by: PersonRef, threadId: ThreadId, clauseId: ClauseId, excerpt: z.string() }

export const InboxItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mention'),
    ...shared,
    ...words,
    /** The person, or the whole agency. */
    whom: z.enum(['person', 'agency']),
  }),
  z.object({ kind: z.literal('reply'), ...shared, ...words }),
  z.object({
    kind: z.literal('decided'),
    ...shared,
    by: PersonRef,
    proposalId: z.string(),
    clauseId: z.string(),
    outcome: z.enum(['accepted', 'rejected']),
    reason: z.string().optional(),
  }),
  z.object({
    kind: z.literal('changed'),
    ...shared,
    /** On which one's agency had agreed to other words; `structure` last. */
    clauseIds: z.array(z.string()),
  }),
  z.object({ kind: z.literal('signature'), ...shared, placeId: z.string() }),
])
export type InboxItem = z.infer<typeof InboxItem>

export const Choices = z.strictObject({
  mention: z.boolean(),
  reply: z.boolean(),
  decided: z.boolean(),
  changed: z.boolean(),
})
export type Choices = z.infer<typeof Choices>

export const Inbox = z.object({
  unread: z.number().int(),
  /** The newest first. */
  items: z.array(InboxItem),
  choices: Choices,
})
export type Inbox = z.infer<typeof Inbox>

/** Items that one answer holds at most; as many can be marked as read at once. */
export const INBOX_LIMIT = 200

export const inboxRoutes = {
  get: route({ method: 'GET', path: '/api/inbox', reply: Inbox }),
  read: route({
    method: 'POST',
    path: '/api/inbox/read',
    body: z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(INBOX_LIMIT) }),
    reply: Inbox,
  }),
  choose: route({
    method: 'PUT',
    path: '/api/inbox/choices',
    body: Choices.partial(),
    reply: Inbox,
  }),
}
