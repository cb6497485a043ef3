import type { Awareness } from 'y-protocols/awareness'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { closeCode } from '../../shared/base/errors.ts'
import type { BlocId, DocumentId } from '../../shared/base/ids.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import type { Notice, RefusalFrame } from '../../shared/sync/protocol.ts'
import type { Store } from '../base/store.ts'
import { answerStep1 } from './answerStep1.ts'
import { askSometimes, askWhyRefused } from './askWhyRefused.ts'
import { type ConnectInput, type Inheritance, NOTHING } from './connectInput.ts'
import { type ConnectionState, INITIAL, sameState, saveStateOf } from './connectionState.ts'
import { documentProvider } from './documentProvider.ts'
import { heldWords } from './heldWords.ts'
import { keepUnsent } from './keepUnsent.ts'
import { listenerSet } from './listenerSet.ts'
import { listenToServer } from './listenToServer.ts'
import { recoverUnsent } from './recoverUnsent.ts'
import { closesWith, forbidsWriting, leavesReading, refusalOf } from './refusals.ts'
import { steadyLine } from './steadyLine.ts'
import { tabLocks } from './tabLocks.ts'
import { trackDurability } from './trackDurability.ts'
import { unsentStore } from './unsentStore.ts'
import { updateMessage } from './updateMessage.ts'
import { browserOnline } from './watchOnline.ts'

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
  /** Own words in one of these clauses have not been confirmed. */
  hasUnsent(clauseIds: readonly string[]): boolean
  /** Their author has seen them: this device forgets them. */
  dismissUnsent(): void
  /** Connects, or connects again. */
  open(): void
  /** Disconnects and keeps the document. */
  close(): void
  /** Ends for good. */
  destroy(): void
}

