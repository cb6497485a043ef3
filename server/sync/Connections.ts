import { AppError } from '../../shared/base/errors.ts'
import type { Notice } from '../../shared/sync/protocol.ts'
import type { Platform } from '../platform/platform.ts'
import { heartbeatFrame, noticeFrame } from './frames.ts'
import type { Admission, OpenSocket } from './gateway.ts'
import { Peer } from './Peer.ts'
import type { Lease, RoomRegistry } from './RoomRegistry.ts'

const SOCKETS_PER_ACCOUNT = 200
/** Beats without a sign of life before a socket counts as dead. */
const DEAD_AFTER = 3
/** Beats between two looks at whether the session still stands: it may have run out on its own. */
const SESSION_CHECK = 6
const GAP_PATIENCE_MS = 30_000
const FAREWELL_MS = 2_000

type Connection = {
  documentId: string
  peer: Peer
  socket: OpenSocket
  isSignedIn: Admission['isSignedIn']
  lease: Lease | null
  silentBeats: number
  left: Promise<void>
}

/** The sockets that are open: brings each into its room and out again, and keeps them alive. */
export class Connections {
  readonly #platform: Platform
  readonly #registry: RoomRegistry
  readonly #all = new Set<Connection>()
  readonly #heart: NodeJS.Timeout
  #beats = 0

  constructor(platform: Platform, registry: RoomRegistry, heartbeatMs: number) {
    this.#platform = platform
    this.#registry = registry
    this.#heart = setInterval(() => this.#beat(), heartbeatMs)
    this.#heart.unref()
  }

  get size(): number {
    return this.#all.size
  }

  /** Sockets that have missed something, since they do not keep up. */
  get behind(): number {
    return [...this.#all].filter(({ peer }) => peer.missedFrom !== null).length
  }

  hasSpace(accountId: string): boolean {
    return this.ofAccount(accountId).length < SOCKETS_PER_ACCOUNT
  }

  ofAccount(accountId: string): [documentId: string, peer: Peer][] {
    return [...this.#all]
      .filter(({ peer }) => peer.accountId === accountId)
      .map(({ documentId, peer }) => [documentId, peer])
  }

  open(admission: Admission, socket: OpenSocket): void {
    // Nothing is read before there is a room to read it.
    socket.pause()
    const peer = new Peer(socket, admission)
    let hasLeft = () => {}
    const left = new Promise<void>((resolve) => {
      hasLeft = resolve
    })
    const { documentId, isSignedIn } = admission
    const { log } = this.#platform
    const connection: Connection = {
      documentId,
      peer,
      socket,
      isSignedIn,
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
      // Ended while we were on the way in: nobody could tell us, for we were not on the list yet.
      if (!(await connection.isSignedIn())) peer.refuse('auth/required')
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
    await lease.release()
  }

  #beat(): void {
    this.#beats += 1
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
      peer.endIfStalled(performance.now())
      connection.lease?.room.catchUp(peer)
      this.#nudge(connection)
      if (this.#beats % SESSION_CHECK === 0) void this.#checkSession(connection)
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

  async #checkSession({ peer, isSignedIn, documentId }: Connection): Promise<void> {
    try {
      if (!(await isSignedIn())) peer.refuse('auth/required')
    } catch (cause) {
      this.#platform.log.warn({ err: cause, documentId }, 'session.unchecked')
    }
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
