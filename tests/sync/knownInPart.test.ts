import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import type { TestPeer } from '../support/TestPeer.ts'
import { CONTENT, gc, item, text, update } from './frames/updateBytes.ts'
import { world } from './freshRooms.ts'
import { DOCUMENT, typeInto } from './testRooms.ts'

/**
 * An item of which the room has the beginning. Yjs hangs the rest behind that beginning, and under what the whole item
 * says it stands beside: for an honest author one place, otherwise two, and then a copy breaks or counts wrongly.
 */
const MINE = 70_001
const wordsAt = (doc: Y.Doc, index: number) =>
  (bodyOf(doc).get(index) as Y.XmlElement).get(0) as Y.XmlText
/** A letter of the second clause, which the template wrote. */
const LETTER = [1, 30] as const
const rest = (origin: readonly [number, number]) =>
  update([
    { client: MINE, clock: 3, structs: [item(CONTENT.string, { origin }, text('đúng hạn'))] },
  ])

/** The text loads from its rows, by any way of applying them, and people go on in it. */
async function loads(peer: TestPeer): Promise<void> {
  const colleague = await world.join('snv.officer')
  colleague.write((_, doc) => typeInto(doc, 0, ' và tiếp'))
  await colleague.saved()
  const disk = await world.diskText()
  expect(colleague.text).toBe(disk)
  const { encodeState } = await world.rooms.read(DOCUMENT)
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, encodeState())
  expect(bodyOf(fresh).toString()).toBe(disk)
  for (const doc of [fresh, colleague.doc])
    for (const index of [0, 1]) {
      const words = wordsAt(doc, index)
      if (words) expect(words.length).toBe(words.toString().length)
    }
  expect(peer.refusals.map(({ code }) => code)).not.toContain('server/busy')
}

/** The text as its rows up to this one make it. */
async function asOf(seq: number): Promise<Y.Doc> {
  const rows = await world.database.read
    .selectFrom('document_update')
    .select('bytes')
    .where('document_id', '=', DOCUMENT)
    .where('seq', '<=', seq)
    .orderBy('seq')
    .execute()
  const doc = new Y.Doc()
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return doc
}

describe('an item that the room has in part is taken for what is new in it', () => {
  test('its beginning was said to be cleared away, and it stands beside what others have cleared away', async () => {
    const peer = await world.join('stc.officer')
    peer.write((body) => body.delete(1, 1))
    peer.sendUpdate(update([{ client: MINE, clock: 0, structs: [gc(7)] }]))
    await peer.saved()
    peer.sendUpdate(rest(LETTER))
    await Promise.race([peer.saved(), peer.closed])
    await loads(peer)
  })

  test('its beginning was written in another clause, and has been deleted', async () => {
    const peer = await world.join('stc.officer')
    const own = item(CONTENT.string, { origin: [1, 5] }, text('abcdefg'))
    peer.sendUpdate(
      update([{ client: MINE, clock: 0, structs: [own] }], [{ client: MINE, ranges: [[0, 7]] }]),
    )
    await peer.saved()
    peer.sendUpdate(rest(LETTER))
    await Promise.race([peer.saved(), peer.closed])
    await loads(peer)
  })

  test('an honest one, sent again with what was typed since, is saved; a colleague deleted the clause meanwhile', async () => {
    const doc = new Y.Doc()
    doc.clientID = MINE
    const author = await world.join('stc.officer', '', doc)
    author.write((_, own) => typeInto(own, 1, ' đúng'))
    await author.saved()
    const colleague = await world.join('snv.officer')
    colleague.write((body) => body.delete(1, 1))
    await colleague.saved()
    // What the author's copy would be without having heard of it.
    const apart = await asOf(2)
    apart.clientID = MINE
    wordsAt(apart, 1).insert(wordsAt(apart, 1).length, ' hạn')
    author.sendUpdate(Y.encodeStateAsUpdate(apart))
    await author.saved()
    await loads(author)
  })
})