/** One document over one socket at a time, with what the server has on disk known at every moment. Not yet open. */
export function connectDocument(
  input: ConnectInput,
  inherited: Inheritance = NOTHING,
): DocumentConnection {
  const { documentId, epoch, model, userId } = input
  const online = input.online ?? browserOnline
  const askWhy = () => (input.askWhy ?? askWhyRefused)(documentId, epoch, userId)
  const askAgain = askSometimes(askWhy)
  const listeners = listenerSet()
  const notices = listenerSet<Notice>()
  const replaced = listenerSet<DocumentConnection>()

  const doc = new Y.Doc()
  const key = { userId, documentId, epoch, client: doc.clientID }
  const kept = keepUnsent({ doc, key, model, store: unsentStore, onChange: () => update() })
  const durability = trackDurability(
    input.Socket ?? WebSocket,
    () => update(),
    (numbers) => kept.covered(numbers),
  )
  const provider = documentProvider(doc, input, durability.Socket)
  const stopLine = steadyLine(provider, online)
  const gone = new AbortController()

  let loaded = false
  let recovered = false
  let restarting = false
  let faulty = false
  let { refused } = inherited
  const held = heldWords(unsentStore, inherited)
  let letGo = tabLocks.hold(doc.clientID)
  /** The server closed for good, and no new copy was opened. */
  let ended = false
  let wasConnected = false
  let destroyed = false
  let state: ConnectionState = { ...INITIAL, refused, unsent: held.unsent }

  function update() {
    if (destroyed) return
    const isOnline = online.isOnline()
    const confirmed = provider.synced && durability.confirmed
    if (confirmed) faulty = false
    const next: ConnectionState = {
      save: saveStateOf({
        stopped: ended || held.any,
        rejected: faulty && durability.pending > 0,
        cut: !isOnline || (loaded && !provider.wsconnected),
        confirmed,
      }),
      pending: durability.pending,
      kept: kept.isKept(),
      lingering: kept.lingering(),
      online: isOnline && (provider.wsconnected || !loaded),
      restarting,
      faulty: faulty && isOnline,
      refused,
      writable: loaded && !ended && !(refused && forbidsWriting(refused.code)),
      ended,
      loaded,
      unsent: held.unsent,
    }
    if (sameState(next, state)) return
    state = next
    listeners.tell()
  }

  doc.on('update', (bytes, origin, _doc, transaction) => {
    if (origin === provider) return
    // The provider's own listener came first: where the socket is open, the frame has gone out already.
    const n = durability.changed(provider.wsconnected && provider.ws?.readyState === 1, bytes)
    kept.note(n, bytes, transaction)
  })

  provider.on('status', ({ status }) => {
    if (status === 'connected') wasConnected = true
    update()
  })
  provider.on('sync', (synced) => {
    if (synced) {
      held.compare(readBody(doc))
      restarting = false
      loaded = true
      if (!recovered) void recover()
    }
    update()
  })
  provider.on('connection-close', (event) => {
    if (event?.code === closeCode('server/busy')) faulty = true
    if (!wasConnected) void findOutWhy()
    wasConnected = false
    // The provider forgets the connection after this event.
    queueMicrotask(update)
  })
  provider.on('closed', ({ code }) => {
    end(refused && closesWith(refused, code) ? refused : refusalOf(code))
  })

  answerStep1(provider, durability.underWay)
  listenToServer(provider, {
    onAck: (n) => durability.acknowledge(n),
    onRefusal(frame) {
      refused = frame
    },
    onNotice(notice) {
      if (notice.type === 'going-away') restarting = true
      if (notice.type === 'phase' && notice.phase === 'drafting') {
        if (refused?.code === 'document/locked') refused = null
      }
      update()
      notices.tell(notice)
    },
  })

  const recover = () => {
    recovered = true
    return recoverUnsent({
      doc,
      key,
      taken: held.taken(),
      store: unsentStore,
      locks: tabLocks,
      signal: gone.signal,
      send: sendRecovered,
      onPutOff() {
        recovered = false
      },
      onOffer(offer, clauses) {
        held.add(offer, clauses)
        update()
      },
    })
  }

  /**
   * As they were written: where a colleague has deleted their place, our own document would hide the words and send
   * them on without their letters, and the server could not hand them back (`swallowed`).
   */
  function sendRecovered(updates: readonly Uint8Array[]): boolean {
    const { ws } = provider
    if (destroyed || !provider.wsconnected || ws?.readyState !== 1) return false
    for (const bytes of updates) {
      ws.send(updateMessage(bytes))
      const n = durability.changed(true, bytes)
      Y.transact(
        doc,
        (transaction) => {
          Y.applyUpdate(doc, bytes, provider)
          kept.note(n, bytes, transaction)
        },
        provider,
        false,
      )
    }
    return true
  }

  function end(why: RefusalFrame) {
    ended = true
    refused = why
    // One that never loaded would be refused again at once.
    if (loaded && leavesReading(why.code)) connection.restart()
    if (why.code === 'sync/other-epoch') void leaveEpoch()
    update()
  }

  /** A newer tab has taken this one's number, or the document has begun anew. */
  async function leaveEpoch() {
    const why = await askWhy()
    if (destroyed || !ended) return
    if (why === null && loaded) return connection.restart()
    // Whoever opens the new epoch finds these words on the device, and shows them.
    if (durability.pending > 0) kept.fork('sync/other-epoch')
    notices.tell({ type: 'document' })
  }

  async function findOutWhy() {
    const code = online.isOnline() ? await askAgain() : null
    if (code === null || destroyed || provider.wsconnected) return
    provider.disconnect()
    end({ code, frame: 0, details: {} })
  }

  const stopOnline = online.subscribe(update)

  const connection: DocumentConnection = {
    documentId,
    blocId: input.blocId,
    doc,
    provider,
    awareness: provider.awareness,
    subscribe: listeners.add,
    getSnapshot: () => state,
    onNotice: notices.add,
    onReplaced: replaced.add,
    restart() {
      const keeps = refused && leavesReading(refused.code) ? refused : null
      let more: Parameters<typeof held.handOver>[0] = null
      if (durability.pending > 0) {
        const words = kept.fork(refused?.code ?? 'sync/other-epoch')
        more = { words, offer: { key, release: letGo } }
        letGo = () => {}
      }
      const left = { refused: keeps, ...held.handOver(more) }
      replaced.tell(connectDocument(input, left))
    },
    hasUnsent(clauseIds) {
      const own = kept.clauses()
      return clauseIds.some((id) => own.has(id))
    },
    dismissUnsent() {
      held.dismiss()
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
    close: () => provider.disconnect(),
    destroy() {
      if (destroyed) return
      destroyed = true
      gone.abort()
      stopOnline()
      stopLine()
      kept.destroy()
      provider.destroy()
      doc.destroy()
      held.release()
      letGo()
    },
  }
  return connection
}
