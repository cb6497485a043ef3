import { expect, test } from 'vitest'
import { type SocketClass, trackDurability } from '../../../client/sync/trackDurability.ts'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'

class FakeSocket {
  readonly sent: unknown[] = []
  send(data: unknown) {
    this.sent.push(data)
  }
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
  durability.changed(true)
  durability.acknowledge(1)
  expect([durability.pending, durability.acked]).toEqual([1, 1])
  durability.acknowledge(2)
  expect(durability.pending).toBe(0)
})

test('what was typed offline, or sent on a lost connection, waits for the step 2 of the next one', () => {
  const durability = track()
  const first = new durability.Socket('ws://x')
  first.send(frame(MESSAGE.sync, SYNC.update))
  durability.changed(true)
  durability.changed(false)
  const second = new durability.Socket('ws://x')
  expect([durability.sent, durability.acked, durability.pending]).toEqual([0, 0, 2])
  second.send(frame(MESSAGE.sync, SYNC.step2))
  durability.acknowledge(1)
  expect(durability.pending).toBe(0)
})
