import { RateLimiterMemory } from 'rate-limiter-flexible'
import { AppError, type ErrorCode } from '../../shared/base/errors.ts'
import { HEARTBEAT_MS, type Notice } from '../../shared/sync/protocol.ts'
import type { Platform } from '../platform/platform.ts'
import { heartbeatFrame, noticeFrame } from './frames.ts'
import type { Admission, OpenSocket } from './gateway.ts'
import { Peer } from './Peer.ts'
import type { Lease, RoomRegistry } from './RoomRegistry.ts'

const SOCKETS_PER_ACCOUNT = 200
/** What no editor does. Each costs the room a look at its whole text, so an account may do it so often a minute. */
const OFFENCES: readonly ErrorCode[] = ['content/refused', 'input/invalid', 'input/too-large']
const OFFENCES_A_MINUTE = 10
/** Beats without a sign of life before a socket counts as dead. */
const DEAD_AFTER = 3
/** Between two looks at who waits for something lost, and who does not read. */
const SWEEP_MS = 1_000
const GAP_PATIENCE_MS = 5_000
const FAREWELL_MS = 2_000

/** A test may let the heart beat faster, and forgive more. */
export type ConnectionOptions = { heartbeatMs?: number; offencesAMinute?: number }
type Farewell = { onLeft(visit: { documentId: string; accountId: string }): void }

type Connection = {
  documentId: string
  peer: Peer
  socket: OpenSocket
  lease: Lease | null
  silentBeats: number
  left: Promise<void>
}

/** The sockets that are open: brings each into its room and out again, and keeps them alive. */
export class Connections {
  readonly #platform: Platform
  readonly #registry: RoomRegistry
  readonly #all = new Set<Connection>()
  readonly #offences: RateLimiterMemory
  readonly #farewell: Farewell
  readonly #heart: NodeJS.Timeout
  readonly #broom: NodeJS.Timeout

  constructor(platform: Platform, registry: RoomRegistry, options: ConnectionOptions & Farewell) {
    this.#farewell = options
    const { heartbeatMs = HEARTBEAT_MS, offencesAMinute = OFFENCES_A_MINUTE } = options
    this.#platform = platform
    this.#registry = registry
    this.#offences = new RateLimiterMemory({ points: offencesAMinute, duration: 60 })
    this.#heart = setInterval(() => this.#beat(), heartbeatMs)
    this.#heart.unref()
    this.#broom = setInterval(() => this.#sweep(), Math.min(SWEEP_MS, heartbeatMs))
    this.#broom.unref()
  }

  get size(): number {
    return this.#all.size
  }

