import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts'

export type SocketClass = typeof WebSocket

export type Durability = {
  /** For the provider's `WebSocketPolyfill`: counts what is sent and leaves everything else alone. */
  Socket: SocketClass
  /** Document frames sent on this connection. */
  readonly sent: number
  /** How many of them are on disk. */
  readonly acked: number
  /** Own changes that no acknowledgement covers yet, whatever connection they were made on or off. */
  readonly pending: number
  /** Call for each own change, after the provider has seen it. @param sending it went out as a frame of its own */
  changed(sending: boolean): void
  /** @param n of an ack frame. */
  acknowledge(n: number): void
}

/**
 * Both ends count the document frames of a connection (sync step 2 and update), which WebSocket keeps in order;
 * the server says how many are on disk. State vectors would not do: they don't cover deletions.
 */
export function trackDurability(Base: SocketClass, onChange: () => void): Durability {
  let sent = 0
  let acked = 0
  /** Number of the frame that carries each own change; null while none does. */
  let changes: (number | null)[] = []

  class CountingSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      sent = 0
      acked = 0
      // A frame of the old connection may be lost: only the answer to the server's step 1 is sure to hold it.
      changes = changes.map(() => null)
      onChange()
    }
    override send(data: string | Blob | BufferSource) {
      const step = documentStep(data)
      if (step !== null) {
        sent += 1
        if (step === SYNC.step2) changes = changes.map(() => sent)
      }
      super.send(data)
      if (step !== null) onChange()
    }
  }

  return {
    Socket: CountingSocket,
    get sent() {
      return sent
    },
    get acked() {
      return acked
    },
    get pending() {
      return changes.length
    },
    changed(sending) {
      changes.push(sending ? sent : null)
      onChange()
    },
    acknowledge(n) {
      acked = n
      changes = changes.filter((frame) => frame === null || frame > n)
      onChange()
    },
  }
}

/** Sub-type of a counted document frame, else null. All type numbers concerned fit in one byte. */
function documentStep(data: unknown): number | null {
  if (!(data instanceof Uint8Array)) return null
  if (data[0] !== MESSAGE.sync) return null
  const step = data[1]
  return step === SYNC.step2 || step === SYNC.update ? step : null
}
