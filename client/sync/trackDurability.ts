import * as Y from 'yjs'
import { FRAME_LIMIT, MESSAGE, SYNC } from '../../shared/sync/protocol.ts'
import { updateMessage } from './updateMessage.ts'

const GROUP = 50
/** Of changes in one frame that says several again: half of what the server reads at most. */
const SAY_BYTES = FRAME_LIMIT / 2

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
  /** Own changes on their way: sent on this connection, and no acknowledgement covers them yet. Oldest first. */
  underWay(): Uint8Array[]
  /** Nothing sent and nothing changed lacks its acknowledgement. */
  readonly confirmed: boolean
  /**
   * Call for each own change, after the provider has seen it.
   * @param sending it went out as a frame of its own
   * @param bytes the update as it was made
   * @returns its number, from 1
   */
  changed(sending: boolean, bytes: Uint8Array): number
  /** @param n of an ack frame. */
  acknowledge(n: number): void
}

type Change = {
  n: number
  /** Number of the frame that carries it; null while none does. */
  frame: number | null
  bytes: Uint8Array
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
  /** The own changes not covered yet. */
  let changes: Change[] = []

  class CountingSocket extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      sent = 0
      acked = 0
      // A frame of the old connection may be lost.
      changes = changes.map((change) => ({ ...change, frame: null }))
      // Registered before the provider's own, so that this goes out first.
      this.addEventListener('open', () => this.#sayAgain())
      onChange()
    }
    /**
     * What was not acknowledged goes out as it was made. A step 2 tells it as the document has it by now: words whose
     * place a colleague deleted meanwhile have no letters in it, and a deletion names what came into its place later,
     * which nobody here had seen. The server could hand neither back.
     */
    #sayAgain() {
      if (changes.length === 0) return
      changes = inFrames(changes).flatMap((group) => {
        this.send(updateMessage(mergeInGroups(group.map(({ bytes }) => bytes))))
        return group.map((change) => ({ ...change, frame: sent }))
      })
      onChange()
    }
    override send(data: string | Blob | BufferSource) {
      // y-websocket answers what it reads, also when the socket is closing; the next connection begins anew.
      if (this.readyState > Base.OPEN) return
      const step = documentStep(data)
      if (step !== null) {
        sent += 1
        // It holds whatever has not been said.
        if (step === SYNC.step2)
          changes = changes.map((change) => ({ ...change, frame: change.frame ?? sent }))
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
    underWay: () => changes.filter(({ frame }) => frame !== null).map(({ bytes }) => bytes),
    get confirmed() {
      return sent === acked && changes.length === 0
    },
    changed(sending, bytes) {
      made += 1
      changes.push({ n: made, frame: sending ? sent : null, bytes })
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

/** In their order, as many to a frame as it may hold; one that is larger by itself goes alone. */
function inFrames(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = []
  let room = 0
  for (const change of changes) {
    if (change.bytes.byteLength > room) {
      groups.push([])
      room = SAY_BYTES
    }
    groups.at(-1)?.push(change)
    room -= change.bytes.byteLength
  }
  return groups
}

/** One update of many, in groups: the time that merging takes grows with the number at once. */
function mergeInGroups(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length <= GROUP) return Y.mergeUpdates([...updates])
  const groups = Array.from({ length: Math.ceil(updates.length / GROUP) }, (_, i) =>
    updates.slice(i * GROUP, (i + 1) * GROUP),
  )
  return mergeInGroups(groups.map(mergeInGroups))
}

/** Sub-type of a counted document frame, else null. All type numbers concerned fit in one byte. */
function documentStep(data: unknown): number | null {
  if (!(data instanceof Uint8Array)) return null
  if (data[0] !== MESSAGE.sync) return null
  const step = data[1]
  return step === SYNC.step2 || step === SYNC.update ? step : null
}
