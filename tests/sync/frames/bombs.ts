import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'
import {
  awareness,
  both,
  bytesOf,
  CONTENT,
  frameOf,
  gc,
  item,
  raw,
  type Section,
  skip,
  stateVector,
  syncFrame,
  text,
  uints,
  update,
  updateFrame,
  type Write,
} from './updateBytes.ts'

export type Bomb = {
  name: string
  frame: Uint8Array
  /** Close codes of the contract that it may end with; null: it may be ignored or answered. */
  ends: number | null
}

/** The clientID that bombs write under, nobody's before. */
export const BOMBER = 77_001
const PLACE = { root: 'body' } as const

const one = (structs: readonly Write[], more: Partial<Section> = {}) =>
  frameOf(BOMBER, structs, more)
const any = (bytes: readonly number[] | Uint8Array) =>
  item(CONTENT.any, { ...PLACE, key: 'id' }, raw(bytes))
const repeat = (count: number, ...bytes: readonly number[]) =>
  Uint8Array.from({ length: count * bytes.length }, (_, i) => bytes[i % bytes.length] ?? 0)
/** `[[[…]]]` as lib0 writes it, and as JSON. */
const nestedAny = (depth: number) => [...repeat(depth, 117, 1), 126]
const nestedJson = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

function v2(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = BOMBER
  doc.getXmlFragment('body').insert(0, [new Y.XmlElement('clause')])
  return Y.encodeStateAsUpdateV2(doc)
}

/** Every kind of lie that a decoder may believe, by name. */
export const decoderBombs = (): Bomb[] => [
  ...[2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 60].flatMap((length): Bomb[] => [
    {
      name: `an update of ${length} bytes that does not come`,
      frame: bytesOf(uints(MESSAGE.sync, SYNC.update, length)),
      ends: 4400,
    },
    {
      name: `an update of ${length} clients`,
      frame: updateFrame(bytesOf(uints(length, 1, BOMBER, 0))),
      ends: 4400,
    },
    { name: `${length} structs`, frame: one([gc(1)], { count: length }), ends: 4400 },
    {
      name: `a string of ${length} bytes`,
      frame: one([item(CONTENT.string, PLACE, uints(length))]),
      ends: 4400,
    },
    {
      name: `an array of ${length} values`,
      frame: one([any([1, 117, ...bytesOf(uints(length))])]),
      ends: 4400,
    },
    {
      name: `${length} values in one item`,
      frame: one([any(bytesOf(uints(length)))]),
      ends: 4400,
    },
    {
      name: `${length} JSON values in one item`,
      frame: one([item(CONTENT.json, PLACE, uints(length))]),
      ends: 4400,
    },
    {
      name: `${length} bytes in one item`,
      frame: one([item(CONTENT.binary, PLACE, uints(length))]),
      ends: 4400,
    },
    {
      name: `deletions of ${length} clients`,
      frame: updateFrame(bytesOf(uints(0, length, 1, 1, 0, 1))),
      ends: 4400,
    },
    {
      name: `${length} deletions`,
      frame: updateFrame(update([], [{ client: 1, ranges: [[0, 1]], count: length }])),
      ends: 4400,
    },
    {
      name: `a state vector of ${length} clients`,
      frame: syncFrame(SYNC.step1, stateVector([[1, 1]], length)),
      ends: 4400,
    },
    {
      name: `presence of ${length} clients`,
      frame: awareness([[BOMBER, 1, '{}']], length),
      ends: 4400,
    },
  ]),
  { name: 'V2 bytes in V1 place', frame: updateFrame(v2()), ends: 4400 },
  {
    name: 'a V2 run of 2^31 in V1 place',
    frame: updateFrame(
      bytesOf((encoder) => {
        // Feature flag, then columns; the first holds one value and a run length that lies.
        uints(0, 7, BOMBER)(encoder)
        encoding.writeVarUint(encoder, 2 ** 31)
        raw(v2().slice(3))(encoder)
      }),
    ),
    ends: 4400,
  },
  { name: 'values nested 400,000 deep', frame: one([any([1, ...nestedAny(400_000)])]), ends: 4400 },
  { name: 'values nested 1,500 deep', frame: one([any([1, ...nestedAny(1_500)])]), ends: 4422 },
  {
    name: 'JSON nested 200,000 deep in a mark',
    frame: one([item(CONTENT.format, PLACE, both(text('bold'), text(nestedJson(200_000))))]),
    ends: 4422,
  },
  {
    name: 'JSON nested 200,000 deep in an embed',
    frame: one([item(CONTENT.embed, PLACE, text(nestedJson(200_000)))]),
    ends: 4422,
  },
  {
    name: 'presence nested 400,000 deep',
    frame: awareness([[BOMBER, 1, `{"cursor":${nestedJson(400_000)}}`]]),
    ends: 4400,
  },
  {
    name: 'a string that is no UTF-8',
    frame: one([item(CONTENT.string, PLACE, raw([4, 0xff, 0xfe, 0xc0, 0x80]))]),
    ends: 4400,
  },
  { name: 'an unknown kind of content', frame: one([raw([31, 0, 1])]), ends: 4400 },
  {
    name: 'a document within the document',
    frame: one([item(CONTENT.doc, PLACE, both(text('guid'), raw([118, 0])))]),
    ends: 4422,
  },
  {
    name: '200,000 values in an attribute',
    frame: one([any([...bytesOf(uints(200_000)), ...repeat(200_000, 126)])]),
    ends: 4422,
  },
]

