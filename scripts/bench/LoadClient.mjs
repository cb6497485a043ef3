// One editor as a server sees it: it joins, answers the server's step 1, hears updates, presence and acknowledgements.
// It keeps no Y.Doc: fifty or a thousand of them share a core with nobody but each other.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { idsInPresence, reachOf, skipString } from './readPayload.mjs'
import { WireSocket } from './WireSocket.mjs'

const [SYNC, AWARENESS, AUTH, SYNC_REPLY, SYNC_STATUS, ACK] = [0, 1, 2, 4, 8, 100]
const [STEP1, STEP2, UPDATE] = [0, 1, 2]
const EMPTY_VECTOR = Y.encodeStateVector(new Y.Doc())
const EMPTY_UPDATE = new Uint8Array([0, 0])

let lastClientId = 1_000_000_000

export class LoadClient {
  /** The Y.Doc clientID it speaks for. */
  clientId = ++lastClientId
  /** When the server's whole answer was here; null before. */
  syncedAt = null
  /** Payloads up to and including the step 2. */
  answer = []
  answerBytes = 0
  /** Per pen, the clock up to which its letters have come. */
  clocks = []
  /** Where to put latencies of letters and of acknowledgements, in ms; null while nobody counts. */
  latencies = null
  ackLatencies = null
  /** The code with which the server ended it; null while it stands. */
  closedWith = null
  #pens = new Map()
  /** When each document frame that is not acknowledged was sent. */
  #unacked = []
  #acked = 0
  #heard = null
  #kind
  #room
  #keeps
  #vector
  #reply

  /**
   * @param kind which server it speaks to; @param door {@link import('./doors.mjs')}
   * @param keeps whether to keep the bytes of the answer; @param vector what it has already
   * @param reply what it answers the server's step 1 with: a stock client names all deletions it knows of
   */
  constructor(kind, door, { keeps = false, vector = EMPTY_VECTOR, reply = EMPTY_UPDATE } = {}) {
    this.#kind = kind
    this.#room = door.room
    this.#keeps = keeps
    this.#vector = vector
    this.#reply = reply
    this.socket = new WireSocket(
      door.url,
      door.headers,
      (bytes) => this.#receive(bytes),
      (code) => {
        this.closedWith = code
      },
    )
    this.opened = this.socket.opened.then(() => {
      if (kind === 'hocuspocus')
        this.#send(AUTH, (e) => {
          encoding.writeVarUint(e, 0)
          encoding.writeVarString(e, '')
        })
    })
  }

  /** @param pens by clientID: whose letters are counted */
  follow(pens) {
    this.#pens = pens
    this.clocks = new Array(pens.size).fill(0)
  }

  /** @param indexes of clients by clientID, growing to `size`: whose presence is counted */
  listenFor(indexes, size) {
    this.#heard = { indexes, seen: new Uint8Array(size), count: 0 }
  }
  get heardOf() {
    return this.#heard?.count ?? 0
  }

  #receive(bytes) {
    const decoder = decoding.createDecoder(bytes)
    if (this.#kind === 'hocuspocus') skipString(decoder)
    const type = decoding.readVarUint(decoder)
    if (type === SYNC || type === SYNC_REPLY) this.#sync(decoder)
    else if (type === AWARENESS) this.#hear(decoding.readVarUint8Array(decoder))
    else if (type === ACK) this.#acknowledged(decoding.readVarUint(decoder))
    else if (type === SYNC_STATUS) this.#acknowledged(this.#acked + 1)
  }

  #sync(decoder) {
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (step === STEP1) {
      this.#sendDocument(STEP2, this.#reply)
      return
    }
    if (this.syncedAt === null) {
      this.answerBytes += payload.length
      if (this.#keeps) this.answer.push(payload.slice())
      if (step === STEP2) this.syncedAt = performance.now()
    }
    if (this.#pens.size > 0 && step === UPDATE) this.#count(payload)
  }

  #count(update) {
    for (const [clientId, clock] of reachOf(update)) {
      const pen = this.#pens.get(clientId)
      if (!pen || pen.client === this) continue
      if (this.latencies) {
        const now = performance.now()
        for (let at = this.clocks[pen.index] + 1; at <= clock; at += 1)
          if (pen.sentAt[at] !== undefined) this.latencies.push(now - pen.sentAt[at])
      }
      this.clocks[pen.index] = Math.max(clock, this.clocks[pen.index])
    }
  }

  #hear(payload) {
    if (!this.#heard) return
    const { indexes, seen } = this.#heard
    for (const id of idsInPresence(payload)) {
      const index = indexes.get(id)
      if (index === undefined || id === this.clientId || seen[index]) continue
      seen[index] = 1
      this.#heard.count += 1
    }
  }

  #acknowledged(count) {
    const now = performance.now()
    for (; this.#acked < count; this.#acked += 1) {
      const sentAt = this.#unacked.shift()
      if (sentAt !== undefined) this.ackLatencies?.push(now - sentAt)
    }
  }

  #send(type, write) {
    const encoder = encoding.createEncoder()
    if (this.#kind === 'hocuspocus') encoding.writeVarString(encoder, this.#room)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.socket.send(encoding.toUint8Array(encoder))
  }
  #sendDocument(step, payload) {
    this.#unacked.push(performance.now())
    this.#send(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, step)
      encoding.writeVarUint8Array(encoder, payload)
    })
  }

  sendStep1() {
    this.#send(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, STEP1)
      encoding.writeVarUint8Array(encoder, this.#vector)
    })
  }
  sendUpdate(update) {
    this.#sendDocument(UPDATE, update)
  }
  sendPresence(payload) {
    this.#send(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, payload))
  }
  end() {
    this.socket.end()
  }
}
