import * as encoding from 'lib0/encoding'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'

/** Writes bytes as Yjs's V1 format has them, also such as no Yjs would write. */
export type Write = (encoder: encoding.Encoder) => void

export const bytesOf = (write: Write): Uint8Array => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}

export const uints =
  (...numbers: readonly number[]): Write =>
  (encoder) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number)
  }

export const text =
  (words: string): Write =>
  (encoder) =>
    encoding.writeVarString(encoder, words)

export const raw =
  (bytes: Uint8Array | readonly number[]): Write =>
  (encoder) =>
    encoding.writeUint8Array(encoder, Uint8Array.from(bytes))

/** One after the other. */
export const both =
  (...parts: readonly Write[]): Write =>
  (encoder) => {
    for (const part of parts) part(encoder)
  }

type Id = readonly [client: number, clock: number]
/** Where an item stands: beside others, or under a root, or under another item. */
export type Place = {
  origin?: Id
  right?: Id
  root?: string
  under?: Id
  key?: string
}

/** Numbers of the content kinds (Yjs: `contentRefs`). */
export const CONTENT = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
} as const

export const gc =
  (length: number): Write =>
  (encoder) => {
    encoding.writeUint8(encoder, CONTENT.gc)
    encoding.writeVarUint(encoder, length)
  }

export const skip =
  (length: number): Write =>
  (encoder) => {
    encoding.writeUint8(encoder, CONTENT.skip)
    encoding.writeVarUint(encoder, length)
  }

export const item =
  (kind: number, place: Place, content: Write): Write =>
  (encoder) => {
    const { origin, right, root, under, key } = place
    const info =
      kind | (origin ? 128 : 0) | (right ? 64 : 0) | (key === undefined || origin || right ? 0 : 32)
    encoding.writeUint8(encoder, info)
    for (const id of [origin, right]) if (id) uints(...id)(encoder)
    if (!origin && !right) {
      encoding.writeVarUint(encoder, under ? 0 : 1)
      if (under) uints(...under)(encoder)
      else encoding.writeVarString(encoder, root ?? 'body')
      if (key !== undefined) encoding.writeVarString(encoder, key)
    }
    content(encoder)
  }

/** The structs of one client from a clock on; `count` may lie. */
export type Section = { client: number; clock: number; structs: readonly Write[]; count?: number }
export type Ranges = { client: number; ranges: readonly Id[]; count?: number }

export const update = (sections: readonly Section[], deletes: readonly Ranges[] = []): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, sections.length)
    for (const { client, clock, structs, count } of sections) {
      uints(count ?? structs.length, client, clock)(encoder)
      for (const struct of structs) struct(encoder)
    }
    encoding.writeVarUint(encoder, deletes.length)
    for (const { client, ranges, count } of deletes) {
      uints(client, count ?? ranges.length)(encoder)
      for (const range of ranges) uints(...range)(encoder)
    }
  })

export const stateVector = (entries: readonly Id[], count: number = entries.length): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, count)
    for (const entry of entries) uints(...entry)(encoder)
  })

export const awareness = (
  entries: readonly (readonly [client: number, clock: number, state: string])[],
  count: number = entries.length,
): Uint8Array =>
  bytesOf((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness)
    const payload = bytesOf((inner) => {
      encoding.writeVarUint(inner, count)
      for (const [client, clock, state] of entries) {
        uints(client, clock)(inner)
        encoding.writeVarString(inner, state)
      }
    })
    encoding.writeVarUint8Array(encoder, payload)
  })

export const syncFrame = (subtype: number, payload: Uint8Array): Uint8Array =>
  bytesOf((encoder) => {
    uints(MESSAGE.sync, subtype)(encoder)
    encoding.writeVarUint8Array(encoder, payload)
  })

export const updateFrame = (payload: Uint8Array) => syncFrame(SYNC.update, payload)

/** The frame of an update by one client, whose first structs these are. */
export const frameOf = (client: number, structs: readonly Write[], more: Partial<Section> = {}) =>
  updateFrame(update([{ client, clock: 0, structs, ...more }]))
