import { type PresenceEntry, presenceBytes, presenceFrameOf } from './frames.ts'
import type { Peer } from './Peer.ts'
import { packFrames } from './packFrames.ts'

/** Changes of one moment travel together. */
const GATHER_MS = 20
/** Nothing has changed but the clock; clients let go of a state after 30 s. */
const RENEWAL_MS = 5_000

export type PresenceChange = PresenceEntry & { accountId: string }

/**
 * What a room has to say. Everything that has gathered leaves in one write per socket: the updates, the presence and
 * the acknowledgement. Whoever has nothing of his own in it gets the same buffer as all others.
 */
export class Outbox {
  readonly #peers: ReadonlySet<Peer>
  #updates: { frame: Uint8Array; author: Peer | null; revision: number }[] = []
  #presence = new Map<number, PresenceChange>()
  #own = new Map<Peer, Uint8Array[]>()
  #timer: NodeJS.Timeout | undefined
  #due = Number.POSITIVE_INFINITY

  constructor(peers: ReadonlySet<Peer>) {
    this.#peers = peers
  }

  /** @param author has it already; null when the server wrote it. @param revision the row that it is */
  update(frame: Uint8Array, author: Peer | null, revision: number): void {
    this.#updates.push({ frame, author, revision })
  }

  /** For this connection alone, after the updates. */
  tell(peer: Peer, frame: Uint8Array): void {
    const own = this.#own.get(peer)
    if (own) own.push(frame)
    else this.#own.set(peer, [frame])
  }

  /** Leaves with the next flush, which comes by itself soon. @param renewal it says nothing new */
  presence(change: PresenceChange, renewal: boolean): void {
    this.#presence.set(change.clientId, change)
    this.#flushWithin(renewal ? RENEWAL_MS : GATHER_MS)
  }

  #flushWithin(ms: number): void {
    const due = performance.now() + ms
    if (due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => this.flush(), ms)
    this.#timer.unref()
  }

  flush(): void {
    this.close()
    const updates = this.#updates
    // Each is written once, and copied for all those who hear all but their own.
    const presence = [...this.#presence.values()].map((change) => ({
      ...change,
      bytes: presenceBytes(change),
    }))
    const own = this.#own
    this.#updates = []
    this.#presence = new Map()
    this.#own = new Map()
    if (updates.length === 0 && presence.length === 0 && own.size === 0) return
    const authors = new Set(updates.map(({ author }) => author))
    const composed = (peer: Peer | null, withPresence: boolean): Uint8Array[] => [
      ...updates.filter(({ author }) => peer === null || author !== peer).map((one) => one.frame),
      ...(withPresence ? presenceFor(peer, presence) : []),
      ...((peer && own.get(peer)) ?? []),
    ]
    const shared = lazily(() => packFrames(composed(null, true)))
    const quiet = lazily(() => packFrames(composed(null, false)))
    const first = updates[0]?.revision
    for (const peer of this.#peers) {
      const takes = peer.takes(first)
      if (takes === 'nothing') {
        for (const frame of own.get(peer) ?? []) peer.send(frame)
        continue
      }
      const listens = presence.length > 0 && takes === 'all'
      if (own.has(peer) || authors.has(peer) || (listens && !hearsAll(peer, presence))) {
        const frames = composed(peer, listens)
        if (frames.length > 0) peer.handOver(packFrames(frames))
      } else if (first !== undefined || listens) peer.handOver(listens ? shared() : quiet())
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#due = Number.POSITIVE_INFINITY
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function presenceFor(
  peer: Peer | null,
  changes: readonly (PresenceChange & { bytes: Uint8Array })[],
): Uint8Array[] {
  const heard = peer === null ? changes : changes.filter((change) => isFor(peer, change))
  return heard.length === 0 ? [] : [presenceFrameOf(heard.map(({ bytes }) => bytes))]
}

const hearsAll = (peer: Peer, changes: readonly PresenceChange[]) =>
  changes.every((change) => isFor(peer, change))

/**
 * Nobody is told of himself. A connection that has not said yet which client it is hears nothing of its account's
 * other tabs: the stock client repeats what it hears, and we would take the other tab's name for its own.
 */
export const isFor = (
  peer: Peer,
  { clientId, accountId }: { clientId: number; accountId: string },
): boolean => (peer.client === null ? peer.accountId !== accountId : peer.client !== clientId)
