import { ObservableV2 } from 'lib0/observable'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import { Doc } from 'yjs'
import { backoff, steadyLine } from '../../../client/sync/steadyLine.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

type Events = {
  'connection-close': (event: null) => void
  status: (event: { status: string }) => void
  sync: (synced: boolean) => void
}

/** What of y-websocket's provider is looked at. */
class FakeProvider extends ObservableV2<Events> {
  doc = new Doc()
  shouldConnect = true
  wsconnected = true
  wsUnsuccessfulReconnects = 0
  wsLastMessageReceived = 1
  maxBackoffTime = 2_500
  attempts = 0
  ws: { readyState: number; send(): void } | null = { readyState: 1, send() {} }
  connect() {
    this.attempts += 1
    this.shouldConnect = true
    this.ws ??= { readyState: 0, send() {} }
    this.emit('status', [{ status: 'connecting' }])
  }
  disconnect() {
    this.shouldConnect = false
    if (this.ws) this.emit('connection-close', [null])
    this.ws = null
    this.wsconnected = false
  }
}

function setUp(random = 0.5) {
  const provider = new FakeProvider()
  let arrive = () => {}
  const online = {
    isOnline: () => true,
    subscribe(listener: () => void) {
      arrive = listener
      return () => {}
    },
  }
  const stop = steadyLine(provider as unknown as WebsocketProvider, online, () => random)
  return { provider, arrive: () => arrive(), stop }
}

test('waiting times are spread over a bound that doubles up to five seconds', () => {
  expect([0, 1, 2, 3, 9].map((failures) => backoff(failures, 0.999))).toEqual([
    999, 1998, 3996, 4995, 4995,
  ])
  expect(backoff(9, 0)).toBe(0)
})

test('a storm of clients does not come back in one moment', () => {
  const times = Array.from({ length: 200 }, (_, n) => backoff(0, n / 200))
  const inOneMoment = times.filter((at) => at < 100).length
  expect(inOneMoment).toBeLessThanOrEqual(20)
})

test('the provider waits as long as was drawn, and begins small again after a sync', () => {
  const { provider } = setUp(0.5)
  const closes = () => {
    provider.emit('connection-close', [null])
    // y-websocket's own rule.
    return Math.min(2 ** provider.wsUnsuccessfulReconnects * 100, provider.maxBackoffTime)
  }
  expect([closes(), closes(), closes(), closes()]).toEqual([500, 1000, 2000, 2500])
  provider.emit('sync', [true])
  expect(closes()).toBe(500)
})

test('[B45] with the network back a new connection is tried within a second', () => {
  const { provider, arrive } = setUp(0.9)
  arrive()
  arrive()
  expect(provider.attempts).toBe(0)
  vi.advanceTimersByTime(1_000)
  expect(provider.attempts).toBe(1)
})

test('an upgrade that hangs is given up', () => {
  const { provider } = setUp()
  provider.disconnect()
  provider.connect()
  vi.advanceTimersByTime(10_000)
  expect(provider.attempts).toBe(2)
})

test('stopped, it does nothing any more', () => {
  const { provider, arrive, stop } = setUp()
  arrive()
  stop()
  vi.advanceTimersByTime(60_000)
  expect(provider.attempts).toBe(0)
})
