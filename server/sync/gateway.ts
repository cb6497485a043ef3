import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { can } from '../../shared/accounts/permissions.ts'
import { closeCode, ERRORS, type ErrorCode } from '../../shared/base/errors.ts'
import { SCHEMA_VERSION } from '../../shared/documents/document.ts'
import { FRAME_LIMIT, type PresenceUser } from '../../shared/sync/protocol.ts'
import { findBlocActor, rightsStamps } from '../accounts/actorStore.ts'
import type { Platform } from '../platform/platform.ts'
import type { Transport } from './Peer.ts'
import { presenceUser } from './presenceUser.ts'
import type { RoomPorts } from './roomPorts.ts'
import { documentState } from './updateLog.ts'

/** Somebody at the door who may come in. */
export type Admission = {
  documentId: string
  accountId: string
  sessionId: string
  user: PresenceUser
  rightsStamp: string
  /** The document can be written in, and by this account. */
  writes: boolean
  client: number | null
}

/** The server's side of the socket: what is heard of it. */
export type SocketEvents = {
  /** @param bytes null for a text frame */
  onFrame(bytes: Uint8Array | null): void
  onPong(): void
  /** The network has taken everything that was handed over. */
  onDrain(): void
  onClose(): void
}

export type OpenSocket = Transport & {
  ping(): void
  terminate(): void
  listen(events: SocketEvents): void
}

/** Whether an account may open a socket at all; looked at before and, at once, after its rights are. */
export type Door = {
  mayCome(accountId: string): Promise<boolean>
  hasSpace(accountId: string): boolean
}

type Known = Omit<Admission, 'documentId' | 'client'> & { epoch: string }

const GRACE_MS = 5_000

/** What ws says by itself to frames that are none (RFC 6455, 7.4.1); the stock client would send them again for ever. */
const OURS: ReadonlyMap<number | undefined, ErrorCode> = new Map([
  [1002, 'input/invalid'],
  [1007, 'input/invalid'],
  // A message in too many fragments.
  [1008, 'input/too-large'],
  [1009, 'input/too-large'],
])

class SyncSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const ours = OURS.get(code)
    super.close(ours ? closeCode(ours) : code, reason)
  }
}

/**
 * The door for `/sync/<documentId>`. Whoever may not come in hears it as plain HTTP, before 101; whoever is too old
 * or of another epoch hears it as a close code, which a browser can read.
 */
