import type { ClientOwners } from './ClientOwners.ts'
import { type PresenceEntry, presenceFrame } from './frames.ts'
import type { Peer } from './Peer.ts'

const CURSOR_BYTES = 2048
/** Changes of one moment travel together. */
const GATHER_MS = 20

type Entry = { peer: Peer; theirClock: number; clock: number; state: Record<string, unknown> }

/**
 * Who is in the room and where. Who comes from the session, where from the client; a connection speaks for its own
 * clientID alone. Clocks are the server's: a client that returns with its old clock is seen again at once.
 */
export class Presence {
  readonly #owners: ClientOwners
  readonly #peers: ReadonlySet<Peer>
  readonly #now: () => number
  readonly #entries = new Map<number, Entry>()
  readonly #changed = new Map<number, PresenceEntry & { accountId: string }>()
  #timer: NodeJS.Timeout | undefined
  #lastClock = 0

  constructor(owners: ClientOwners, peers: ReadonlySet<Peer>, now: () => number) {
    this.#owners = owners
    this.#peers = peers
    this.#now = now
  }

  /** What a client says of itself; what it says of others is an echo, or a forgery, and is ignored. */
  take(peer: Peer, entries: readonly PresenceEntry[]): void {
    for (const entry of entries) {
      if (peer.client === null && this.#owners.bind(peer, entry.clientId)) this.sendAll(peer)
      if (entry.clientId !== peer.client) continue
      if (entry.state === null) this.#remove(entry.clientId)
      else this.#put(peer, entry.clientId, entry.clock, entry.state)
    }
  }

  /** Shows the new name of somebody who is already here. */
  restamp(peer: Peer): void {
    const entry = peer.client === null ? undefined : this.#entries.get(peer.client)
    if (entry?.peer === peer && peer.client !== null)
      this.#put(peer, peer.client, entry.theirClock, entry.state)
  }

  leave(peer: Peer): void {
    if (peer.client !== null && this.#entries.get(peer.client)?.peer === peer)
      this.#remove(peer.client)
    this.#owners.release(peer)
  }

  /** With new clocks: who comes back has seen the old ones, and would take these for yesterday's news. */
  sendAll(peer: Peer): void {
    const entries: PresenceEntry[] = []
    for (const [clientId, entry] of this.#entries) {
      if (!isFor(peer, clientId, entry.peer.accountId)) continue
      entry.clock = this.#tick()
      entries.push({ clientId, clock: entry.clock, state: entry.state })
    }
    if (entries.length > 0) peer.send(presenceFrame(entries))
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #put(peer: Peer, client: number, theirClock: number, given: Record<string, unknown>): void {
    const known = this.#entries.get(client)
    if (known?.peer === peer && theirClock < known.theirClock) return
    const state: Record<string, unknown> = { user: peer.user }
    if (isCursor(given.cursor)) state.cursor = given.cursor
    const clock = this.#tick()
    this.#entries.set(client, { peer, theirClock, clock, state })
    this.#spread({ clientId: client, clock, state, accountId: peer.accountId })
  }

  #remove(client: number): void {
    const entry = this.#entries.get(client)
    if (!entry) return
    this.#entries.delete(client)
    const { accountId } = entry.peer
    this.#spread({ clientId: client, clock: this.#tick(), state: null, accountId })
  }

  /** Grows over restarts too: clients remember the last clock they saw of a clientID. */
  #tick(): number {
    this.#lastClock = Math.max(this.#lastClock + 1, this.#now())
    return this.#lastClock
  }

  #spread(change: PresenceEntry & { accountId: string }): void {
    this.#changed.set(change.clientId, change)
    if (this.#timer) return
    this.#timer = setTimeout(() => this.#flush(), GATHER_MS)
    this.#timer.unref()
  }

  #flush(): void {
    this.#timer = undefined
    const changes = [...this.#changed.values()]
    this.#changed.clear()
    const strip = (list: typeof changes) =>
      list.map(({ clientId, clock, state }) => ({ clientId, clock, state }))
    const shared = presenceFrame(strip(changes))
    for (const peer of this.#peers) {
      const own = changes.filter((change) => isFor(peer, change.clientId, change.accountId))
      if (own.length === changes.length) peer.send(shared)
      else if (own.length > 0) peer.send(presenceFrame(strip(own)))
    }
  }
}

/**
 * Nobody is told of himself. A connection that has not said yet which client it is hears nothing of its account's
 * other tabs: the stock client repeats what it hears, and we would take the other tab's name for its own.
 */
const isFor = (peer: Peer, client: number, accountId: string) =>
  peer.client === null ? peer.accountId !== accountId : peer.client !== client

const isCursor = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Buffer.byteLength(JSON.stringify(value)) <= CURSOR_BYTES
