import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { AnswerQueue } from './AnswerQueue.ts'
import { ClientOwners } from './ClientOwners.ts'
import { type Delivery, deliverVerdicts } from './deliverVerdicts.ts'
import { MalformedFrame, noticeFrame, readFrame, step1Frame, updateFrame } from './frames.ts'
import { HeadStart } from './HeadStart.ts'
import { Outbox } from './Outbox.ts'
import type { ContentFrame, Peer } from './Peer.ts'
import { Presence } from './Presence.ts'
import { flushWindow, RoomQueue } from './RoomQueue.ts'
import { type CommittedText, RoomText } from './RoomText.ts'
import { type Along, DiskRefused, RoomWriter, SpoiltRoom } from './RoomWriter.ts'
import type { Told } from './swallowedStore.ts'
import { TextCheck } from './TextCheck.ts'
import { tellMissed } from './tellMissed.ts'
import { type DocumentState, loadClaims } from './updateLog.ts'

export type RoomEvents = {
  /** Late bytes have been stored. */
  onLate(late: { id: string; documentId: string }): void
  /** Blocks or their attributes have changed. */
  onRestructured(documentId: string): void
  /** The room can no longer be trusted; everybody has been sent away and it must be forgotten. */
  onFailure(cause: unknown): void
}

/**
 * One open document: check, append, broadcast, acknowledge, in one order for all. Nobody receives what is not on
 * disk, and what is refused leaves no trace.
 */
export class DocumentRoom {
  readonly documentId: string
  readonly #platform: Platform
  readonly #events: RoomEvents
  readonly #text: RoomText
  readonly #owners: ClientOwners
  readonly #peers = new Set<Peer>()
  readonly #outbox: Outbox
  readonly #presence: Presence
  readonly #queue: RoomQueue
  readonly #answers: AnswerQueue
  readonly #headStart: HeadStart
  readonly #writer: RoomWriter
  readonly #check: TextCheck
  #failed = false

