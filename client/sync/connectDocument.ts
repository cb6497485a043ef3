import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { ErrorCode } from '../../shared/base/errors.ts'
import type { BlocId, DocumentId } from '../../shared/base/ids.ts'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { SCHEMA_VERSION } from '../../shared/documents/document.ts'
import type { Notice, RefusalFrame } from '../../shared/sync/protocol.ts'
import type { Store } from '../base/store.ts'
import { askWhyRefused } from './askWhyRefused.ts'
import { listenToServer } from './listenToServer.ts'
import { codeOfClose, forbidsWriting, leavesReading } from './refusals.ts'
import { type SocketClass, trackDurability } from './trackDurability.ts'
import { type AuthorsCopy, trackTouched, type UnsentClause, unsentClauses } from './unsentText.ts'
import { browserOnline, type OnlineSignal } from './watchOnline.ts'

/** `offline`: kept on this device until the network is back. `unsaved`: will not be sent by itself any more. */
export type SaveState = 'saving' | 'saved' | 'offline' | 'unsaved'

export type ConnectionState = {
  save: SaveState
  /** Own changes that the server has not confirmed. */
  pending: number
  online: boolean
  /** Why the server turned this person's writing, or this connection, down; null while it has not. */
  refused: RefusalFrame | null
  /** Whether what is typed now has a way to the server, at once or later. */
  writable: boolean
  /** The text has come at least once. Nothing may be bound to the document before. */
  loaded: boolean
  /** Clauses whose refused words are not in the text; gone when their author has dismissed them. */
  unsent: readonly UnsentClause[]
}

export type DocumentConnection = Store<ConnectionState> & {
  readonly documentId: DocumentId
  readonly blocId: BlocId
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly awareness: Awareness
  onNotice(listener: (notice: Notice) => void): () => void
  /** Gives this document up for a new copy of the server's text; words not confirmed are then in `unsent`. */
  restart(): void
  onReplaced(listener: (next: DocumentConnection) => void): () => void
  dismissUnsent(): void
  /** Connects, or connects again. */
  open(): void
  /** Disconnects and keeps the document. */
  close(): void
  /** Ends for good. */
  destroy(): void
}

export type ConnectInput = {
  documentId: DocumentId
  blocId: BlocId
  epoch: string
  model: NumberingModel
  /** `ws(s)://host/sync`. */
  serverUrl?: string
  Socket?: SocketClass
  online?: OnlineSignal
  askWhy?: (documentId: DocumentId, epoch: string) => Promise<ErrorCode | null>
}

/** Left by the connection before this one. */
type Inheritance = {
  refused: RefusalFrame | null
  copy: AuthorsCopy | null
  unsent: readonly UnsentClause[]
}

const NOTHING: Inheritance = { refused: null, copy: null, unsent: [] }
/** Between two questions why no connection comes about. */
const ASK_AGAIN_MS = 5_000

