import { AppError } from '../../shared/base/errors.ts'
import type { DocumentRoom, RoomEvents } from './DocumentRoom.ts'

/** What all rooms have in common. */
type SharedEvents = Omit<RoomEvents, 'onFailure'>
type Entry = { loading: Promise<DocumentRoom>; leases: number; destroyed: boolean }
export type Lease = { room: DocumentRoom; release(): Promise<void> }

/**
 * Loads each room once, shares it, and lets it go when nobody is in it and nothing waits to be written. A room that
 * fails is forgotten at once: whoever comes next gets one fresh from disk.
 */
export class RoomRegistry {
  readonly #load: (documentId: string, events: RoomEvents) => Promise<DocumentRoom>
  readonly #events: SharedEvents
  readonly #entries = new Map<string, Entry>()

  constructor(
    load: (documentId: string, events: RoomEvents) => Promise<DocumentRoom>,
    events: SharedEvents,
  ) {
    this.#load = load
    this.#events = events
  }

  get size(): number {
    return this.#entries.size
  }

  /** @throws {AppError} document/not-found, or server/busy when the text cannot be loaded */
  async enter(documentId: string): Promise<Lease> {
    const entry = this.#entries.get(documentId) ?? this.#open(documentId)
    entry.leases += 1
    try {
      const room = await entry.loading
      return { room, release: () => this.#release(documentId, entry, room) }
    } catch (cause) {
      this.#forget(documentId, entry)
      if (cause instanceof AppError) throw cause
      throw new AppError('server/busy', {}, { cause })
    }
  }

  #open(documentId: string): Entry {
    const entry: Entry = {
      loading: this.#load(documentId, {
        ...this.#events,
        onFailure: () => this.#forget(documentId, entry),
      }),
      leases: 0,
      destroyed: false,
    }
    this.#entries.set(documentId, entry)
    return entry
  }

  #forget(documentId: string, entry: Entry): void {
    if (this.#entries.get(documentId) === entry) this.#entries.delete(documentId)
  }

  /** Somebody may come back while the room drains: then it stays, and nothing is between two rooms. */
  async #release(documentId: string, entry: Entry, room: DocumentRoom): Promise<void> {
    entry.leases -= 1
    if (entry.leases > 0) return
    await room.drain()
    if (entry.leases > 0 || entry.destroyed) return
    entry.destroyed = true
    this.#forget(documentId, entry)
    room.destroy()
  }

  /** Rooms that are open now, or about to be. */
  async rooms(): Promise<DocumentRoom[]> {
    const settled = await Promise.allSettled([...this.#entries.values()].map((e) => e.loading))
    return settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  }
}
