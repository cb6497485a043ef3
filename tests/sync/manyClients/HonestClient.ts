import * as Y from 'yjs'
import type { RefusalFrame } from '../../../shared/sync/protocol.ts'
import { type Lane, openLane } from '../../support/faultyProxy.ts'
import type { Chance } from '../../support/seeded.ts'
import { change, type Desk, type } from './edits.ts'
import type { Ledger, Word } from './Ledger.ts'

/** What a client needs to know of where it works. */
export type Place = {
  url: string
  documentId: string
  headers: Record<string, string>
  account: string
  ledger: Ledger
  chance: Chance
  /** Called for each acknowledgement, with the words that it is the first to cover. */
  onAck(revision: number, words: readonly string[]): void
  /** An end that the contract does not know, and the like. */
  onProblem(problem: string): void
}

/** How far a connection has come. */
export type Progress = { line: object; sent: number; acked: number }

type Sent = { word: Word; line: object | null; frame: number; first: boolean }

/**
 * Somebody at an editor: types on whether or not there is a connection, keeps the words until they are acknowledged,
 * and begins with a new copy when the server has refused something, as the contract says.
 */
export abstract class HonestClient {
  readonly place: Place
  readonly lane: Lane
  readonly author: number
  doc = new Y.Doc()
  /** Every clientID it has had. */
  readonly clientIds = new Set<number>()
  readonly #unacked = new Map<string, Sent>()
  /** Refusals after a lock: what was refused, and where it is said to be kept. */
  readonly kept: { token: string; lateId: unknown }[] = []

  constructor(place: Place, lane: Lane) {
    this.place = place
    this.lane = lane
    this.author = place.ledger.author(place.account)
    this.clientIds.add(this.doc.clientID)
  }

  static readonly lane = (place: Place) => openLane(place.url)

  abstract connect(): void
  /** The connection it has is given up without waiting for the other side. */
  abstract drop(): void
  abstract readonly isOnline: boolean
  /** All it has in its document is on disk. */
  abstract readonly isSaved: boolean
  /** Connected, or about to be. */
  abstract readonly isBusy: boolean
  protected abstract readonly progress: Progress | null
  /** Names it shows for others: clientID → account id. */
  abstract readonly presence: Map<number, { id: unknown; name: unknown }>

  get #desk(): Desk {
    const { ledger, chance } = this.place
    return { doc: this.doc, author: this.author, ledger, chance }
  }

  /** @returns the word written */
  type(): Word {
    const before = this.progress?.sent
    const token = this.doc.transact(() => type(this.#desk), this)
    const word = this.place.ledger.words.get(token) as Word
    const now = this.progress
    const first = now !== null && now.sent !== before
    this.#unacked.set(token, { word, line: first ? now.line : null, frame: now?.sent ?? 0, first })
    return word
  }

  change(): void {
    this.doc.transact(() => change(this.#desk), this)
  }

  /** All that is in the document went out in this frame. */
  protected allSent({ line, sent }: Progress): void {
    for (const entry of this.#unacked.values()) {
      entry.first = entry.line === null
      entry.line = line
      entry.frame = sent
    }
  }

  protected acknowledged(revision: number): void {
    const now = this.progress
    if (!now) return
    const words: string[] = []
    for (const [token, { word, line, frame }] of this.#unacked)
      if (this.isSaved || (line === now.line && frame <= now.acked)) {
        word.acked = true
        words.push(token)
        this.#unacked.delete(token)
      }
    this.place.onAck(revision, words)
  }

  /** The server ended the connection for good: what it refused is nowhere, and the copy is given up. */
  protected refused(code: number, refusal: RefusalFrame | undefined, line: object): void {
    if (![4401, 4403, 4404, 4409, 4423].includes(code))
      this.place.onProblem(
        `client ${this.author} was closed with ${code} ${JSON.stringify(refusal?.details)}`,
      )
    const { ledger } = this.place
    for (const [token, entry] of this.#unacked) {
      if (!refusal || entry.line !== line || entry.frame < refusal.frame) continue
      if (entry.first) entry.word.refused = true
      if (code === 4423 && entry.frame === refusal.frame && ledger.stands(token))
        this.kept.push({ token, lateId: refusal.details.lateId })
    }
    this.#unacked.clear()
    this.doc = new Y.Doc()
    this.clientIds.add(this.doc.clientID)
  }

  /** The machine is lost with all that was not saved. */
  vanish(): Promise<void> {
    this.drop()
    return this.lane.close()
  }
}
