import * as decoding from 'lib0/decoding'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'
import type { Chance } from '../../support/seeded.ts'
import type { Specimen } from './corpus.ts'
import { bytesOf, syncFrame, uints } from './updateBytes.ts'

/** Bytes of a binary frame, or a text frame. */
export type Mutant = { name: string; frame: Uint8Array | string }

/** Numbers that decoders have believed. */
const LIES = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 2 ** 60]
const lie = (chance: Chance) => bytesOf(uints(chance.pick(LIES)))
/** Below zero as lib0 writes signed numbers, and a number that never ends. */
const ODD = [new Uint8Array([0x41]), new Uint8Array([0xff, 0x7f]), new Uint8Array(12).fill(0xff)]

const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))

function set(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice()
  if (copy.length > 0) copy[at] = value
  return copy
}

type Change = (bytes: Uint8Array, chance: Chance, corpus: readonly Specimen[]) => Uint8Array

/** Where a mutation bites: half of the time in the first bytes, where types, counts and clocks are. */
function spot({ length }: Uint8Array, chance: Chance): number {
  if (length === 0) return 0
  return chance.below(2) === 0 ? chance.below(Math.min(length, 16)) : chance.below(length)
}

const DEPTH = 2_000
const NESTED = Uint8Array.from({ length: 2 * DEPTH }, (_, i) => (i % 2 === 0 ? 117 : 1))
const BRACKETS = Buffer.from('['.repeat(DEPTH))

/** Values in values, as lib0 writes them or as JSON, that do not end. */
const nested = (depth: number, chance: Chance): Uint8Array =>
  chance.oneIn(2) ? NESTED.subarray(0, 2 * depth) : BRACKETS.subarray(0, depth)

const CHANGES: Record<string, Change> = {
  bit: (bytes, chance) => {
    const at = spot(bytes, chance)
    return set(bytes, at, (bytes[at] ?? 0) ^ (1 << chance.below(8)))
  },
  byte: (bytes, chance) => set(bytes, spot(bytes, chance), chance.below(256)),
  truncate: (bytes, chance) => bytes.slice(0, chance.below(bytes.length + 1)),
  lie: (bytes, chance) => {
    const at = spot(bytes, chance)
    return join(bytes.slice(0, at), lie(chance), bytes.slice(at + 1))
  },
  odd: (bytes, chance) => {
    const at = spot(bytes, chance)
    return join(bytes.slice(0, at), chance.pick(ODD), bytes.slice(at + chance.below(3)))
  },
  splice: (bytes, chance, corpus) => {
    const other = chance.pick(corpus).bytes
    return join(
      bytes.slice(0, chance.below(bytes.length + 1)),
      other.slice(chance.below(other.length + 1)),
    )
  },
  twice: (bytes, chance) => {
    const from = chance.below(bytes.length + 1)
    const to = from + chance.below(bytes.length - from + 1)
    return join(bytes.slice(0, to), bytes.slice(from))
  },
  insert: (bytes, chance) => {
    const at = spot(bytes, chance)
    const noise = Uint8Array.from({ length: 1 + chance.below(6) }, () => chance.below(256))
    return join(bytes.slice(0, at), noise, bytes.slice(at))
  },
  run: (bytes, chance) => {
    const at = spot(bytes, chance)
    return join(
      bytes.slice(0, at),
      new Uint8Array(1 + chance.below(300)).fill(chance.below(256)),
      bytes.slice(at),
    )
  },
  nest: (bytes, chance) => {
    const at = spot(bytes, chance)
    return join(bytes.slice(0, at), nested(1 + chance.below(DEPTH), chance), bytes.slice(at))
  },
  utf8: (bytes, chance) => {
    const at = spot(bytes, chance)
    return join(
      bytes.slice(0, at),
      new Uint8Array([0xc0, 0x80, 0xff, 0xed, 0xa0, 0x80]),
      bytes.slice(at + 6),
    )
  },
}
/** What a sync frame carries. */
export function payloadOf(bytes: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(bytes)
  decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}

const NAMES = Object.keys(CHANGES)

/** A frame changed one to three times, seldom a text frame or an empty one. */
export function mutate(
  { name, bytes }: Specimen,
  chance: Chance,
  corpus: readonly Specimen[],
): Mutant {
  if (chance.oneIn(200))
    return { name: `${name} as text`, frame: Buffer.from(bytes).toString('latin1') }
  if (chance.oneIn(400)) return { name: 'nothing', frame: new Uint8Array() }
  // Half of the time the length that the frame says is made to fit, so that what is in it is looked at.
  const inner = bytes[0] === MESSAGE.sync && chance.oneIn(2) ? payloadOf(bytes) : null
  let frame = inner ?? bytes
  const done: string[] = []
  for (let n = 1 + (chance.oneIn(2) ? 0 : chance.below(3)); n > 0; n -= 1) {
    const change = chance.pick(NAMES)
    done.push(change)
    frame = (CHANGES[change] as Change)(frame, chance, corpus)
  }
  if (inner) frame = syncFrame(bytes[1] ?? SYNC.update, frame)
  return { name: `${name}: ${done.join(', ')}`, frame }
}
