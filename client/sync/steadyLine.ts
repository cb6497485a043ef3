import * as encoding from 'lib0/encoding'
import type { WebsocketProvider } from 'y-websocket'
import { encodeStateVector } from 'yjs'
import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts'
import type { OnlineSignal } from './watchOnline.ts'

const FIRST_MS = 1_000
const MOST_MS = 5_000
/** Whoever comes back with a whole building comes back within this time, not in the same moment. */
const CROWD_MS = 1_000
/** A server that is there answers a step 1 sooner. */
const ANSWER_MS = 3_000
/** An upgrade that hangs for so long began on a network that is gone. */
const UPGRADE_MS = 10_000
/** Makes y-websocket's own waiting time the larger one, so that `maxBackoffTime` alone decides. */
const MANY = 20

/**
 * How long to wait before the next attempt: any time up to a bound that doubles ("full jitter"), so that the clients
 * of a server that restarts do not return together.
 * @param failures attempts since the last connection that synced. @param random from 0 up to 1. @returns milliseconds
 */
export const backoff = (failures: number, random: number): number =>
  Math.round(random * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, MANY)))

/**
 * Finds out soon that a connection is dead, and that it could be alive again. y-websocket itself closes one on which
 * no message has come for 30 s, looking every 3 s; this looks whenever a person or a network comes back.
 * @returns stops looking
 */
export function steadyLine(
  provider: WebsocketProvider,
  online: OnlineSignal,
  random: () => number = Math.random,
): () => void {
  let failures = 0
  let upgrade: ReturnType<typeof setTimeout> | undefined
  let probing: ReturnType<typeof setTimeout> | undefined
  let arriving: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    for (const timer of [upgrade, probing, arriving]) clearTimeout(timer)
    probing = undefined
    arriving = undefined
  }
  const again = () => {
    if (!provider.shouldConnect) return
    provider.disconnect()
    provider.connect()
  }
  const onClose = () => {
    stop()
    provider.wsUnsuccessfulReconnects = MANY
    provider.maxBackoffTime = backoff(failures, random())
    failures += 1
  }
  const onStatus = ({ status }: { status: string }) => {
    clearTimeout(upgrade)
    if (status === 'connecting') upgrade = setTimeout(again, UPGRADE_MS)
  }
  const onSync = (synced: boolean) => {
    if (synced) failures = 0
  }
  provider.on('connection-close', onClose)
  provider.on('status', onStatus)
  provider.on('sync', onSync)

  /** Somebody looks at the page again: goes on at once, or asks the server for a sign of life. */
  const probe = () => {
    if (!provider.shouldConnect || probing !== undefined) return
    if (provider.ws === null) return provider.connect()
    const heard = provider.wsLastMessageReceived
    const { ws } = provider
    if (provider.wsconnected && ws.readyState === 1) {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, MESSAGE.sync)
      encoding.writeVarUint(encoder, SYNC.step1)
      encoding.writeVarUint8Array(encoder, encodeStateVector(provider.doc))
      ws.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>)
    }
    probing = setTimeout(() => {
      probing = undefined
      if (provider.ws === ws && provider.wsLastMessageReceived === heard) again()
    }, ANSWER_MS)
  }
  /** The network is back, for everybody in the house: the old socket is dead, though it looks open. */
  const arrive = () => {
    arriving ??= setTimeout(
      () => {
        arriving = undefined
        again()
      },
      Math.round(random() * CROWD_MS),
    )
  }
  const stopReturn = onReturn(probe)
  const stopOnline = online.subscribe(() => {
    if (online.isOnline()) arrive()
  })
  return () => {
    stop()
    stopReturn()
    stopOnline()
  }
}

/** Calls back when somebody turns to the page again. @returns stops */
function onReturn(listener: () => void): () => void {
  if (typeof window === 'undefined') return () => {}
  const onVisible = () => {
    if (document.visibilityState === 'visible') listener()
  }
  window.addEventListener('focus', listener)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    window.removeEventListener('focus', listener)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
