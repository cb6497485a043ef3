import { can } from '../../shared/accounts/permissions.ts'
import { findBlocActor, rightsStamps } from '../accounts/actorStore.ts'
import type { Platform } from '../platform/platform.ts'
import type { Connections } from './Connections.ts'
import { noticeFrame } from './frames.ts'
import type { Peer } from './Peer.ts'
import { presenceUser } from './presenceUser.ts'
import type { RoomPorts } from './roomPorts.ts'
import { documentState } from './updateLog.ts'

/** Half of the second within which a right withdrawn takes effect (product.md, P42). */
const EVERY_MS = 500

/**
 * Holds every open socket against the rows, whoever changed them and why: session, account, agency, mandate. What a
 * connection writes is judged by the rows with each turn anyway; this is for those who only read.
 */
export class RightsWatch {
  readonly #platform: Platform
  readonly #ports: RoomPorts
  readonly #connections: Connections
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(platform: Platform, ports: RoomPorts, connections: Connections) {
    this.#platform = platform
    this.#ports = ports
    this.#connections = connections
    this.#wait()
  }

  #wait(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => void this.#round(), EVERY_MS)
    this.#timer.unref()
  }

  async #round(): Promise<void> {
    try {
      await this.#look()
    } catch (cause) {
      if (!this.#stopped) this.#platform.log.warn({ err: cause }, 'rights.unchecked')
    }
    this.#wait()
  }

  async #look(): Promise<void> {
    const open = this.#connections.all()
    if (open.length === 0) return
    const { database, clock } = this.#platform
    const ended = new Set(
      await this.#ports.endedSessions([...new Set(open.map(([, peer]) => peer.sessionId))]),
    )
    const accounts = [...new Set(open.map(([, peer]) => peer.accountId))]
    const stamps = await rightsStamps(database.read, accounts, clock())
    for (const [documentId, peer] of open) {
      if (ended.has(peer.sessionId)) {
        peer.refuse('auth/required')
        continue
      }
      const stamp = stamps.get(peer.accountId) ?? 'gone'
      if (peer.rightsStamp === stamp) continue
      try {
        await this.#judgeAgain(documentId, peer)
        peer.rightsStamp = stamp
      } catch (cause) {
        // The next round asks again; the others are not to wait for it.
        this.#platform.log.warn({ err: cause, documentId }, 'rights.unchecked')
      }
    }
  }

  /** Who may stay is told to ask what it may do now, and others see the name it has now. */
  async #judgeAgain(documentId: string, peer: Peer): Promise<void> {
    const { database, clock } = this.#platform
    const state = await documentState(database.read, documentId)
    const actor =
      state && (await findBlocActor(database.read, peer.accountId, state.blocId, clock()))
    if (!actor) return peer.refuse('auth/required')
    if (!can(actor, 'document.read')) return peer.refuse('document/not-found')
    peer.user = await presenceUser(database.read, actor)
    peer.send(noticeFrame({ type: 'document' }))
    this.#connections.restamp(peer)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }
}