  /** Sockets that have missed something, since they do not keep up. */
  get behind(): number {
    return [...this.#all].filter(({ peer }) => peer.missedFrom !== null).length
  }

  /** Whether an account has not done too often lately what no editor does. */
  async mayCome(accountId: string): Promise<boolean> {
    const offences = await this.#offences.get(accountId)
    return offences === null || offences.consumedPoints < this.#offences.points
  }

  hasSpace(accountId: string): boolean {
    let own = 0
    for (const { peer } of this.#all) if (peer.accountId === accountId) own += 1
    return own < SOCKETS_PER_ACCOUNT
  }

  all(): [documentId: string, peer: Peer][] {
    return [...this.#all].map(({ documentId, peer }) => [documentId, peer])
  }

  open(admission: Admission, socket: OpenSocket): void {
    // Nothing is read before there is a room to read it.
    socket.pause()
    const peer = new Peer(socket, admission, (code) => {
      if (OFFENCES.includes(code)) void this.#countOffence(admission.accountId)
    })
    let hasLeft = () => {}
    const left = new Promise<void>((resolve) => {
      hasLeft = resolve
    })
    const { documentId } = admission
    const { log } = this.#platform
    const connection: Connection = {
      documentId,
      peer,
      socket,
      lease: null,
      silentBeats: 0,
      left,
    }
    this.#all.add(connection)
    const alive = () => {
      connection.silentBeats = 0
    }
    socket.listen({
      onFrame(bytes) {
        alive()
        try {
          connection.lease?.room.receive(peer, bytes)
        } catch (cause) {
          // Thrown further it would end the process. 4400, or the stock client would send the same again for ever.
          log.error({ err: cause, documentId }, 'frame.failed')
          peer.refuse('input/invalid')
        }
      },
      onPong: alive,
      onDrain: () => connection.lease?.room.catchUp(peer),
      onClose: () => void this.#depart(connection).then(() => hasLeft()),
    })
    void this.#enter(connection, admission.client)
  }

  async #enter(connection: Connection, client: number | null): Promise<void> {
    const { documentId, peer, socket } = connection
    try {
      const lease = await this.#registry.enter(documentId)
      if (peer.state !== 'open') return await lease.release()
      connection.lease = lease
      await lease.room.join(peer, client)
      socket.resume()
    } catch (cause) {
      this.#platform.log.error({ err: cause, documentId }, 'room.refused')
      if (cause instanceof AppError) peer.refuse(cause.code)
      else peer.close(4503, 'server/busy')
    }
  }

  async #depart(connection: Connection): Promise<void> {
    const { peer, lease } = connection
    this.#all.delete(connection)
    peer.hasGone()
    if (!lease) return
    await lease.room.leave(peer)
    this.#farewell.onLeft({ documentId: connection.documentId, accountId: peer.accountId })
    await lease.release()
  }

  /** Beyond the limit the account's other connections end too: each could bring one more. */
  async #countOffence(accountId: string): Promise<void> {
    const { consumedPoints } = await this.#offences.penalty(accountId)
    if (consumedPoints < this.#offences.points) return
    for (const { peer } of [...this.#all])
      if (peer.accountId === accountId) peer.refuse('server/too-many')
  }

  #beat(): void {
    const frame = heartbeatFrame()
    for (const connection of this.#all) {
      const { peer, socket } = connection
      connection.silentBeats += 1
      if (connection.silentBeats > DEAD_AFTER) {
        socket.terminate()
        continue
      }
      socket.ping()
      peer.send(frame)
    }
  }

  #sweep(): void {
    const now = performance.now()
    for (const connection of this.#all) {
      connection.peer.endIfStalled(now)
      connection.lease?.room.catchUp(connection.peer)
      this.#nudge(connection)
    }
  }

  /** Asks again for what is missing; a connection that never fills its gap is of no use to anybody. */
  #nudge({ peer, lease }: Connection): void {
    if (peer.gapSince === null) return
    const [first] = peer.gaps
    if (this.#platform.clock() - peer.gapSince > GAP_PATIENCE_MS)
      peer.refuse('input/invalid', first?.number, { what: 'gap' })
    else lease?.room.askAgain(peer)
  }

  notify(documentId: string, notice: Notice, only?: { agencyId: string }): void {
    const frame = noticeFrame(notice)
    for (const { documentId: here, peer } of this.#all)
      if (here === documentId && (!only || peer.agencyId === only.agencyId)) peer.send(frame)
  }

  endSession(sessionId: string): void {
    for (const { peer } of [...this.#all])
      if (peer.sessionId === sessionId) peer.refuse('auth/required')
  }

  /** Shows others the name that the peer has now. */
  restamp(peer: Peer): void {
    for (const connection of this.#all)
      if (connection.peer === peer) connection.lease?.room.restamp(peer)
  }

  /** Everything received so far is settled, then everybody is sent away to come back soon. */
  async close(): Promise<void> {
    clearInterval(this.#heart)
    clearInterval(this.#broom)
    const goodbye = noticeFrame({ type: 'going-away' })
    for (const { peer } of this.#all) peer.send(goodbye)
    await Promise.all((await this.#registry.rooms()).map((room) => room.drain()))
    const leaving = [...this.#all]
    for (const { peer } of leaving) peer.close(1012, 'going away')
    const timer = setTimeout(() => {
      for (const { socket } of leaving) socket.terminate()
    }, FAREWELL_MS)
    await Promise.all(leaving.map(({ left }) => left))
    clearTimeout(timer)
  }
}