/** Numbers beyond what Yjs can count with. */
export const numberBombs = (): Bomb[] => [
  { name: 'nothing but a skip of 2^50', frame: one([skip(2 ** 50)]), ends: 4400 },
  { name: 'cleared letters up to 2^50', frame: one([gc(2 ** 50)]), ends: 4400 },
  {
    name: 'cleared letters past what a number holds',
    frame: one([gc(2 ** 53 - 1), gc(2 ** 53 - 1)]),
    ends: 4400,
  },
  {
    name: 'deleted letters up to 2^50',
    frame: one([item(CONTENT.deleted, PLACE, uints(2 ** 50))]),
    ends: 4400,
  },
  {
    name: 'a clock of 2^53 - 1',
    frame: one([gc(1)], { clock: 2 ** 53 - 1 }),
    ends: 4400,
  },
  {
    name: 'a clientID of 2^60',
    frame: one([gc(1)], { client: 2 ** 60 }),
    ends: 4400,
  },
  {
    name: 'a deletion up to 2^50',
    frame: updateFrame(update([], [{ client: 1, ranges: [[0, 2 ** 50]] }])),
    ends: 4400,
  },
  {
    name: 'presence of a clientID of 2^60 with a clock of 2^60',
    frame: awareness([[2 ** 60, 2 ** 60, '{}']]),
    ends: 4400,
  },
]

const MIB = 2 ** 20

/** As much of something as fits into a frame, or more. */
export const bulkBombs = (): Bomb[] => {
  const clients = (count: number) =>
    Array.from({ length: count }, (_, i) => [20_000 + i, 1] as const)
  const deletions = (
    client: number,
    count: number,
    range: (i: number) => readonly [number, number],
  ) =>
    updateFrame(update([], [{ client, ranges: Array.from({ length: count }, (_, i) => range(i)) }]))
  return [
    {
      name: 'a state vector of 1,000,000 clients',
      frame: syncFrame(SYNC.step1, stateVector(clients(1_000_000))),
      ends: 4413,
    },
    {
      name: 'the longest state vector that fits into a frame',
      frame: syncFrame(SYNC.step1, stateVector(clients(255_000))),
      ends: null,
    },
    {
      name: '1,000,000 deletions',
      frame: deletions(1, 1_000_000, (i) => [i * 2, 1]),
      ends: 4413,
    },
    {
      name: '500,000 times the same deletion',
      frame: deletions(1, 500_000, () => [0, 4]),
      ends: 4413,
    },
    {
      name: '90,000 times the same deletion',
      frame: deletions(1, 90_000, () => [0, 4]),
      ends: 4400,
    },
    {
      name: '250,000 deletions of what nobody wrote',
      frame: deletions(BOMBER, 250_000, (i) => [i * 2, 1]),
      ends: 4413,
    },
    {
      name: 'presence of 100,000 clients',
      frame: awareness(clients(100_000).map(([client]) => [client, 1, '{}'])),
      ends: 4400,
    },
    {
      name: 'presence of one client 100,000 times',
      frame: awareness(clients(100_000).map(() => [BOMBER, 1, '{}'])),
      ends: 4400,
    },
    {
      name: 'cleared letters of 100,000 clients',
      frame: updateFrame(
        update(clients(100_000).map(([client]) => ({ client, clock: 0, structs: [gc(1)] }))),
      ),
      ends: 4413,
    },
    {
      name: '500,000 cleared letters one by one',
      frame: one(Array.from({ length: 500_000 }, () => gc(1))),
      ends: 4413,
    },
    {
      name: '90,000 cleared letters one by one',
      frame: one(Array.from({ length: 90_000 }, () => gc(1))),
      ends: null,
    },
    { name: 'a frame of zeros', frame: new Uint8Array(MIB), ends: 4400 },
    { name: 'a frame of ones', frame: new Uint8Array(MIB).fill(255), ends: 4400 },
  ]
}