  private constructor(
    documentId: string,
    platform: Platform,
    events: RoomEvents,
    text: RoomText,
    owners: ClientOwners,
  ) {
    this.documentId = documentId
    this.#platform = platform
    this.#events = events
    this.#text = text
    this.#owners = owners
    this.#outbox = new Outbox(this.#peers)
    this.#presence = new Presence(owners, this.#outbox, platform.clock)
    this.#queue = new RoomQueue({
      takeFrames: (frames) => this.#takeFrames(frames),
      window: (editsPerSecond) => flushWindow(this.#peers.size, editsPerSecond),
    })
    this.#answers = new AnswerQueue({
      turn: (work) => void this.#queue.task(async () => work()),
      framesFor: (stateVector) => {
        this.#headStart.answered()
        return text.answer(stateVector)
      },
      onBroken: (cause) => this.#fail(cause),
      onSenseless: (cause) => platform.log.error({ err: cause, documentId }, 'frame.failed'),
    })
    this.#headStart = new HeadStart({
      isDue: () => !this.#failed && text.isLongToMake,
      isRush: () => [...this.#peers].some((peer) => !peer.hasCaughtUp()),
      turn: (work) => void this.#queue.task(async () => work()),
      make: () => text.make(),
      onBroken: (cause) => this.#fail(cause),
    })
    this.#writer = new RoomWriter(documentId, platform, text, owners, {
      show: (update, revision) => this.#outbox.update(updateFrame(update), null, revision),
      endLineage: () => {
        for (const peer of [...this.#peers]) peer.refuse('sync/other-epoch')
      },
    })
    this.#check = new TextCheck({
      platform,
      text,
      writer: this.#writer,
      outbox: this.#outbox,
      onRestructured: () => events.onRestructured(documentId),
    })
  }

  /** @throws when the text cannot be loaded: then there is no room, never an empty one */
  static async load(
    documentId: string,
    platform: Platform,
    events: RoomEvents,
  ): Promise<DocumentRoom> {
    const { read } = platform.database
    const text = await RoomText.load(read, documentId)
    const owners = new ClientOwners(await loadClaims(read, documentId))
    return new DocumentRoom(documentId, platform, events, text, owners)
  }

  /** Lets a connection in; `client` is the clientID it says it has, if it says so. */
  join(peer: Peer, client: number | null): Promise<void> {
    return this.#queue.task(async () => {
      if (peer.state !== 'open') return
      if (this.#failed) return peer.close(4503, 'server/busy')
      if (client !== null && !this.#owners.bind(peer, client)) return peer.refuse('auth/forbidden')
      // First of all, so that the client sends what it wrote while it was away.
      peer.send(step1Frame(this.#text.stateVector))
      this.#peers.add(peer)
      this.#presence.sendAll(peer)
      this.#headStart.arrived(peer.writes)
    })
  }

  /** Resolves when everything the connection had sent has been dealt with. */
  leave(peer: Peer): Promise<void> {
    peer.hasGone()
    this.#peers.delete(peer)
    this.#presence.leave(peer)
    this.#answers.forget(peer)
    return this.#queue.task(async () => undefined)
  }

  /** Takes one binary frame; null is one that cannot be a frame at all. */
  receive(peer: Peer, bytes: Uint8Array | null): void {
    if (peer.state !== 'open') return
    try {
      this.#dispatch(peer, bytes)
    } catch (cause) {
      if (!(cause instanceof MalformedFrame)) throw cause
      // In its turn, so that what came before it still counts.
      void this.#queue.task(async () => peer.refuse('input/invalid'))
    }
  }

  #dispatch(peer: Peer, bytes: Uint8Array | null): void {
    if (bytes === null) throw new MalformedFrame('not binary')
    const frame = readFrame(bytes)
    if (frame.kind === 'presence') this.#presence.take(peer, frame.entries)
    else if (frame.kind === 'queryPresence') this.#presence.sendAll(peer)
    else if (frame.kind === 'step1') this.#answers.ask(peer, frame.stateVector)
    else {
      peer.received += 1
      this.#queue.frame({ peer, number: peer.received, update: frame.update })
    }
  }

  async #takeFrames(frames: readonly ContentFrame[]): Promise<void> {
    let waiting = frames
    let news = false
    try {
      while (waiting.length > 0 && !this.#failed) {
        const settled = await this.#writer.settle(waiting)
        await this.#deliver({ ...settled, documentId: this.documentId })
        this.#tell(settled.told)
        news ||= settled.judged.some(({ verdict }) => verdict.kind === 'accepted')
        waiting = settled.rest
        // Whoever has gone too far by now is sent away before the room looks at more of his.
        if (waiting.length > 0) await new Promise((resolve) => setImmediate(resolve))
      }
      void this.#snapshot()
      if (news) this.#check.soon(() => void this.#lookAtAll())
    } catch (cause) {
      if (cause instanceof DiskRefused) this.#turnDown(waiting, cause)
      else this.#fail(cause)
    }
  }

  /** Their authors come back with them until the disk takes them; everybody else goes on reading. */
  #turnDown(frames: readonly ContentFrame[], cause: DiskRefused): void {
    const { documentId } = this
    this.#platform.log.error({ err: cause, documentId }, 'append.failed')
    for (const { peer } of frames) peer.close(4503, cause.code)
  }

  /** Says to the authors who are here that words of theirs were swallowed. */
  #tell(told: readonly Told[]): void {
    for (const { accountId, id } of told)
      for (const peer of this.#peers)
        if (peer.accountId === accountId) peer.send(noticeFrame({ type: 'swallowed', id }))
  }

  #deliver(delivery: Delivery): Promise<void> {
    return deliverVerdicts(delivery, {
      platform: this.#platform,
      outbox: this.#outbox,
      bind: (peer, client) => void this.#owners.bind(peer, client),
      askAgain: (peer) => this.askAgain(peer),
      onLate: this.#events.onLate,
    })
  }

  #lookAtAll(): Promise<void> {
    return this.#queue.task(async () => {
      if (this.#failed) return
      // Fails the room by itself when it must.
      await this.#upToDate().catch(() => undefined)
    })
  }

  /** Asks for everything we lack: the answer closes a gap. */
  askAgain(peer: Peer): void {
    peer.send(step1Frame(this.#text.stateVector))
  }

  /** Runs work on the text as it is on disk, while no update of this document is taken in. */
  exclusive<T>(work: (text: CommittedText) => Promise<T>): Promise<T> {
    return this.#queue.task(async () => {
      await this.#upToDate()
      return work(this.#text.committed())
    })
  }

  /** @see Rooms.edit */
  edit(accountId: string, change: (doc: Y.Doc) => void, along?: Along): Promise<number> {
    return this.#queue.task(async () => {
      const { phase } = await this.#upToDate()
      if (phase !== 'drafting') throw new AppError('document/wrong-phase', { phase })
      try {
        const { update, revision } = await this.#writer.edit(accountId, change, along)
        if (update) {
          this.#outbox.update(updateFrame(update), null, revision)
          this.#outbox.flush()
        }
        return revision
      } catch (cause) {
        if (cause instanceof SpoiltRoom) this.#fail(cause)
        throw cause
      }
    })
  }

  /** @throws {AppError} server/busy when the text cannot be brought up to what is on disk */
  async #upToDate(): Promise<DocumentState> {
    if (this.#failed) throw new AppError('server/busy')
    try {
      const state = await this.#writer.refresh()
      this.#outbox.flush()
      if (state.phase === 'drafting') await this.#check.run()
      return state
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'server/not-saving') throw cause
      this.#fail(cause)
      throw new AppError('server/busy', {}, { cause })
    }
  }

  /** @see tellMissed */
  catchUp(peer: Peer): void {
    if (peer.state === 'open' && this.#peers.has(peer)) tellMissed(peer, this.#text, this.#presence)
  }

  restamp(peer: Peer): void {
    this.#presence.restamp(peer)
  }

  /** Resolves when nothing waits any more and the next load is short. */
  drain(): Promise<void> {
    return this.#queue.task(async () => {
      if (!this.#failed) await this.#snapshot(1)
    })
  }

  async #snapshot(rows?: number): Promise<void> {
    const { database, clock, log } = this.#platform
    try {
      await this.#text.snapshot(database, clock(), rows)
    } catch (cause) {
      // The rows are on disk all the same; the next load only takes longer.
      log.warn({ err: cause, documentId: this.documentId }, 'snapshot.failed')
    }
  }

  #fail(cause: unknown): void {
    this.#failed = true
    this.#platform.log.error({ err: cause, documentId: this.documentId }, 'room.failed')
    for (const peer of [...this.#peers]) peer.close(4503, 'server/busy')
    this.#events.onFailure(cause)
  }

  destroy(): void {
    this.#check.close()
    this.#headStart.close()
    this.#outbox.close()
    this.#text.destroy()
  }
}
