import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { LANGUAGES } from '../base/dictionary.ts'
import { BlocId, ClauseId, DocumentId, ThreadId } from '../base/ids.ts'
import { MailAddress } from '../base/mailAddress.ts'
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
  z.object({
    kind: z.literal('reply'),
    ...shared,
    ...words,
    /** Why it is one's own: one has spoken there, or it is about one's proposal. */
    about: z.enum(['thread', 'proposal']),
  }),
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

export const MAIL_FREQUENCIES = ['off', 'daily'] as const

/** Digests by mail, for an installation that sends mail. */
export const MailChoices = z.object({
  /** Where they go; null until somebody has shown that he reads mail there. */
  address: z.string().nullable(),
  /** A code has gone there, and counts until then. */
  asked: z.object({ address: z.string(), until: IsoTime }).nullable(),
  frequency: z.enum(MAIL_FREQUENCIES),
  /** Which of the kinds one is told of come by mail too; a signature that is due always does. */
  kinds: Choices,
})
export type MailChoices = z.infer<typeof MailChoices>

/** Of the page on which somebody chose: mail is written in it. */
const language = z.enum(LANGUAGES)

export const Inbox = z.object({
  unread: z.number().int(),
  /** The newest first. */
  items: z.array(InboxItem),
  choices: Choices,
  /** Absent where no mail is sent. */
  mail: MailChoices.optional(),
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

export const MAIL_CODE_DIGITS = 8

/** There only where mail is sent. */
export const mailRoutes = {
  /** Sends a code to an address; what is there before goes on until the code has come back. */
  ask: route({
    method: 'PUT',
    path: '/api/inbox/mail/address',
    body: z.strictObject({ address: MailAddress, language }),
    reply: Inbox,
    refuses: ['auth/step-up-required', 'mail/not-sent', 'mail/address-refused'],
  }),
  confirm: route({
    method: 'POST',
    path: '/api/inbox/mail/confirm',
    body: z.strictObject({ code: z.string().regex(new RegExp(`^\\d{${MAIL_CODE_DIGITS}}$`)) }),
    reply: Inbox,
    refuses: ['mail/wrong-code'],
  }),
  /** The code on its way counts no more; the address that was confirmed stays. */
  drop: route({ method: 'DELETE', path: '/api/inbox/mail/code', reply: Inbox }),
  remove: route({ method: 'DELETE', path: '/api/inbox/mail/address', reply: Inbox }),
  choose: route({
    method: 'PUT',
    path: '/api/inbox/mail/choices',
    body: z.strictObject({
      frequency: z.enum(MAIL_FREQUENCIES).optional(),
      kinds: Choices.partial().optional(),
      language: language.optional(),
    }),
    reply: Inbox,
    refuses: ['mail/no-address'],
  }),
}
