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
  /** Nothing sent and nothing changed lacks its acknowledgement. */
  readonly confirmed: boolean
  /**
   * Call for each own change, after the provider has seen it.
   * @param sending it went out as a frame of its own
   * @returns its number, from 1
   */
  changed(sending: boolean): number
  /** @param n of an ack frame. */
  acknowledge(n: number): void
}

/**
 * Both ends count the document frames of a connection (sync step 2 and update), which WebSocket keeps in order;
 * the server says how many are on disk. State vectors would not do: they don't cover deletions.
 */
export function trackDurability(
  Base: SocketClass,
  onChange: () => void,
  /** Hears the numbers of the changes that an acknowledgement has just covered. */
  onCovered: (numbers: readonly number[]) => void = () => {},
): Durability {
  let sent = 0
  let acked = 0
  let made = 0
  /** The own changes not covered yet, each with the number of the frame that carries it; null while none does. */
  let changes: { n: number; frame: number | null }[] = []

  class CountingSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      sent = 0
      acked = 0
      // A frame of the old connection may be lost: only the answer to the server's step 1 is sure to hold it.
      changes = changes.map(({ n }) => ({ n, frame: null }))
      onChange()
    }
    override send(data: string | Blob | BufferSource) {
      const step = documentStep(data)
      if (step !== null) {
        sent += 1
        if (step === SYNC.step2) changes = changes.map(({ n }) => ({ n, frame: sent }))
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
    get confirmed() {
      return sent === acked && changes.length === 0
    },
    changed(sending) {
      made += 1
      changes.push({ n: made, frame: sending ? sent : null })
      onChange()
      return made
    },
    acknowledge(n) {
      acked = n
      const isCovered = (frame: number | null) => frame !== null && frame <= n
      const covered = changes.filter(({ frame }) => isCovered(frame))
      changes = changes.filter(({ frame }) => !isCovered(frame))
      if (covered.length > 0) onCovered(covered.map((change) => change.n))
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
