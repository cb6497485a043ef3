import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Lane, openLane } from '../support/faultyProxy.ts'
import { TestPeer } from '../support/TestPeer.ts'
import { DOCUMENT, eventually, startTestRooms, type TestRooms, typeInto } from './testRooms.ts'

let world: TestRooms
let lane: Lane
const begin = async (options: { heartbeatMs?: number } = {}) => {
  world = await startTestRooms(options)
  lane = await openLane(world.url)
}
const end = async () => {
  await lane.close()
  await world.close()
}
beforeEach(() => begin())
afterEach(end)

const join = (options: { doc?: TestPeer['doc'] } = {}) =>
  TestPeer.join(`${lane.url}/${DOCUMENT}`, { headers: world.headers('stc.officer'), ...options })

test('what the network holds back is not saved, and is once it has come, byte by byte', async () => {
  const peer = await join()
  await peer.saved()
  lane.hold('up')
  peer.write((_, doc) => typeInto(doc, 1, ' chậm'))
  const witness = await world.join('snv.officer')
  witness.write((_, doc) => typeInto(doc, 0, ' nhanh'))
  await witness.saved()
  await peer.until(() => peer.text.includes(' nhanh'), 'the other way is open')
  expect(peer.acked).toBe(peer.sent - 1)
  await expect.poll(() => lane.step('up', 1), { interval: 1 }).toBe(1)
  while (lane.step('up', 7) > 0);
  lane.flow()
  await peer.saved()
  expect(await world.diskText()).toContain(' chậm')
})

test('[B51] words that were on the way when the line broke arrive with the next connection, once', async () => {
  const peer = await join()
  await peer.saved()
  lane.hold('up')
  peer.write((_, doc) => typeInto(doc, 1, ' đứt'))
  lane.step('up', 5)
  lane.cut()
  lane.flow()
  await peer.closed
  const back = await join({ doc: peer.doc })
  await back.saved()
  expect((await world.diskText()).split(' đứt')).toHaveLength(2)
})

test('[B32] an acknowledgement lost on its way: the words are sent again and stand once', async () => {
  const peer = await join()
  await peer.saved()
  const rows = await world.logLength()
  lane.hold('down')
  peer.write((_, doc) => typeInto(doc, 1, ' một lần'))
  await eventually(() => world.logLength()).toBe(rows + 1)
  lane.cut()
  lane.flow()
  const back = await join({ doc: peer.doc })
  await back.saved()
  expect(await world.logLength()).toBe(rows + 1)
  expect((await world.diskText()).split(' một lần')).toHaveLength(2)
})

test('[B23][B45] a laptop that fell asleep without a word is dropped, also while its owner is back already', async () => {
  await end()
  await begin({ heartbeatMs: 60 })
  const asleep = await join()
  await asleep.saved()
  asleep.sendPresence([[asleep.doc.clientID, 1, {}]])
  const witness = await world.join('snv.officer')
  await witness.until(() => witness.presence.has(asleep.doc.clientID), 'presence')
  lane.loseClient()
  typeInto(asleep.doc, 1, ' trước khi ngủ')
  const back = await join({ doc: asleep.doc })
  await back.saved()
  back.sendPresence([[back.doc.clientID, 2, {}]])
  await eventually(() => world.rooms.stats().sockets).toBe(2)
  await witness.until(() => witness.text.includes(' trước khi ngủ'), 'the words')
  await witness.until(() => witness.presence.size === 1, 'listed once')
  expect([...witness.presence.keys()]).toEqual([back.doc.clientID])
})
