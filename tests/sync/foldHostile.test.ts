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
  item,
  raw,
  type Section,
  skip,
  text,
  update,
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

test('zeros written so long that they are no number any more are refused', () => {
  const endless = raw([...new Array(200).fill(0x80), 0])
  const deletes = both(raw([0, 1, CLIENT, 1, 0]), endless)
  const gc = both(raw([1, 1, CLIENT, 0, CONTENT.gc]), endless, raw([0]))
  for (const write of [deletes, gc]) {
    const row = bytesOf(write)
    expect(() => readUpdate(row)).toThrow()
  }
})

test('a row that skips letters of a colleague does not make the room say that it has them', () => {
  const row = update([says('một'), { client: 9, clock: 0, structs: [skip(1000)] }])
  expect([...new Replay(null, 1, [row]).vector()]).toEqual([[CLIENT, 3]])
})
