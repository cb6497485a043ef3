import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { MESSAGE, type Notice, type RefusalFrame, SYNC } from '../../shared/sync/protocol.ts'

/** A name and a cursor fit in amply; JSON that is short cannot be nested so deep that writing it breaks the stack. */
const STATE_LENGTH = 4096

/** A stock client repeats all that it has heard; no room is so full. */
const ENTRIES = 10_000

/** One client's presence as it travels; `state` null means that it has left. */
export type PresenceEntry = {
  clientId: number
  clock: number
  state: Record<string, unknown> | null
}

export type ClientFrame =
  | { kind: 'step1'; stateVector: Uint8Array }
  /** A document frame: sync step 2 or update. These are counted. */
  | { kind: 'content'; update: Uint8Array }
  | { kind: 'presence'; entries: readonly PresenceEntry[] }
  | { kind: 'queryPresence' }

export class MalformedFrame extends Error {}

/**
 * Reads one binary frame of a client. The update in a document frame is not looked into here.
 * @throws {MalformedFrame} for anything y-websocket would not send, bytes left over included
 */
export function readFrame(bytes: Uint8Array): ClientFrame {
  const decoder = decoding.createDecoder(bytes)
  let frame: ClientFrame
  try {
    frame = readBody(decoder)
  } catch (cause) {
    throw new MalformedFrame('unreadable frame', { cause })
  }
  if (decoding.hasContent(decoder)) throw new MalformedFrame('bytes left over')
  return frame
}

function readBody(decoder: decoding.Decoder): ClientFrame {
  const type = decoding.readVarUint(decoder)
  if (type === MESSAGE.queryAwareness) return { kind: 'queryPresence' }
  if (type === MESSAGE.awareness)
    return { kind: 'presence', entries: readPresence(decoding.readVarUint8Array(decoder)) }
  if (type !== MESSAGE.sync) throw new MalformedFrame(`unknown type ${type}`)
  const subtype = decoding.readVarUint(decoder)
  // A copy: what the network hands over lies in a larger block, which would travel to the writer thread with it.
  const payload = decoding.readVarUint8Array(decoder).slice()
  if (subtype === SYNC.step2 || subtype === SYNC.update) return { kind: 'content', update: payload }
  if (subtype !== SYNC.step1) throw new MalformedFrame(`unknown sync type ${subtype}`)
  Y.decodeStateVector(payload)
  return { kind: 'step1', stateVector: payload }
}

export function readPresence(payload: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(payload)
  const entries: PresenceEntry[] = []
  const count = decoding.readVarUint(decoder)
  if (count > ENTRIES) throw new MalformedFrame('presence of too many')
  for (let left = count; left > 0; left -= 1) {
    const clientId = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    if (!Number.isSafeInteger(clientId) || !Number.isSafeInteger(clock))
      throw new MalformedFrame('a number out of all bounds')
    const text = decoding.readVarString(decoder)
    if (text.length > STATE_LENGTH) throw new MalformedFrame('presence too large')
    const state: unknown = JSON.parse(text)
    if (typeof state !== 'object' || Array.isArray(state))
      throw new MalformedFrame('presence is neither an object nor null')
    entries.push({ clientId, clock, state: state as PresenceEntry['state'] })
  }
  return entries
}

const frame = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  write(encoder)
  return encoding.toUint8Array(encoder)
}

const syncFrame = (subtype: number, payload: Uint8Array) =>
  frame(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, subtype)
    encoding.writeVarUint8Array(encoder, payload)
  })

/** "This is what I have": the other side answers with a step 2 of everything else. */
export const step1Frame = (stateVector: Uint8Array) => syncFrame(SYNC.step1, stateVector)
export const step2Frame = (update: Uint8Array) => syncFrame(SYNC.step2, update)
export const updateFrame = (update: Uint8Array) => syncFrame(SYNC.update, update)

export const presenceFrame = (entries: readonly PresenceEntry[]): Uint8Array =>
  presenceFrameOf(entries.map(presenceBytes))

/** One entry, for {@link presenceFrameOf}. */
export function presenceBytes({ clientId, clock, state }: PresenceEntry): Uint8Array {
  const entry = encoding.createEncoder()
  encoding.writeVarUint(entry, clientId)
  encoding.writeVarUint(entry, clock)
  encoding.writeVarString(entry, JSON.stringify(state))
  return encoding.toUint8Array(entry)
}

export const presenceFrameOf = (entries: readonly Uint8Array[]): Uint8Array =>
  frame(MESSAGE.awareness, (encoder) => {
    const payload = encoding.createEncoder()
    encoding.writeVarUint(payload, entries.length)
    for (const entry of entries) encoding.writeUint8Array(payload, entry)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(payload))
  })

/** @param count document frames of this connection that are on disk */
export const ackFrame = (count: number, revision: number): Uint8Array =>
  frame(MESSAGE.ack, (encoder) => {
    encoding.writeVarUint(encoder, count)
    encoding.writeVarUint(encoder, revision)
  })

const jsonFrame = (type: number, value: unknown) =>
  frame(type, (encoder) => encoding.writeVarString(encoder, JSON.stringify(value)))

export const refusalFrame = (refusal: RefusalFrame) => jsonFrame(MESSAGE.refusal, refusal)
export const noticeFrame = (notice: Notice) => jsonFrame(MESSAGE.notice, notice)
export const heartbeatFrame = () => frame(MESSAGE.heartbeat, () => undefined)
