import { AsyncLocalStorage } from 'node:async_hooks'
import type { Server } from 'node:http'
import type * as Y from 'yjs'
import { can } from '../../shared/accounts/permissions.ts'
import { HEARTBEAT_MS, type Notice } from '../../shared/sync/protocol.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import type { Platform } from '../platform/platform.ts'
import { Connections } from './Connections.ts'
import { DocumentRoom } from './DocumentRoom.ts'
import { noticeFrame } from './frames.ts'
import { Gateway } from './gateway.ts'
import type { Peer } from './Peer.ts'
import { presenceUser } from './presenceUser.ts'
import { RoomRegistry } from './RoomRegistry.ts'
import type { CommittedText } from './RoomText.ts'
import type { RoomPorts } from './roomPorts.ts'
import { documentState } from './updateLog.ts'

export type { CommittedText, RoomPorts }

export type Rooms = {
  /** The text as it is on disk. @throws {AppError} document/not-found, server/busy when it cannot be loaded */
  read(documentId: string): Promise<CommittedText>
  /**
   * Runs `work` while no update of this document is taken in.
   * @throws what `work` throws; {AppError} as `read`; Error when called within work on the same document
   */
  exclusive<T>(documentId: string, work: (text: CommittedText) => Promise<T>): Promise<T>
  /**
   * A forward edit by the server in this account's name: on disk, then shown to all. Takes its own turn.
   * @returns the revision it has reached
   * @throws {AppError} document/wrong-phase, content/refused, input/too-large, as `read`; what `change` throws.
   * Nothing has changed then.
   */
  edit(documentId: string, accountId: string, change: (doc: Y.Doc) => void): Promise<number>
  /** Tells open editors of the document, or of one agency in it. */
  notify(documentId: string, notice: Notice, only?: { agencyId: string }): void
  /** Closes the session's sockets with 4401. */
  endSession(sessionId: string): void
  /** Judges the account's open sockets again; who lost the right to read is closed with 4404 or 4401. */
  rightsChanged(accountId: string): Promise<void>
  /** Listens for upgrades of `/sync/*`; leaves other paths to others. */
  attach(server: Server): void
  /** Says goodbye, writes what is pending, closes everything with 1012. */
  close(): Promise<void>
  /** `behind`: sockets that do not read what they are sent. */
  stats(): { rooms: number; sockets: number; behind: number }
}

/** @param options `heartbeatMs`: a test may let the heart beat faster */
export function createRooms(
  platform: Platform,
  ports: RoomPorts,
  options: { heartbeatMs?: number } = {},
): Rooms {
  const afterwards = new Set<Promise<void>>()
  const makeProposals = (late: { id: string; documentId: string }) => {
    const made = ports
      .onLateUpdate(late)
      .catch((cause) => platform.log.error({ err: cause, lateId: late.id }, 'late.failed'))
      .finally(() => afterwards.delete(made))
    afterwards.add(made)
  }
  const registry = new RoomRegistry(
    (documentId, events) => DocumentRoom.load(documentId, platform, events),
    makeProposals,
  )
  const connections = new Connections(platform, registry, options.heartbeatMs ?? HEARTBEAT_MS)
  const gateway = new Gateway(
    platform,
    ports,
    (accountId) => connections.hasSpace(accountId),
    (admission, socket) => connections.open(admission, socket),
  )
  const inside = new AsyncLocalStorage<string>()

  /** A turn asked for within a turn of the same document would wait for itself. */
  async function withRoom<T>(documentId: string, use: (room: DocumentRoom) => Promise<T>) {
    if (inside.getStore() === documentId) throw new Error('this document is being worked on here')
    const lease = await registry.enter(documentId)
    try {
      return await use(lease.room)
    } finally {
      void lease.release()
    }
  }

  return {
    read: (documentId) => withRoom(documentId, (room) => room.exclusive(async (text) => text)),
    exclusive: (documentId, work) =>
      withRoom(documentId, (room) =>
        room.exclusive((text) => inside.run(documentId, () => work(text))),
      ),
    edit: (documentId, accountId, change) =>
      withRoom(documentId, (room) => room.edit(accountId, change)),
    notify: (documentId, notice, only) => connections.notify(documentId, notice, only),
    endSession: (sessionId) => connections.endSession(sessionId),
    async rightsChanged(accountId) {
      for (const [documentId, peer] of connections.ofAccount(accountId))
        if (await judgeAgain(platform, documentId, peer)) connections.restamp(peer)
    },
    attach: (server) => gateway.attach(server),
    async close() {
      gateway.close()
      await connections.close()
      await Promise.all(afterwards)
    },
    stats: () => ({ rooms: registry.size, sockets: connections.size, behind: connections.behind }),
  }
}

/** @returns whether the connection may stay; its editor is told to ask what it may do now */
async function judgeAgain(platform: Platform, documentId: string, peer: Peer): Promise<boolean> {
  const { read } = platform.database
  const state = await documentState(read, documentId)
  const actor = state && (await findBlocActor(read, peer.accountId, state.blocId, platform.clock()))
  if (!actor) peer.refuse('auth/required')
  else if (!can(actor, 'document.read')) peer.refuse('document/not-found')
  else {
    peer.user = await presenceUser(read, actor)
    peer.send(noticeFrame({ type: 'document' }))
  }
  return peer.state === 'open'
}
