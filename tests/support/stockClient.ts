import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { MESSAGE, type Notice, type RefusalFrame, SYNC } from '../../shared/sync/protocol.ts'

export type StockClient = {
  doc: Y.Doc
  provider: WebsocketProvider
  /** Document frames sent and acknowledged on the present connection. */
  counts: { sent: number; acked: number }
  refusals: RefusalFrame[]
  notices: Notice[]
  /** The provider has stopped for good: a 44xx close. */
  closed: Promise<{ code: number; reason: string }>
  synced(): Promise<void>
  /** Everything written is on the server's disk. */
  isSaved(): boolean
  text(): string
  destroy(): void
}

/** Under Node every provider waits for the end of the process by a listener of its own. */
process.setMaxListeners(500)

/** y-websocket's own provider, unchanged but for handlers of our frame types and a socket that counts. */
export function openStockClient(options: {
  /** `ws://HOST:PORT/sync` */
  url: string
  documentId: string
  headers: Record<string, string>
  doc?: Y.Doc
  params?: Record<string, string>
  /** A socket class on top of the counting one. */
  wrap?: (Base: typeof globalThis.WebSocket) => typeof globalThis.WebSocket
}): StockClient {
  const doc = options.doc ?? new Y.Doc()
  bodyOf(doc)
  const counts = { sent: 0, acked: 0 }
  class CountingSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: options.headers })
      counts.sent = 0
      counts.acked = 0
    }
    override send(data: Uint8Array): void {
      if (data[0] === MESSAGE.sync && data[1] !== SYNC.step1) counts.sent += 1
      super.send(data)
    }
  }
  const Counting = CountingSocket as unknown as typeof globalThis.WebSocket
  const provider = new WebsocketProvider(options.url, options.documentId, doc, {
    WebSocketPolyfill: options.wrap ? options.wrap(Counting) : Counting,
    disableBc: true,
    connect: false,
    ...(options.params ? { params: options.params } : {}),
  })
  const refusals: RefusalFrame[] = []
  const notices: Notice[] = []
  provider.messageHandlers[MESSAGE.ack] = (_encoder, decoder) => {
    counts.acked = decoding.readVarUint(decoder)
  }
  provider.messageHandlers[MESSAGE.refusal] = (_encoder, decoder) => {
    refusals.push(JSON.parse(decoding.readVarString(decoder)))
  }
  provider.messageHandlers[MESSAGE.notice] = (_encoder, decoder) => {
    notices.push(JSON.parse(decoding.readVarString(decoder)))
  }
  provider.messageHandlers[MESSAGE.heartbeat] = () => {}
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    provider.on('closed', ({ code, reason }) => resolve({ code, reason })),
  )
  const synced = () =>
    provider.synced
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
          const look = (is: boolean) => {
            if (!is) return
            provider.off('sync', look)
            resolve()
          }
          provider.on('sync', look)
        })
  provider.connect()
  return {
    doc,
    provider,
    counts,
    refusals,
    notices,
    closed,
    synced,
    isSaved: () => provider.synced && counts.sent > 0 && counts.acked === counts.sent,
    text: () => bodyOf(doc).toString(),
    destroy() {
      provider.destroy()
      doc.destroy()
    },
  }
}
