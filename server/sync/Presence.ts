import type { ClientOwners } from './ClientOwners.ts'
import { type PresenceEntry, presenceFrame } from './frames.ts'
import { isFor, type Outbox } from './Outbox.ts'
import type { Peer } from './Peer.ts'

const CURSOR_BYTES = 2048

type Entry = {
  peer: Peer
  theirClock: number
  clock: number
  state: Record<string, unknown>
  /** The state as JSON, to tell a renewal from news. */
  said: string
}

/**
 * Who is in the room and where. Who comes from the session, where from the client; a connection speaks for its own
 * clientID alone. Clocks are the server's: a client that returns with its old clock is seen again at once.
 */
export class Presence {
  readonly #owners: ClientOwners
  readonly #outbox: Outbox
  readonly #now: () => number
  readonly #entries = new Map<number, Entry>()
  #lastClock = 0

  constructor(owners: ClientOwners, outbox: Outbox, now: () => number) {
    this.#owners = owners
    this.#outbox = outbox
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
      if (!isFor(peer, { clientId, accountId: entry.peer.accountId })) continue
      entry.clock = this.#tick()
      entries.push({ clientId, clock: entry.clock, state: entry.state })
    }
    if (entries.length > 0) peer.send(presenceFrame(entries))
  }

  #put(peer: Peer, client: number, theirClock: number, given: Record<string, unknown>): void {
    const known = this.#entries.get(client)
    if (known?.peer === peer && theirClock < known.theirClock) return
    const state: Record<string, unknown> = { user: peer.user }
    if (isCursor(given.cursor)) state.cursor = given.cursor
    const said = JSON.stringify(state)
    const clock = this.#tick()
    this.#entries.set(client, { peer, theirClock, clock, state, said })
    const renewal = known?.peer === peer && known.said === said
    this.#outbox.presence({ clientId: client, clock, state, accountId: peer.accountId }, renewal)
  }

  #remove(client: number): void {
    const entry = this.#entries.get(client)
    if (!entry) return
    this.#entries.delete(client)
    const { accountId } = entry.peer
    this.#outbox.presence({ clientId: client, clock: this.#tick(), state: null, accountId }, false)
  }

  /** Grows over restarts too: clients remember the last clock they saw of a clientID. */
  #tick(): number {
    this.#lastClock = Math.max(this.#lastClock + 1, this.#now())
    return this.#lastClock
  }
}

const isCursor = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Buffer.byteLength(JSON.stringify(value)) <= CURSOR_BYTES
