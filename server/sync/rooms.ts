import { AsyncLocalStorage } from 'node:async_hooks'
import type { Server } from 'node:http'
import type * as Y from 'yjs'
import type { Notice } from '../../shared/sync/protocol.ts'
import type { Platform } from '../platform/platform.ts'
import { type ConnectionOptions, Connections } from './Connections.ts'
import { DocumentRoom } from './DocumentRoom.ts'
import { Gateway } from './gateway.ts'
import { RightsWatch } from './RightsWatch.ts'
import { RoomRegistry } from './RoomRegistry.ts'
import type { CommittedText } from './RoomText.ts'
import type { Along } from './RoomWriter.ts'
import type { RoomPorts } from './roomPorts.ts'

export type { Along, CommittedText, RoomPorts }

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
   * @param along rows that must be on disk if and only if the edit is; what it throws refuses the edit
   * @returns the revision it has reached
   * @throws {AppError} document/wrong-phase, content/refused, input/too-large, as `read`; what `change` and `along`
   * throw. Nothing has changed then.
   */
  edit(
    documentId: string,
    accountId: string,
    change: (doc: Y.Doc) => void,
    along?: Along,
  ): Promise<number>
  /** Tells open editors of the document, or of one agency in it. */
  notify(documentId: string, notice: Notice, only?: { agencyId: string }): void
  /** Closes the session's sockets with 4401. */
  endSession(sessionId: string): void
  /** Listens for upgrades of `/sync/*`; leaves other paths to others. */
  attach(server: Server): void
  /** Says goodbye, writes what is pending, closes everything with 1012. */
  close(): Promise<void>
  /** `behind`: sockets that do not read what they are sent. */
  stats(): { rooms: number; sockets: number; behind: number }
}

export function createRooms(
  platform: Platform,
  ports: RoomPorts,
  options: ConnectionOptions = {},
): Rooms {
  const afterwards = new Set<Promise<void>>()
  const makeProposals = (late: { id: string; documentId: string }) => {
    const made = ports
      .onLateUpdate(late)
      .catch((cause) => platform.log.error({ err: cause, lateId: late.id }, 'late.failed'))
      .finally(() => afterwards.delete(made))
    afterwards.add(made)
  }
  const restructured = (documentId: string) => {
    const told = ports
      .onRestructured(documentId)
      .catch((cause) => platform.log.error({ err: cause, documentId }, 'restructured.failed'))
      .finally(() => afterwards.delete(told))
    afterwards.add(told)
  }
  const registry = new RoomRegistry(
    (documentId, events) => DocumentRoom.load(documentId, platform, events),
    { onLate: makeProposals, onRestructured: restructured },
  )
  const left = (visit: { documentId: string; accountId: string }) => {
    const noted = ports
      .onLeft(visit)
      .catch((cause) => platform.log.error({ err: cause, ...visit }, 'visit.failed'))
      .finally(() => afterwards.delete(noted))
    afterwards.add(noted)
  }
  const connections = new Connections(platform, registry, { ...options, onLeft: left })
  const gateway = new Gateway(platform, ports, connections, (admission, socket) =>
    connections.open(admission, socket),
  )
  const watch = new RightsWatch(platform, ports, connections)
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
    async edit(documentId, accountId, change, along) {
      const revision = await withRoom(documentId, (room) => room.edit(accountId, change, along))
      restructured(documentId)
      return revision
    },
    notify: (documentId, notice, only) => connections.notify(documentId, notice, only),
    endSession: (sessionId) => connections.endSession(sessionId),
    attach: (server) => gateway.attach(server),
    async close() {
      gateway.close()
      watch.stop()
      await connections.close()
      await Promise.all(afterwards)
    },
    stats: () => ({ rooms: registry.size, sockets: connections.size, behind: connections.behind }),
  }
}
