import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { ackFrame, updateFrame } from '../../server/sync/frames.ts'
import { Outbox } from '../../server/sync/Outbox.ts'
import { Peer } from '../../server/sync/Peer.ts'
import { packFrames } from '../../server/sync/packFrames.ts'
import { flushWindow, RoomQueue } from '../../server/sync/RoomQueue.ts'
import { eventually } from './testRooms.ts'

function fakePeer(account: string, client: number | null = null) {
  const written: Uint8Array[] = []
  const closed: number[] = []
  const wire = { buffered: 0, paused: false }
  const peer = new Peer(
    {
      send: (frame) => written.push(packFrames([frame])),
      sendPacked: (packed) => written.push(packed),
      close: (code) => closed.push(code),
      pause: () => {
        wire.paused = true
      },
      resume: () => {
        wire.paused = false
      },
      get buffered() {
        return wire.buffered
      },
    },
    {
      accountId: account,
      sessionId: account,
      rightsStamp: '',
      writes: true,
      user: { id: account, name: account, agencyId: null, agency: '', color: '#000000' },
    },
  )
  peer.client = client
  return { peer, written, closed, wire }
}

const word = (n: number) => updateFrame(new Uint8Array([n]))
const said = (account: string, clientId: number) => ({
  clientId,
  clock: 1,
  state: { user: account },
  accountId: account,
})

describe('one flush, one write', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('updates, presence and acknowledgement leave in one write per socket; who has nothing of his own in it gets the same bytes', () => {
    const [a, b, c] = [fakePeer('a', 1), fakePeer('b', 2), fakePeer('c', 3)]
    const outbox = new Outbox(new Set([a.peer, b.peer, c.peer]))
    outbox.update(word(1), a.peer, 1)
    outbox.update(word(2), null, 2)
    outbox.presence(said('a', 1), false)
    outbox.tell(a.peer, ackFrame(1, 2))
    outbox.flush()
    expect([a.written.length, b.written.length, c.written.length]).toEqual([1, 1, 1])
    expect(b.written[0]).toBe(c.written[0])
    // The author hears of the other update and of his own receipt, not of himself.
    expect(a.written[0]).toEqual(packFrames([word(2), ackFrame(1, 2)]))
    // Nothing is left for the timer.
    vi.runAllTimers()
    expect([a.written.length, b.written.length]).toEqual([1, 1])
  })

  test('a changed presence leaves within 20 ms, a mere renewal waits up to 5 s for company', () => {
    const [a, b] = [fakePeer('a', 1), fakePeer('b', 2)]
    const outbox = new Outbox(new Set([a.peer, b.peer]))
    outbox.presence(said('a', 1), true)
    vi.advanceTimersByTime(4_000)
    expect(b.written).toHaveLength(0)
    outbox.presence(said('b', 2), false)
    vi.advanceTimersByTime(20)
    // Both travelled, each to the other.
    expect([a.written.length, b.written.length]).toEqual([1, 1])
    outbox.presence(said('a', 1), true)
    vi.advanceTimersByTime(5_000)
    expect(b.written).toHaveLength(2)
  })
})

