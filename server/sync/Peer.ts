import { closeCode, type ErrorCode } from '../../shared/base/errors.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { refusalFrame } from './frames.ts'

/** What a connection needs of its socket. */
export type Transport = {
  send(frame: Uint8Array): void
  close(code: number, reason: string): void
  /** Stops and resumes reading, so that a flood waits in the sender's own network stack. */
  pause(): void
  resume(): void
  /** Bytes handed over and not yet taken by the network. */
  readonly buffered: number
}

export type Identity = { accountId: string; sessionId: string; user: PresenceUser }

/** A document frame as received; `number` counts from 1 on its connection. */
export type ContentFrame = { peer: Peer; number: number; update: Uint8Array }

const SLOW_READER_BYTES = 4 * 1024 * 1024
const PAUSE_AT = 256
const RESUME_AT = 64

/**
 * One connection. `open` until the server ends it (`ended`: what still waits of it is dropped, unacknowledged) or
 * the other side goes (`gone`: what it had sent is still taken in).
 */
export class Peer {
  readonly accountId: string
  readonly sessionId: string
  user: PresenceUser
  state: 'open' | 'ended' | 'gone' = 'open'
  /** The Y.Doc clientID that this connection speaks for. */
  client: number | null = null
  /** Document frames received and acknowledged so far. */
  received = 0
  acked = 0
  /** Frames that wait for something lost before them; acknowledged only once that has come. */
  gaps: ContentFrame[] = []
  gapSince: number | null = null
  readonly #transport: Transport
  #waiting = 0
  #paused = false
  /** A first answer may be larger than what a slow reader is allowed to owe. */
  #allowance = SLOW_READER_BYTES

  constructor(transport: Transport, identity: Identity) {
    this.#transport = transport
    this.accountId = identity.accountId
    this.sessionId = identity.sessionId
    this.user = identity.user
  }

  get agencyId(): string | null {
    return this.user.agencyId
  }

  /** Sends, or ends the connection when the other side has stopped reading: it resyncs by itself. */
  send(frame: Uint8Array): void {
    if (this.state !== 'open') return
    if (this.#transport.buffered > this.#allowance) this.close(4508, 'slow reader')
    else this.#transport.send(frame)
  }

  /** For a frame that may be as large as the document. */
  sendState(frame: Uint8Array): void {
    this.#allowance = Math.max(this.#allowance, SLOW_READER_BYTES + 2 * frame.byteLength)
    this.send(frame)
  }

  /** @param frame number of the refused document frame, which the other side is told before the close */
  refuse(code: ErrorCode, frame?: number, details: Record<string, unknown> = {}): void {
    if (frame !== undefined) this.send(refusalFrame({ code, frame, details }))
    this.close(closeCode(code), code)
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

  frameQueued(): void {
    this.#waiting += 1
    if (this.#paused || this.#waiting < PAUSE_AT) return
    this.#paused = true
    this.#transport.pause()
  }

  framesDone(count: number): void {
    this.#waiting -= count
    if (!this.#paused || this.#waiting > RESUME_AT) return
    this.#paused = false
    this.#transport.resume()
  }
}
