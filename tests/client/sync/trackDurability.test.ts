import * as decoding from 'lib0/decoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type SocketClass, trackDurability } from '../../../client/sync/trackDurability.ts'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'

class FakeSocket {
  readonly sent: unknown[] = []
  #opened = () => {}
  send(data: unknown) {
    this.sent.push(data)
  }
  addEventListener(_: 'open', listener: () => void) {
    this.#opened = listener
  }
  open() {
    this.#opened()
  }
}
const lettersOf = (update: Uint8Array) =>
  Y.decodeUpdate(update)
    .structs.map((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString
        ? struct.content.str
        : '',
    )
    .join('')
/** Some change, as its document tells it. */
const change = () => {
  const doc = new Y.Doc()
  doc.getText('body').insert(0, 'x')
  return Y.encodeStateAsUpdate(doc)
}
const track = () => trackDurability(FakeSocket as unknown as SocketClass, () => {})
const frame = (type: number, step: number) => new Uint8Array([type, step, 0])

test('only sync step 2 and update are counted', () => {
  const durability = track()
  const socket = new durability.Socket('ws://x')
  for (const bytes of [
    frame(MESSAGE.sync, SYNC.step1),
    frame(MESSAGE.sync, SYNC.step2),
    frame(MESSAGE.awareness, SYNC.update),
    frame(MESSAGE.sync, SYNC.update),
  ])
    socket.send(bytes as Uint8Array<ArrayBuffer>)
  expect(durability.sent).toBe(2)
  expect((socket as unknown as FakeSocket).sent).toHaveLength(4)
})

test('a change is pending until the frame that carries it is acknowledged', () => {
  const durability = track()
  const socket = new durability.Socket('ws://x')
  socket.send(frame(MESSAGE.sync, SYNC.step2))
  socket.send(frame(MESSAGE.sync, SYNC.update))
  durability.changed(true, change())
  durability.acknowledge(1)
  expect([durability.pending, durability.acked]).toEqual([1, 1])
  durability.acknowledge(2)
  expect(durability.pending).toBe(0)
})

test('what was typed offline, or sent on a lost connection, waits for the step 2 of the next one', () => {
  const durability = track()
  const first = new durability.Socket('ws://x')
  first.send(frame(MESSAGE.sync, SYNC.update))
  durability.changed(true, change())
  durability.changed(false, change())
  const second = new durability.Socket('ws://x')
  expect([durability.sent, durability.acked, durability.pending]).toEqual([0, 0, 2])
  second.send(frame(MESSAGE.sync, SYNC.step2))
  durability.acknowledge(1)
  expect(durability.pending).toBe(0)
})

test('[P04] what was not acknowledged is said again first of all on the next connection, with every letter', () => {
  const durability = track()
  const doc = new Y.Doc()
  const lost = new durability.Socket('ws://x')
  let sending = true
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin === 'colleague') return
    if (sending) lost.send(frame(MESSAGE.sync, SYNC.update))
    durability.changed(sending, bytes)
  })
  const text = doc.getText('body')
  for (let i = 0; i < 120; i += 1) {
    if (i === 60) sending = false
    text.insert(i, String.fromCharCode(97 + (i % 26)))
  }
  const written = text.toString()
  durability.acknowledge(10)
  // A colleague's deletion comes, and the own copy clears the letters away.
  const colleague = new Y.Doc()
  Y.applyUpdate(colleague, Y.encodeStateAsUpdate(doc))
  colleague.getText('body').delete(0, 120)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague), 'colleague')
  expect(lettersOf(Y.encodeStateAsUpdate(doc))).toBe('')

  const next = new durability.Socket('ws://x') as unknown as FakeSocket
  next.open()
  const [first, ...others] = next.sent as Uint8Array[]
  expect(others).toEqual([])
  const decoder = decoding.createDecoder(first as Uint8Array)
  expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([
    MESSAGE.sync,
    SYNC.update,
  ])
  expect(lettersOf(decoding.readVarUint8Array(decoder))).toBe(written.slice(10))
  durability.acknowledge(1)
  expect(durability.pending).toBe(0)
})

test('with nothing to say again the next connection begins like any other', () => {
  const durability = track()
  const socket = new durability.Socket('ws://x') as unknown as FakeSocket
  socket.open()
  expect(socket.sent).toEqual([])
})
