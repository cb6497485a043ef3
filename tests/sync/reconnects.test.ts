import { createHook } from 'node:async_hooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { TestPeer } from '../support/TestPeer.ts'
import { DOCUMENT, eventually, startTestRooms, type TestRooms, typeInto } from './testRooms.ts'

const ROUNDS = process.env.SOAK === '1' ? 2_000 : 200

let world: TestRooms
/** Timers and sockets that this process has and has not let go of. */
const live = new Map<number, string>()
const hook = createHook({
  init: (id, type) => {
    if (type === 'Timeout' || type === 'TCPWRAP' || type === 'TCPSERVERWRAP') live.set(id, type)
  },
  destroy: (id) => void live.delete(id),
})
beforeEach(async () => {
  hook.enable()
  world = await startTestRooms()
})
afterEach(async () => {
  await world.close()
  hook.disable()
  live.clear()
})

const count = (type: string) => [...live.values()].filter((name) => name === type).length

test('[B26][B27] a client that comes back hundreds of times leaves no timer, no listener and no room behind', async () => {
  const doc = new Y.Doc()
  const once = async (i: number) => {
    const peer = await TestPeer.join(`${world.url}/${DOCUMENT}?client=${doc.clientID}`, {
      headers: world.headers('stc.officer'),
      doc,
    })
    peer.sendPresence([[doc.clientID, i, {}]])
    if (i % 20 === 0) peer.write((_, mine) => typeInto(mine, 1, '.'))
    await peer.saved()
    if (i % 3 === 0) peer.ws.terminate()
    else await peer.leave()
    await peer.closed
  }
  const atRest = () => eventually(() => world.rooms.stats()).toMatchObject({ rooms: 0, sockets: 0 })
  for (let i = 1; i <= 10; i += 1) await once(i)
  await atRest()
  const listeners = () =>
    [world.server, process].map((emitter) =>
      emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name as string), 0),
    )
  const before = { timers: count('Timeout'), listeners: listeners() }
  for (let i = 11; i <= ROUNDS + 10; i += 1) await once(i)
  await atRest()
  expect(listeners()).toEqual(before.listeners)
  // A few belong to the test runner and to sockets that are just closing.
  await eventually(() => count('Timeout') <= before.timers + 8).toBe(true)
  await eventually(() => count('TCPWRAP') <= 8).toBe(true)
}, 300_000)
