import * as Y from 'yjs'
import type { Lane } from '../../support/faultyProxy.ts'
import { TestPeer, UpgradeRefused } from '../../support/TestPeer.ts'
import { HonestClient, type Place, type Progress } from './HonestClient.ts'

/** Speaks the frames by itself; sometimes says the same again. */
export class RawClient extends HonestClient {
  #peer: TestPeer | null = null
  /** Its whole document has gone out on this connection, and from then on every change. */
  #ready = false
  /** The attempt under way; an attempt given up may still come to something, and is sent home then. */
  #attempt: object | null = null
  #clock = 0
  #said: Uint8Array[] = []
  /** Changes not acknowledged yet, as they were made: they are said again first of all. */
  #unsaved: Uint8Array[] = []

  static async open(place: Place): Promise<RawClient> {
    return new RawClient(place, await HonestClient.lane(place))
  }

  private constructor(place: Place, lane: Lane) {
    super(place, lane)
    this.#follow()
  }

  #follow(): void {
    this.#said = []
    this.#unsaved = []
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin instanceof TestPeer) return
      this.#unsaved.push(update)
      if (!this.#ready) return
      this.#said.push(update)
      this.#peer?.sendUpdate(update)
    })
  }

  get isOnline() {
    return this.#ready
  }
  get isBusy() {
    return this.#attempt !== null || this.#peer !== null
  }
  get isSaved() {
    return this.#ready && this.#peer !== null && this.#peer.acked === this.#peer.sent
  }
  protected get progress(): Progress | null {
    const peer = this.#ready ? this.#peer : null
    return peer && { line: peer, sent: peer.sent, acked: peer.acked }
  }
  get presence() {
    const states = this.#peer?.presence ?? new Map<number, Record<string, unknown>>()
    return new Map([...states].map(([client, { user }]) => [client, user as { id: 1; name: 1 }]))
  }

  connect(): void {
    if (this.isBusy) return
    const attempt = {}
    this.#attempt = attempt
    void this.#join(attempt).finally(() => {
      if (this.#attempt === attempt) this.#attempt = null
    })
  }

  async #join(attempt: object): Promise<void> {
    const { documentId, headers } = this.place
    const { doc } = this
    try {
      const address = `${this.lane.url}/${documentId}?client=${doc.clientID}`
      const peer = await TestPeer.connect(address, { headers, doc, answers: false })
      if (this.#attempt !== attempt) return peer.ws.terminate()
      this.#peer = peer
      void peer.closed.then(({ code }) => this.#ended(peer, code))
      this.#sayAgain(peer)
      peer.sendStep1()
      await peer.until(() => peer.synced, 'synced')
      this.#begin(peer)
    } catch (cause) {
      if (cause instanceof UpgradeRefused && ![401, 404].includes(cause.status))
        this.place.onProblem(`client ${this.author}: ${cause.message}`)
    }
  }

  #sayAgain(peer: TestPeer): void {
    if (this.#unsaved.length === 0) return
    peer.sendUpdate(Y.mergeUpdates(this.#unsaved))
    this.allSent({ line: peer, sent: peer.sent, acked: peer.acked })
  }

  #begin(peer: TestPeer): void {
    if (this.#peer !== peer) return
    // What was written while the text was on its way, and may have been hidden by it.
    this.#sayAgain(peer)
    const send = peer.sendStep2.bind(peer)
    peer.sendStep2 = (update) => {
      send(update)
      this.allSent({ line: peer, sent: peer.sent, acked: peer.acked })
    }
    let acked = 0
    peer.ws.on('message', () => {
      if (peer.acked === acked || this.#peer !== peer) return
      acked = peer.acked
      if (this.isSaved) this.#unsaved = []
      this.acknowledged(peer.revision)
    })
    peer.answers = true
    this.#ready = true
    peer.sendStep2(Y.encodeStateAsUpdate(this.doc))
    this.#clock += 1
    peer.sendPresence([[this.doc.clientID, this.#clock, {}]])
  }

  #ended(peer: TestPeer, code: number): void {
    if (this.#peer !== peer) return
    this.#peer = null
    this.#ready = false
    if (code < 4400 || code > 4499) return
    this.refused(code, peer.refusals[0], peer)
    this.#follow()
    this.connect()
  }

  drop(): void {
    const peer = this.#peer
    this.#attempt = null
    this.#peer = null
    this.#ready = false
    peer?.ws.terminate()
  }

  /** The same frames once more: a network may not double them, a hasty client does. */
  repeat(): void {
    const { chance } = this.place
    if (this.#ready && this.#said.length > 0) this.#peer?.sendUpdate(chance.pick(this.#said))
  }
}
