import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyRow } from '../../server/sync/pastText.ts'
import { applyStored } from '../../server/sync/updateLog.ts'
import { setClauseText } from '../../shared/clauses/yjs.ts'
import { world } from './freshRooms.ts'
import { accountId, DOCUMENT } from './testRooms.ts'

/**
 * Where an edit by position goes after others have written: Yjs remembers places in a text, and a server that wrote at
 * the end of one and then took in letters at its start must not write in the middle of a word.
 */
const LONG = 'Thi đua hoàn thành nhiệm vụ phát triển kinh tế xã hội, giữ vững quốc phòng an ninh'

test.each([
  ['applyStored', (doc: Y.Doc, update: Uint8Array) => applyStored(doc, [update])],
  ['applyRow', applyRow],
])(
  'what was written by position before others wrote is not where the next edit goes: %s',
  (_, apply) => {
    const [doc, other] = [new Y.Doc(), new Y.Doc()]
    const [text, theirs] = [doc.getText(), other.getText()]
    text.insert(0, LONG)
    for (let round = 0; round < 8; round += 1) {
      text.insert(text.length, ` và ${round}`)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      theirs.delete(0, 5 + round)
      apply(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))
      const now = text.toString()
      text.insert(now.length - 3, ', cùng ')
      expect(text.toString()).toBe(`${now.slice(0, -3)}, cùng ${now.slice(-3)}`)
    }
  },
)

test('the server writes what it means to, between the letters of people', async () => {
  const peer = await world.join('stc.officer')
  const says = (words: string) =>
    world.rooms.edit(DOCUMENT, accountId('snv.officer'), (doc) => {
      setClauseText(doc, 'c2', words)
    })
  const isWritten = async () => (await world.rooms.read(DOCUMENT)).blocks
  let words = LONG
  await says(words)
  for (let round = 0; round < 8; round += 1) {
    words = `${words} và ${round}`
    await says(words)
    await peer.until(() => peer.text.includes(words), 'the server’s words')
    words = words.slice(5 + round)
    const left = words
    peer.write((_, doc) => setClauseText(doc, 'c2', left))
    await peer.saved()
    words = `${words.slice(0, -3)}, cùng ${words.slice(-3)}`
    await says(words)
    expect(JSON.stringify(await isWritten())).toContain(words)
    await peer.until(() => peer.text.includes(words), 'the server’s words')
  }
  await peer.leave()
})