const ownServer = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`

/** One document over one socket at a time, with what the server has on disk known at every moment. Not yet open. */
export function connectDocument(
  input: ConnectInput,
  inherited: Inheritance = NOTHING,
): DocumentConnection {
  const { documentId, epoch, model } = input
  const online = input.online ?? browserOnline
  const askWhy = input.askWhy ?? askWhyRefused
  const listeners = new Set<() => void>()
  const noticeListeners = new Set<(notice: Notice) => void>()
  const replacedListeners = new Set<(next: DocumentConnection) => void>()

  const doc = new Y.Doc()
  const touched = trackTouched(doc)
  const durability = trackDurability(input.Socket ?? WebSocket, () => update())
  const provider = new WebsocketProvider(input.serverUrl ?? ownServer(), documentId, doc, {
    connect: false,
    // Another tab would show text whose durability it cannot know.
    disableBc: true,
    params: { v: String(SCHEMA_VERSION), epoch, client: String(doc.clientID) },
    WebSocketPolyfill: durability.Socket,
  })
  const { awareness } = provider

  let loaded = false
  let refused = inherited.refused
  let copy = inherited.copy
  let unsent = inherited.unsent
  /** The server closed for good, and no new copy was opened. */
  let ended = false
  let wasConnected = false
  let askedAt = Number.NEGATIVE_INFINITY
  let destroyed = false
  let state: ConnectionState = {
    save: 'saving',
    pending: 0,
    online: true,
    refused,
    writable: false,
    loaded,
    unsent,
  }

  const saveState = (isOnline: boolean): SaveState => {
    if (ended || unsent.length > 0 || copy !== null) return 'unsaved'
    if (!isOnline || (loaded && !provider.wsconnected)) return 'offline'
    const confirmed = durability.sent === durability.acked && durability.pending === 0
    return provider.synced && confirmed ? 'saved' : 'saving'
  }
  function update() {
    if (destroyed) return
    const isOnline = online.isOnline()
    const next: ConnectionState = {
      save: saveState(isOnline),
      pending: durability.pending,
      online: isOnline && (provider.wsconnected || !loaded),
      refused,
      writable: loaded && !ended && !(refused && forbidsWriting(refused.code)),
      loaded,
      unsent,
    }
    const same = (Object.keys(next) as (keyof ConnectionState)[]).every(
      (key) => next[key] === state[key],
    )
    if (same) return
    state = next
    for (const listener of [...listeners]) listener()
  }

  doc.on('afterTransaction', (transaction) => {
    if (transaction.local && transaction.changed.size > 0) touched.note(transaction)
  })
  doc.on('update', (_bytes: Uint8Array, origin: unknown) => {
    if (origin === provider) return
    // The provider's own listener came first: where the socket is open, the frame has gone out already.
    durability.changed(provider.wsconnected && provider.ws?.readyState === 1)
  })

  provider.on('status', ({ status }) => {
    if (status === 'connected') {
      wasConnected = true
      // Raises the clock: a server that has forgotten us would else ignore the same clock as old news.
      awareness.setLocalState(awareness.getLocalState())
    }
    update()
  })
  provider.on('sync', (synced) => {
    if (synced) {
      loaded = true
      if (copy) {
        unsent = [...unsent, ...unsentClauses(copy, readBody(doc), model)]
        copy = null
      }
    }
    update()
  })
  provider.on('connection-close', () => {
    if (!wasConnected) void findOutWhy()
    wasConnected = false
    // The provider forgets the connection after this event.
    queueMicrotask(update)
  })
  provider.on('closed', ({ code }) => {
    refused ??= { code: codeOfClose(code), frame: 0, details: {} }
    end(refused)
  })

  listenToServer(provider, {
    onAck(n) {
      durability.acknowledge(n)
      if (durability.pending === 0) touched.clear()
    },
    onRefusal(frame) {
      refused = frame
    },
    onNotice(notice) {
      if (notice.type === 'phase' && notice.phase === 'drafting') {
        if (refused?.code === 'document/locked') refused = null
        update()
      }
      for (const listener of [...noticeListeners]) listener(notice)
    },
  })

  function end(why: RefusalFrame) {
    ended = true
    refused = why
    // One that never loaded would be refused again at once.
    if (loaded && leavesReading(why.code)) connection.restart()
    update()
  }

  async function findOutWhy() {
    const now = performance.now()
    if (now - askedAt < ASK_AGAIN_MS || !online.isOnline()) return
    askedAt = now
    const code = await askWhy(documentId, epoch)
    if (code === null || destroyed || provider.wsconnected) return
    provider.disconnect()
    end({ code, frame: 0, details: {} })
  }

  const stopOnline = online.subscribe(() => {
    // After a dead network the old socket only looks open; a new one is quicker than its timeout.
    if (online.isOnline() && provider.shouldConnect) {
      provider.disconnect()
      provider.connect()
    }
    update()
  })

  const connection: DocumentConnection = {
    documentId,
    blocId: input.blocId,
    doc,
    provider,
    awareness,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => state,
    onNotice(listener) {
      noticeListeners.add(listener)
      return () => noticeListeners.delete(listener)
    },
    onReplaced(listener) {
      replacedListeners.add(listener)
      return () => replacedListeners.delete(listener)
    },
    restart() {
      const mine = durability.pending > 0 ? touched.copy() : copy
      const keeps = refused && leavesReading(refused.code) ? refused : null
      const next = connectDocument(input, { refused: keeps, copy: mine, unsent })
      for (const listener of [...replacedListeners]) listener(next)
    },
    dismissUnsent() {
      unsent = []
      if (refused && !forbidsWriting(refused.code) && !ended) refused = null
      update()
    },
    open() {
      if (destroyed) return
      if (refused?.code === 'auth/required') {
        // Whoever signed in again goes on with the document as it is; it may hold words not sent yet.
        ended = false
        refused = null
      }
      if (!ended) provider.connect()
      update()
    },
    close() {
      provider.disconnect()
    },
    destroy() {
      if (destroyed) return
      destroyed = true
      stopOnline()
      provider.destroy()
      doc.destroy()
    },
  }
  return connection
}