export class Gateway {
  readonly #platform: Platform
  readonly #ports: RoomPorts
  readonly #wss = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_LIMIT,
    perMessageDeflate: false,
    clientTracking: false,
    WebSocket: SyncSocket,
  })
  readonly #door: Door
  readonly #onOpen: (admission: Admission, socket: OpenSocket) => void
  #closed = false

  constructor(
    platform: Platform,
    ports: RoomPorts,
    door: Door,
    onOpen: (admission: Admission, socket: OpenSocket) => void,
  ) {
    this.#platform = platform
    this.#ports = ports
    this.#door = door
    this.#onOpen = onOpen
  }

  attach(server: Server): void {
    server.on('upgrade', (req, socket, head) => {
      const [path = '', search = ''] = (req.url ?? '').split('?', 2)
      if (!/^\/sync(\/|$)/.test(path)) {
        // With nobody else to answer, the request would hang for ever: Node hands all upgrades to whoever listens.
        if (server.listenerCount('upgrade') === 1) answerNotFound(socket)
        return
      }
      const [, documentId = ''] = /^\/sync\/([^/]+)$/.exec(path) ?? []
      // A socket that dies while we look at the rows must not take the process with it.
      socket.on('error', () => socket.destroy())
      void this.#upgrade(req, socket, head, documentId, new URLSearchParams(search))
    })
  }

  async #upgrade(
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    documentId: string,
    query: URLSearchParams,
  ): Promise<void> {
    let judged: ErrorCode | Known
    try {
      judged = await this.#judge(req, documentId, query.get('user'))
    } catch (cause) {
      this.#platform.log.error({ err: cause, documentId }, 'upgrade.failed')
      judged = 'server/busy'
    }
    if (socket.destroyed) return
    if (typeof judged === 'string') return answerPlainly(socket, judged)
    const { epoch, ...known } = judged
    if (!this.#door.hasSpace(known.accountId)) return answerPlainly(socket, 'server/too-many')
    this.#wss.handleUpgrade(req, socket, head, (ws) => {
      ws.on('error', (cause) =>
        this.#platform.log.debug({ err: cause, documentId }, 'socket.failed'),
      )
      const wrong = queryProblem(query, epoch)
      if (wrong) return openSocket(ws, socket).close(closeCode(wrong), wrong)
      const admission = {
        documentId,
        ...known,
        client: clientOf(query),
      }
      this.#onOpen(admission, openSocket(ws, socket))
    })
  }

  /** @param user whose words are coming, as the client says; null means whoever the session is of */
  async #judge(
    req: IncomingMessage,
    documentId: string,
    user: string | null,
  ): Promise<ErrorCode | Known> {
    if (this.#closed) return 'server/busy'
    if (!this.#ports.isAllowedOrigin(req)) return 'auth/forbidden'
    const session = await this.#ports.authenticate(req)
    // All tabs of a browser share one cookie: after another sign-in a tab would speak under a strange name.
    if (!session || (user !== null && user !== session.accountId)) return 'auth/required'
    if (!(await this.#door.mayCome(session.accountId))) return 'server/too-many'
    const { read } = this.#platform.database
    const state = await documentState(read, documentId)
    if (!state) return 'document/not-found'
    const now = this.#platform.clock()
    // Before the rows are judged: what changes in between shows as another stamp.
    const { accountId } = session
    const rightsStamp = (await rightsStamps(read, [accountId], now)).get(accountId) ?? ''
    const actor = await findBlocActor(read, session.accountId, state.blocId, now)
    if (!actor || !can(actor, 'document.read')) return 'document/not-found'
    return {
      ...session,
      user: await presenceUser(read, actor),
      rightsStamp,
      writes: state.phase === 'drafting' && can(actor, 'document.write'),
      epoch: state.epoch,
    }
  }

  /** Nobody comes in any more. */
  close(): void {
    this.#closed = true
    this.#wss.close()
  }
}

/** Absent `v` and `epoch` mean the current ones. */
function queryProblem(query: URLSearchParams, epoch: string): ErrorCode | null {
  const version = query.get('v')
  if (version !== null && version !== String(SCHEMA_VERSION)) return 'protocol/outdated'
  if ((query.get('epoch') ?? epoch) !== epoch) return 'sync/other-epoch'
  return query.has('client') && clientOf(query) === null ? 'input/invalid' : null
}

function clientOf(query: URLSearchParams): number | null {
  const text = query.get('client')
  if (text === null || !/^\d{1,16}$/.test(text)) return null
  const client = Number(text)
  return Number.isSafeInteger(client) ? client : null
}

function answerNotFound(socket: Duplex): void {
  socket.on('error', () => socket.destroy())
  socket.once('finish', () => socket.destroy())
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
}

function answerPlainly(socket: Duplex, code: ErrorCode): void {
  const { status } = ERRORS[code]
  const type = `urn:nhat-tri:error:${code}`
  const body = JSON.stringify({ type, title: code, status, code, details: {} })
  socket.once('finish', () => socket.destroy())
  socket.end(
    [
      `HTTP/1.1 ${status} ${code}`,
      'Connection: close',
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

/** @param wire the connection under `ws`, which writes to it in whole messages only */
function openSocket(ws: WebSocket, wire: Duplex): OpenSocket {
  return {
    get buffered() {
      return wire.writableLength
    },
    send: (frame) => ws.send(frame, { binary: true }),
    sendPacked(...packed) {
      if (ws.readyState !== WebSocket.OPEN) return
      if (packed.length > 1) wire.cork()
      for (const one of packed) wire.write(one)
      if (packed.length > 1) wire.uncork()
    },
    close(code, reason) {
      // Reading must go on, or the other side's farewell is never heard.
      ws.resume()
      ws.close(code, reason)
      const timer = setTimeout(() => ws.terminate(), GRACE_MS)
      timer.unref()
      ws.once('close', () => clearTimeout(timer))
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    ping: () => ws.ping(),
    terminate: () => ws.terminate(),
    listen({ onFrame, onPong, onDrain, onClose }) {
      // With ws's default `binaryType` a message is one Buffer.
      ws.on('message', (data, isBinary) => onFrame(isBinary ? (data as Buffer) : null))
      ws.on('pong', onPong)
      wire.on('drain', onDrain)
      ws.on('close', onClose)
    },
  }
}
