import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { MESSAGE, type Notice, type RefusalFrame, SYNC } from '../../shared/sync/protocol.ts'

export type Presence = Map<number, Record<string, unknown>>

/** The server answered the upgrade with plain HTTP instead of 101. */
export class UpgradeRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`upgrade answered ${status}`)
    this.status = status
  }
}

/**
 * A raw client: speaks the frames of the socket and nothing more, so that a test can say anything, also what no
 * decent client says. It answers the server's step 1 by itself unless told not to.
 */
export class TestPeer {
  readonly ws: WebSocket
  readonly doc: Y.Doc
  /** Document frames sent, and how many of them the server has acknowledged. */
  sent = 0
  acked = 0
  revision = 0
  heartbeats = 0
  /** Content frames received: step 2 and update. */
  received = 0
  synced = false
  readonly refusals: RefusalFrame[] = []
  readonly notices: Notice[] = []
  readonly presence: Presence = new Map()
  /** First bytes of each frame, in order of arrival: `[type, subtype]`. */
  readonly order: [number, number | undefined][] = []
  /** Whether the server's step 1 is answered. */
  answers = true
  readonly closed: Promise<{ code: number; reason: string }>

  private constructor(ws: WebSocket, doc: Y.Doc) {
    this.ws = ws
    this.doc = doc
    bodyOf(doc)
    ws.on('message', (data: Buffer) => this.#receive(new Uint8Array(data)))
    ws.on('error', () => {
      // The close that follows says what matters.
    })
    this.closed = new Promise((resolve) =>
      ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    )
  }

  /** @throws {UpgradeRefused} */
  static async connect(
    url: string,
    options: { headers?: Record<string, string>; doc?: Y.Doc; answers?: boolean } = {},
  ): Promise<TestPeer> {
    const ws = new WebSocket(url, { headers: options.headers ?? {} })
    const peer = new TestPeer(ws, options.doc ?? new Y.Doc())
    peer.answers = options.answers ?? true
    await new Promise<void>((resolve, reject) => {
      ws.on('open', resolve)
      ws.on('unexpected-response', (_req, res) => {
        reject(new UpgradeRefused(res.statusCode ?? 0))
        ws.terminate()
      })
      ws.on('error', reject)
    })
    return peer
  }

  /** Connects and asks for the text; resolves once the answer is in {@link doc}. */
  static async join(
    url: string,
    options: { headers?: Record<string, string>; doc?: Y.Doc; answers?: boolean } = {},
  ): Promise<TestPeer> {
    const peer = await TestPeer.connect(url, options)
    peer.sendStep1()
    await peer.until(() => peer.synced, 'synced')
    return peer
  }

  #receive(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    this.order.push([type, type === MESSAGE.sync ? bytes[1] : undefined])
    if (type === MESSAGE.sync) this.#receiveSync(decoder)
    else if (type === MESSAGE.awareness) this.#receivePresence(decoding.readVarUint8Array(decoder))
    else if (type === MESSAGE.ack) {
      this.acked = decoding.readVarUint(decoder)
      this.revision = decoding.readVarUint(decoder)
    } else if (type === MESSAGE.refusal)
      this.refusals.push(JSON.parse(decoding.readVarString(decoder)))
    else if (type === MESSAGE.notice) this.notices.push(JSON.parse(decoding.readVarString(decoder)))
    else if (type === MESSAGE.heartbeat) this.heartbeats += 1
  }

  #receiveSync(decoder: decoding.Decoder): void {
    const subtype = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (subtype === SYNC.step1) {
      if (this.answers) this.sendStep2(Y.encodeStateAsUpdate(this.doc, payload))
      return
    }
    this.received += 1
    Y.applyUpdate(this.doc, payload, this)
    if (subtype === SYNC.step2) this.synced = true
  }

  #receivePresence(payload: Uint8Array): void {
    const decoder = decoding.createDecoder(payload)
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const client = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      const state = JSON.parse(decoding.readVarString(decoder))
      if (state === null) this.presence.delete(client)
      else this.presence.set(client, state)
    }
  }

  send(bytes: Uint8Array | string): void {
    this.ws.send(bytes)
  }

  #sendSync(subtype: number, payload: Uint8Array): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE.sync)
    encoding.writeVarUint(encoder, subtype)
    encoding.writeVarUint8Array(encoder, payload)
    if (subtype !== SYNC.step1) this.sent += 1
    this.send(encoding.toUint8Array(encoder))
  }

  /** Asks for what a client with these clocks lacks. */
  sendStep1(vector = Y.encodeStateVector(this.doc)): void {
    this.#sendSync(SYNC.step1, vector)
  }
  sendStep2(update: Uint8Array): void {
    this.#sendSync(SYNC.step2, update)
  }
  sendUpdate(update: Uint8Array): void {
    this.#sendSync(SYNC.update, update)
  }

  sendPresence(entries: readonly [client: number, clock: number, state: unknown][]): void {
    this.#sendPresence(
      entries.map(([client, clock, state]) => [client, clock, JSON.stringify(state)]),
    )
  }

  /** With a state that JSON.stringify would not write. */
  sendPresenceText(client: number, clock: number, state: string): void {
    this.#sendPresence([[client, clock, state]])
  }

  #sendPresence(entries: readonly [client: number, clock: number, state: string][]): void {
    const payload = encoding.createEncoder()
    encoding.writeVarUint(payload, entries.length)
    for (const [client, clock, state] of entries) {
      encoding.writeVarUint(payload, client)
      encoding.writeVarUint(payload, clock)
      encoding.writeVarString(payload, state)
    }
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, MESSAGE.awareness)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(payload))
    this.send(encoding.toUint8Array(encoder))
  }

  queryPresence(): void {
    this.send(new Uint8Array([MESSAGE.queryAwareness]))
  }

  /** The update that this change makes in the own document, not sent. */
  change(work: (body: Y.XmlFragment, doc: Y.Doc) => void): Uint8Array {
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array) => updates.push(update)
    this.doc.on('update', note)
    this.doc.transact(() => work(bodyOf(this.doc), this.doc))
    this.doc.off('update', note)
    return Y.mergeUpdates(updates)
  }

  /** Changes the own document and sends the update. */
  write(work: (body: Y.XmlFragment, doc: Y.Doc) => void): void {
    this.sendUpdate(this.change(work))
  }

  get text(): string {
    return bodyOf(this.doc).toString()
  }

  /** Resolves once everything sent is acknowledged. @throws when the server ends the connection first */
  async saved(): Promise<void> {
    await this.until(() => this.acked === this.sent, 'saved')
  }

  /** Resolves once the server has read everything sent, whether or not it has done anything with it. */
  heard(): Promise<void> {
    return new Promise((pong) => {
      this.ws.once('pong', () => pong())
      this.ws.ping()
    })
  }

  /** Resolves when the fact holds; looked at after each frame. @throws on a close, or after twenty seconds */
  until(fact: () => boolean, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error) => {
        clearTimeout(timer)
        this.ws.off('message', look)
        this.ws.off('close', ended)
        if (error) reject(error)
        else resolve()
      }
      const look = () => {
        if (fact()) done()
      }
      const ended = (code: number) =>
        fact() ? done() : done(new Error(`closed with ${code} before: ${name}`))
      const timer = setTimeout(() => done(new Error(`waited too long for: ${name}`)), 20_000)
      this.ws.on('message', look)
      this.ws.on('close', ended)
      if (fact()) done()
      else if (this.ws.readyState >= WebSocket.CLOSING) ended(0)
    })
  }

  async leave(): Promise<void> {
    this.ws.close()
    await this.closed
  }
}
