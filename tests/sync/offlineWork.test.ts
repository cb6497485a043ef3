import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connectDocument, type DocumentConnection } from '../../client/sync/connectDocument.ts'
import type { SocketClass } from '../../client/sync/trackDurability.ts'
import type { BlocId } from '../../shared/base/ids.ts'
import { DocumentId } from '../../shared/base/ids.ts'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { FRAME_LIMIT, MESSAGE, SYNC } from '../../shared/sync/protocol.ts'
import { world } from './freshRooms.ts'
import { accountId, DOCUMENT, eventually, typeInto } from './testRooms.ts'

/** The product's own connection before the real rooms. */
let connection: DocumentConnection
/** Document frames sent on the last connection: sub-type and size. */
let frames: { step: number; bytes: number }[] = []
beforeEach(async () => {
  class OfficerSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: world.headers('stc.officer') })
      frames = []
    }
    override send(data: Uint8Array): void {
      const [type, step = 0] = data
      if (type === MESSAGE.sync && step !== SYNC.step1)
        frames.push({ step, bytes: data.byteLength })
      super.send(data)
    }
  }
  connection = connectDocument({
    documentId: DocumentId.parse(DOCUMENT),
    blocId: 'b' as BlocId,
    userId: accountId('stc.officer'),
    epoch: 'e1',
    model: 'articles',
    serverUrl: world.url,
    Socket: OfficerSocket as unknown as SocketClass,
    online: { isOnline: () => true, subscribe: () => () => {} },
    askWhy: async () => null,
  })
  connection.open()
})
afterEach(() => connection.destroy())
const isSaved = () => connection.getSnapshot().save === 'saved'
const paste = (letter: string) => letter.repeat(190_000)

test('[B51] more than a frame holds, written offline, arrives in several and is acknowledged', async () => {
  await eventually(isSaved).toBe(true)
  connection.close()
  const pastes = ['đ', 'ă', 'ư'].map(paste)
  for (const [index, text] of pastes.entries()) {
    for (let word = 0; word < 20; word += 1) typeInto(connection.doc, index, ` ${word}`)
    typeInto(connection.doc, index, text)
  }
  expect(connection.getSnapshot()).toMatchObject({ pending: 63 })
  connection.open()
  await eventually(isSaved).toBe(true)
  expect(connection.getSnapshot()).toMatchObject({ pending: 0, refused: null, unsent: [] })
  const text = await world.diskText()
  expect(text === bodyOf(connection.doc).toString()).toBe(true)
  for (const pasted of pastes) expect(text.includes(` 19${pasted}`)).toBe(true)
  // As few frames as hold it, none of them near the bound; the step 2 after them tells nothing again.
  expect(frames.map(({ step }) => step)).toEqual([
    SYNC.update,
    SYNC.update,
    SYNC.update,
    SYNC.step2,
  ])
  for (const { bytes } of frames) expect(bytes).toBeLessThan(FRAME_LIMIT / 2)
  expect(frames.at(-1)?.bytes).toBeLessThan(1_000)
})
