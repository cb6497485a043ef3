import { randomBytes } from 'node:crypto'
import { connect as connectTcp, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HEARTBEAT_MS } from '../../shared/sync/protocol.ts'
import { DOCUMENT, eventually, startTestRooms, type TestRooms, typeInto } from './testRooms.ts'

let world: TestRooms
beforeEach(async () => {
  world = await startTestRooms({ heartbeatMs: 40 })
})
afterEach(() => world.close())

test('the contract’s 15 s are kept', () => {
  expect(HEARTBEAT_MS).toBeLessThan(15_000)
})

test('[B24] a lone reader in a quiet room hears the heart beat', async () => {
  const reader = await world.join('bantdkt.observer')
  await reader.until(() => reader.heartbeats > 5, 'heartbeats')
})

/** Shakes hands and then neither reads nor answers, as a laptop with its lid closed. */
function sleeper(account: string): Promise<Socket> {
  const { port, hostname } = new URL(world.url)
  const socket = connectTcp(Number(port), hostname)
  socket.write(
    [
      `GET /sync/${DOCUMENT} HTTP/1.1`,
      `Host: ${hostname}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      `x-account: ${account}`,
      '\r\n',
    ].join('\r\n'),
  )
  return new Promise((resolve) => socket.once('data', () => resolve(socket.pause())))
}

test('[B23] a peer that gives no sign of life is dropped, one that answers pings is not', async () => {
  const alive = await world.join('stc.officer')
  const asleep = await sleeper('snv.officer')
  asleep.on('error', () => {
    // Dropped without a farewell.
  })
  expect(world.rooms.stats().sockets).toBe(2)
  await eventually(() => world.rooms.stats().sockets).toBe(1)
  const beats = alive.heartbeats
  await alive.until(() => alive.heartbeats > beats + 5, 'more heartbeats')
  asleep.destroy()
})

test('a session that has run out by itself ends its socket', async () => {
  const peer = await world.join('stc.officer')
  world.endedSessions.add('session of stc.officer')
  expect((await peer.closed).code).toBe(4401)
})

test('[B32] while a gap stays the client is asked again and again', async () => {
  const peer = await world.join('stc.officer')
  await peer.saved()
  peer.answers = false
  peer.change((_, doc) => typeInto(doc, 0, ' mất'))
  peer.write((_, doc) => typeInto(doc, 0, ' sau'))
  const asked = () => peer.order.filter(([type, sub]) => type === 0 && sub === 0).length
  await peer.until(() => asked() > 4, 'asked again')
  expect(peer.acked).toBe(peer.sent - 1)
})

test('[B27] 60 reconnects leave nothing behind', async () => {
  for (let i = 0; i < 60; i += 1) {
    const peer = await world.join('stc.officer', '?client=5')
    peer.sendPresence([[5, i, {}]])
    await peer.leave()
  }
  await eventually(() => world.rooms.stats()).toMatchObject({ rooms: 0, sockets: 0 })
})
