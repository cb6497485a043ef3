import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { wholeState } from '../../server/sync/compactText.ts'
import { Replay } from '../../server/sync/Replay.ts'
import { readUpdate } from '../../server/sync/updateFacts.ts'
import { applyStored } from '../../server/sync/updateLog.ts'
import {
  both,
  bytesOf,
  CONTENT,
  gc,
  item,
  raw,
  type Section,
  skip,
  text,
  uints,
  update,
  type Write,
} from './frames/updateBytes.ts'

const CLIENT = 7
const word = (letters: string) => item(CONTENT.string, {}, text(letters))
const says = (letters: string, clock = 0): Section => ({
  client: CLIENT,
  clock,
  structs: [word(letters)],
})
const saysNothing: Section = { client: CLIENT, clock: 0, structs: [] }

function wordsOf(row: Uint8Array): string {
  const doc = new Y.Doc()
  applyStored(doc, [row])
  return doc.getText('body').toString()
}

test('a row that names a client twice is folded as Yjs reads it, and not taken from anybody', () => {
  const rows: [Section[], string][] = [
    [[says('một'), says('hai')], 'hai'],
    // Yjs, and so whoever inspects the text, never sees these words.
    [[says('một'), saysNothing], ''],
    [[saysNothing, says('hai')], 'hai'],
  ]
  for (const [sections, words] of rows) {
    const row = update(sections)
    expect(wordsOf(row)).toBe(words)
    expect(wordsOf(wholeState({ base: null, rows: [row] }).bytes)).toBe(words)
    expect(() => readUpdate(row)).toThrow('twice')
  }
  expect(() => readUpdate(update([says('a'), says('b', 1)]))).toThrow('twice')
})

test('[F26] a struct without letters is refused: Yjs writes it into a state that it cannot load', () => {
  const root = { root: 'body' }
  const nothing: [string, Write][] = [
    ['gc', gc(0)],
    ['deleted', item(CONTENT.deleted, root, uints(0))],
    ['string', item(CONTENT.string, root, text(''))],
    ['json', item(CONTENT.json, root, uints(0))],
    ['any', item(CONTENT.any, root, uints(0))],
    ['skip', skip(0)],
  ]
  for (const [name, struct] of nothing) {
    const behind = item(CONTENT.string, { origin: [60_000, 0] }, text('b'))
    const sent = [
      update([{ client: 60_000, clock: 0, structs: [struct] }]),
      update([
        {
          client: 60_000,
          clock: 0,
          structs: [item(CONTENT.string, root, text('a')), struct, behind],
        },
      ]),
    ]
    for (const bytes of sent) expect(() => readUpdate(bytes), name).toThrow('of no letters')
  }
  // Why it matters.
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update([{ client: 60_000, clock: 0, structs: [gc(0)] }]))
  const state = Y.encodeStateAsUpdate(doc)
  expect(() => Y.applyUpdate(new Y.Doc(), state)).toThrow('Unexpected case')
})

test('zeros written so long that they are no number any more are refused', () => {
  const endless = raw([...new Array(200).fill(0x80), 0])
  const deletes = both(raw([0, 1, CLIENT, 1, 0]), endless)
  const collected = both(raw([1, 1, CLIENT, 0, CONTENT.gc]), endless, raw([0]))
  for (const write of [deletes, collected]) {
    const row = bytesOf(write)
    expect(() => readUpdate(row)).toThrow()
  }
})

test('a row that skips letters of a colleague does not make the room say that it has them', () => {
  const row = update([says('một'), { client: 9, clock: 0, structs: [skip(1000)] }])
  expect([...new Replay(null, 1, [row]).vector()]).toEqual([[CLIENT, 3]])
})