describe('[B44] a reader that does not keep up', () => {
  const MIB = 1024 * 1024

  test('misses presence first, then updates, and is told which row it missed first', () => {
    const [slow, other] = [fakePeer('a', 1), fakePeer('b', 2)]
    const outbox = new Outbox(new Set([slow.peer, other.peer]))
    slow.wire.buffered = 300_000
    outbox.update(word(1), null, 7)
    outbox.presence(said('c', 3), false)
    outbox.flush()
    expect(slow.written).toEqual([packFrames([word(1)])])
    expect(other.written[0]?.byteLength).toBeGreaterThan(slow.written[0]?.byteLength ?? 0)
    expect([slow.peer.missedPresence, slow.peer.missedFrom]).toEqual([true, null])
    slow.wire.buffered = MIB + 1
    for (const row of [8, 9]) {
      outbox.update(word(row), null, row)
      outbox.tell(slow.peer, ackFrame(row, row))
      outbox.flush()
    }
    // His own receipts still come.
    expect(slow.written.slice(1)).toEqual([8, 9].map((row) => packFrames([ackFrame(row, row)])))
    expect(slow.peer.missedFrom).toBe(8)
    // Once behind he stays so until somebody tells him what he missed.
    slow.wire.buffered = 0
    outbox.update(word(10), null, 10)
    outbox.flush()
    expect(slow.written).toHaveLength(3)
    expect(slow.closed).toEqual([])
  })

  test('is closed with 4508 beyond 4 MiB, or after 10 s without a byte read', () => {
    const full = fakePeer('a')
    full.wire.buffered = 4 * MIB + 1
    full.peer.send(word(1))
    expect(full.closed).toEqual([4508])
    const stuck = fakePeer('b')
    stuck.wire.buffered = 2 * MIB
    for (const at of [0, 4_000, 9_999]) stuck.peer.endIfStalled(at)
    expect(stuck.closed).toEqual([])
    stuck.peer.endIfStalled(10_000)
    expect(stuck.closed).toEqual([4508])
    const poor = fakePeer('c')
    for (let at = 0; at < 100_000; at += 5_000) {
      poor.wire.buffered = 3 * MIB - at
      poor.peer.endIfStalled(at)
    }
    expect(poor.closed).toEqual([])
  })

  test('a sender is not read while 1 MiB of it waits', () => {
    const flood = fakePeer('a')
    flood.peer.frameQueued(600_000)
    expect(flood.wire.paused).toBe(false)
    flood.peer.frameQueued(600_000)
    expect(flood.wire.paused).toBe(true)
    flood.peer.frameDone(600_000)
    expect(flood.wire.paused).toBe(true)
    flood.peer.frameDone(600_000)
    expect(flood.wire.paused).toBe(false)
  })
})

test('packed messages are what a WebSocket client reads, whatever their length', async () => {
  const server = createServer()
  const wss = new WebSocketServer({ noServer: true })
  const frames = [0, 1, 125, 126, 65_535, 65_536, 200_000].map((n) =>
    new Uint8Array(n).fill(n % 251),
  )
  server.on('upgrade', (req, socket, head) =>
    wss.handleUpgrade(req, socket, head, () => socket.write(packFrames(frames))),
  )
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const ws = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const heard: Uint8Array[] = []
  ws.on('message', (data: Buffer) => heard.push(new Uint8Array(data)))
  await eventually(() => heard.length).toBe(frames.length)
  expect(heard).toEqual(frames)
  ws.terminate()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

describe('the flush window', () => {
  test('nobody waits in a small room; 16 ms from 200 sockets, 50 at most while many type', () => {
    for (const sockets of [1, 10, 49])
      expect([0, 5, 500].map((rate) => flushWindow(sockets, rate))).toEqual([0, 0, 0])
    expect([100, 200, 1000, 1_000_000].map((sockets) => flushWindow(sockets, 5))).toEqual([
      8, 16, 16, 16,
    ])
    expect([100, 200, 1000, 1_000_000].map((sockets) => flushWindow(sockets, 50))).toEqual([
      26, 50, 50, 50,
    ])
  })

  test('the rate that the window is asked by is that of the last half second', async () => {
    const rates: number[] = []
    const queue = new RoomQueue({
      takeFrames: async () => undefined,
      window(rate) {
        rates.push(rate)
        return 0
      },
    })
    const { peer } = fakePeer('a')
    for (let i = 0; i < 25; i += 1) queue.frame({ peer, number: i, update: new Uint8Array(1) })
    await queue.task(async () => undefined)
    // 25 within half a second, faded by the time since.
    expect(rates[0]).toBeGreaterThan(0)
    expect(rates[0]).toBeLessThanOrEqual(50)
  })

  const queueWith = (windowMs: number) => {
    const turns: number[] = []
    const queue = new RoomQueue({
      takeFrames: async (frames) => void turns.push(frames.length),
      window: () => windowMs,
    })
    const { peer } = fakePeer('a')
    const frame = () => queue.frame({ peer, number: 1, update: new Uint8Array(1) })
    return { turns, queue, frame }
  }

  test('a quiet room flushes at once; the frames of one window share a turn', async () => {
    const { turns, frame } = queueWith(33)
    frame()
    await eventually(() => turns).toEqual([1])
    for (let i = 0; i < 3; i += 1) frame()
    await eventually(() => turns).toEqual([1, 3])
  })

  test('what is not a frame waits for no window, and takes the frames before it along', async () => {
    const { turns, queue, frame } = queueWith(600_000)
    frame()
    await eventually(() => turns).toEqual([1])
    frame()
    await queue.task(async () => void turns.push(-1))
    frame()
    frame()
    await queue.task(async () => void turns.push(-2))
    expect(turns).toEqual([1, 1, -1, 2, -2])
  })
})
