import { closeCode, type ErrorCode } from '../../shared/base/errors.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { refusalFrame } from './frames.ts'

/** What a connection needs of its socket. */
export type Transport = {
  send(frame: Uint8Array): void
  /** Whole messages, framed for the wire already; several buffers leave together. */
  sendPacked(...packed: readonly Buffer[]): void
  close(code: number, reason: string): void
  /** Stops and resumes reading, so that a flood waits in the sender's own network stack. */
  pause(): void
  resume(): void
  /** Bytes handed over and not yet taken by the network. */
  readonly buffered: number
}

export type Identity = {
  accountId: string
  sessionId: string
  user: PresenceUser
  /** Of the rows that the rights hang on, as they were when these were judged (`rightsStamps`). */
  rightsStamp: string
  /** Whether words are to be expected of it; what it may do is asked again with all that it sends. */
  writes: boolean
}

/** A document frame as received; `number` counts from 1 on its connection. */
export type ContentFrame = { peer: Peer; number: number; update: Uint8Array }

/** What a connection may owe us: beyond the first it misses presence, then updates, then it is closed. */
const QUIET_BYTES = 256 * 1024
const BEHIND_BYTES = 1024 * 1024
const SLOW_READER_BYTES = 4 * 1024 * 1024
const STALLED_MS = 10_000
/** Frames, and bytes of them, that may wait before we stop reading. */
const PAUSE_AT = { frames: 256, bytes: 1024 * 1024 }
const RESUME_AT = { frames: 64, bytes: 256 * 1024 }

/**
 * One connection. `open` until the server ends it (`ended`: what still waits of it is dropped, unacknowledged) or
 * the other side goes (`gone`: what it had sent is still taken in).
 */
export class Peer {
  readonly accountId: string
  readonly sessionId: string
  user: PresenceUser
  rightsStamp: string
  readonly writes: boolean
  state: 'open' | 'ended' | 'gone' = 'open'
  /** The Y.Doc clientID that this connection speaks for. */
  client: number | null = null
  /** Document frames received and acknowledged so far. */
  received = 0
  acked = 0
  /** Frames that wait for something lost before them; acknowledged only once that has come. */
  gaps: ContentFrame[] = []
  gapSince: number | null = null
  /** The first row that it has not been sent, since it does not keep up; null while it does. */
  missedFrom: number | null = null
  missedPresence = false
  readonly #transport: Transport
  readonly #onRefused: (code: ErrorCode) => void
  #waiting = { frames: 0, bytes: 0 }
  #paused = false
  /** The least it owed since it fell behind, and when that was. */
  #progress = { owed: Number.POSITIVE_INFINITY, at: 0 }

  constructor(
    transport: Transport,
    identity: Identity,
    onRefused: (code: ErrorCode) => void = () => {},
  ) {
    this.#transport = transport
    this.#onRefused = onRefused
    this.accountId = identity.accountId
    this.sessionId = identity.sessionId
    this.user = identity.user
    this.rightsStamp = identity.rightsStamp
    this.writes = identity.writes
  }

  get agencyId(): string | null {
    return this.user.agencyId
  }

  /** Sends, or ends the connection when the other side has stopped reading: it resyncs by itself. */
  send(frame: Uint8Array): void {
    if (this.state !== 'open') return
    if (this.#transport.buffered > SLOW_READER_BYTES) this.close(4508, 'slow reader')
    else this.#transport.send(frame)
  }

  /** As {@link send}, for messages that are framed already; all of these are sent, or none. */
  sendPacked(...packed: readonly Buffer[]): void {
    if (this.state !== 'open') return
    if (this.#transport.buffered > SLOW_READER_BYTES) this.close(4508, 'slow reader')
    else this.#transport.sendPacked(...packed)
  }

  /**
   * What it can take now. What is left out is sent anew once the other side has caught up.
   * @param row the next that would be sent, if any: from there on it must be told later when it takes nothing
   */
  takes(row: number | undefined): 'all' | 'updates' | 'nothing' {
    const owed = this.#transport.buffered
    if (this.missedFrom === null && owed <= QUIET_BYTES) return 'all'
    this.missedPresence = true
    if (this.missedFrom === null && owed <= BEHIND_BYTES) return 'updates'
    if (row !== undefined) this.missedFrom ??= row
    return 'nothing'
  }

  /** As {@link sendPacked}, for one that {@link takes} something: it owes less than would end it. */
  handOver(packed: Buffer): void {
    if (this.state === 'open') this.#transport.sendPacked(packed)
  }

  /** Whether it has read enough to be told what it missed. */
  hasCaughtUp(): boolean {
    return this.#transport.buffered <= QUIET_BYTES
  }

  /** Ends the connection when the other side has stopped reading altogether: it resyncs by itself. @param now ms */
  endIfStalled(now: number): void {
    const owed = this.#transport.buffered
    if (owed <= BEHIND_BYTES) this.#progress = { owed: Number.POSITIVE_INFINITY, at: now }
    else if (owed < this.#progress.owed) this.#progress = { owed, at: now }
    else if (now - this.#progress.at >= STALLED_MS) this.close(4508, 'slow reader')
  }

  /** @param frame number of the refused document frame, which the other side is told before the close */
  refuse(code: ErrorCode, frame?: number, details: Record<string, unknown> = {}): void {
    if (this.state !== 'open') return
    if (frame !== undefined) this.send(refusalFrame({ code, frame, details }))
    this.close(closeCode(code), code)
    this.#onRefused(code)
  }

  close(code: number, reason: string): void {
    if (this.state !== 'open') return
    this.state = 'ended'
    this.#transport.close(code, reason)
  }

  /** The socket has closed. */
  hasGone(): void {
    if (this.state === 'open') this.state = 'gone'
  }

  /** @param bytes of one frame that waits for its turn */
  frameQueued(bytes: number): void {
    this.#waiting.frames += 1
    this.#waiting.bytes += bytes
    const { frames, bytes: held } = this.#waiting
    if (this.#paused || (frames < PAUSE_AT.frames && held < PAUSE_AT.bytes)) return
    this.#paused = true
    this.#transport.pause()
  }

  frameDone(bytes: number): void {
    this.#waiting.frames -= 1
    this.#waiting.bytes -= bytes
    const { frames, bytes: held } = this.#waiting
    if (!this.#paused || frames > RESUME_AT.frames || held > RESUME_AT.bytes) return
    this.#paused = false
    this.#transport.resume()
  }
}
