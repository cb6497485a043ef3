import * as z from 'zod'
import { Phase } from '../documents/document.ts'

/**
 * Message types on the socket. 0 to 3 are y-websocket's own; the stock client logs and ignores the rest,
 * so a stranger's editor still works.
 */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** varUint n, varUint revision: the first n document frames of this connection are on disk. */
  ack: 100,
  /** varString JSON {@link RefusalFrame}; the close follows. */
  refusal: 101,
  /** varString JSON {@link Notice}. */
  notice: 102,
  /** Empty; at least every {@link HEARTBEAT_MS}. */
  heartbeat: 103,
} as const

/** Sub-types of a sync message (y-protocols/sync). Steps 2 and updates are the counted document frames. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** Bytes of one frame of a client; a larger one is closed with 4413 unread. */
export const FRAME_LIMIT = 1024 * 1024

export const HEARTBEAT_MS = 10_000

export const RefusalFrame = z.object({
  code: z.string(),
  /** Number of the refused document frame, itself counted. */
  frame: z.number().int(),
  details: z.record(z.string(), z.unknown()),
})
export type RefusalFrame = z.infer<typeof RefusalFrame>

/** What the server tells open editors. Ids only: whoever hears one asks over HTTP, where rights are judged. */
export const Notice = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('phase'),
    phase: Phase,
    /** Who did it and why, for the words on screen. */
    by: z.string().nullable(),
    reason: z.string().optional(),
  }),
  /** The lead has announced the lock: milliseconds left as the server counts them, or null when taken back. */
  z.object({
    type: z.literal('lock-announced'),
    inMs: z.number().int().nullable(),
    by: z.string(),
  }),
  z.object({ type: z.literal('document') }),
  z.object({ type: z.literal('thread'), threadId: z.string() }),
  z.object({ type: z.literal('position') }),
  z.object({ type: z.literal('proposal') }),
  /** `restored`: the text has been put back, or one clause of it; by whom, and to what it was at this time. */
  z.object({
    type: z.literal('version'),
    restored: z
      .object({ by: z.string(), at: z.string(), clauseId: z.string().nullable() })
      .optional(),
  }),
  /** In another document of the bloc clauses have come, gone or moved: references to it may say something else. */
  z.object({ type: z.literal('reference') }),
  z.object({ type: z.literal('signing') }),
  /** To their author alone: words of his that somebody's deletion hid. */
  z.object({ type: z.literal('swallowed'), id: z.string() }),
  z.object({ type: z.literal('going-away') }),
])
export type Notice = z.infer<typeof Notice>

/** Presence as the server stamps it: who comes from the session, only the cursor from the client. */
export const PresenceUser = z.object({
  id: z.string(),
  name: z.string(),
  agencyId: z.string().nullable(),
  agency: z.string(),
  color: z.string(),
})
export type PresenceUser = z.infer<typeof PresenceUser>
