import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import type { Block } from '../../shared/clauses/clause.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import type { Database, Reader } from '../platform/database.ts'
import { applyBounded, type Effort, TooMuchEffort } from './applyBounded.ts'
import { asWritten } from './asWritten.ts'
import { compactText, shortened, wholeState } from './compactText.ts'
import { Graveyard, type Plot } from './Graveyard.ts'
import { loadPlots } from './graveStore.ts'
import { type ContentProblem, inspectContent, ownWork } from './inspectContent.ts'
import { KnownUpdates } from './KnownUpdates.ts'
import { LazyDoc } from './LazyDoc.ts'
import { Replay } from './Replay.ts'
import { SwallowWatch } from './SwallowWatch.ts'
import type { UpdateFacts } from './updateFacts.ts'
import {
  applyStored,
  docOf,
  type LoadedText,
  loadText,
  rowsBetween,
  saveSnapshot,
} from './updateLog.ts'

const SNAPSHOT_ROWS = 500
/** Bytes of which Yjs needs some ten milliseconds. */
const LONG_TO_MAKE = 64 * 1024
/** A disk or a thread that failed is not asked again with every flush. */
const RETRY_MS = 60_000
/** Rows are sent one by one to whoever joins, so they may not outgrow the state they stand on. */
const TAIL_BYTES = 256 * 1024

const seqOf = ({ base }: Pick<LoadedText, 'base'>) => base?.revision ?? 0

/** The text as it is on disk. It stays as it was when it was handed out. */
export type CommittedText = {
  blocks: readonly Block[]
  revision: number
  epoch: string
  /** Full Yjs state. */
  encodeState(): Uint8Array
}

/**
 * The text of a room. Its Y.Doc is a cache of the log, made when somebody writes or wants to know what is in it: who
 * only reads is answered with bytes. Between two turns of the room's queue it equals what is on disk; within one it
 * may be ahead by what is about to be stored, or is thrown away.
 */
export class RoomText {
  readonly swallowing: SwallowWatch
  readonly known = new KnownUpdates()
  readonly #documentId: string
  readonly #reader: Reader
  readonly #lazy = new LazyDoc(() => docOf(this.#replay))
  #epoch: string
  #revision: number
  #replay: Replay
  /** The last row that a snapshot on disk covers. */
  #snapshotSeq: number
  #compacting: Promise<void> | null = null
  /** Not before this, after one that failed. */
  #retryAt = 0
  #committed: CommittedText | null = null
  /** Whether something has changed that only a look at the whole text can judge. */
  #unchecked = true

  private constructor(
    documentId: string,
    reader: Reader,
    loaded: LoadedText,
    kept: { plots: readonly Plot[]; snapshotSeq: number },
  ) {
    this.swallowing = new SwallowWatch(new Graveyard(loaded.state.model, kept.plots))
    this.#documentId = documentId
    this.#reader = reader
    this.#epoch = loaded.state.epoch
    this.#revision = loaded.state.revision
    this.#replay = new Replay(loaded.base, loaded.state.revision, loaded.rows)
    this.#snapshotSeq = kept.snapshotSeq
  }

  /** @throws what `loadText` throws */
  static async load(reader: Reader, documentId: string): Promise<RoomText> {
    const onDisk = await loadText(reader, documentId)
    const loaded = await shortened(onDisk)
    const plots = await loadPlots(reader, { documentId, epoch: loaded.state.epoch })
    return new RoomText(documentId, reader, loaded, { plots, snapshotSeq: seqOf(onDisk) })
  }

  /** @throws {BrokenLog} */
  get doc(): Y.Doc {
    return this.#lazy.doc
  }
  /** Whether {@link doc} is still to be made, and takes so long that somebody would notice. */
  get isLongToMake(): boolean {
    const { base, tailBytes } = this.#replay
    return !this.#lazy.made && (base?.state.bytes.byteLength ?? 0) + tailBytes > LONG_TO_MAKE
  }
  /** @throws {BrokenLog} */
  make(): void {
    void this.#lazy.doc
  }
  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#lazy.made ?? this.#replay.vector())
  }
  get epoch(): string {
    return this.#epoch
  }
  get revision(): number {
    return this.#revision
  }

  /** Throws away whatever the disk does not have. */
  async reload(): Promise<void> {
    const { state, base, rows } = await loadText(this.#reader, this.#documentId)
    this.#lazy.release()
    this.known.forget()
    this.#epoch = state.epoch
    this.#revision = state.revision
    this.#replay = new Replay(base, state.revision, rows)
    this.#snapshotSeq = seqOf({ base })
    this.#committed = null
    this.#unchecked = true
  }

  /** Takes in rows that somebody else wrote. @returns them, to be shown to the room */
  async catchUp(revision: number): Promise<Uint8Array[]> {
    const rows = await rowsBetween(
      this.#reader,
      this.#documentId,
      this.#epoch,
      this.#revision,
      revision,
    )
    if (this.#lazy.made) applyStored(this.#lazy.made, rows)
    this.#unchecked = true
    this.stored(revision, rows)
    return rows
  }

  /**
   * Applies an update that is not stored yet and looks at what it did, as {@link applyStored} would.
   * @param effort what its author may still cost in this turn
   * @returns a problem when it may not stay: the document is spoilt then, until {@link reload}
   */
  tryUpdate(update: Uint8Array, facts: UpdateFacts, effort: Effort): ContentProblem | null {
    this.#committed = null
    const { doc } = this
    let problem: ContentProblem | null = null
    try {
      doc.transact((transaction) => {
        applyBounded(doc, update, facts, effort)
        asWritten(transaction)
        this.swallowing.inspect(doc, transaction, update, facts.clients)
        problem = inspectContent(doc, transaction, facts)
        this.#note(transaction)
      })
    } catch (cause) {
      if (cause instanceof TooMuchEffort)
        return { code: 'input/too-large', details: { of: 'update' } }
      // Yjs throws at what decodes and still makes no sense; the message could quote the text.
      return { code: 'input/invalid', details: { what: 'update' } }
    }
    const { pendingStructs, pendingDs } = doc.store
    if (pendingStructs !== null || pendingDs !== null)
      return { code: 'input/invalid', details: { what: 'gap' } }
    return problem ?? this.#lazy.grown(update.byteLength)
  }

  /**
   * Lets the server itself write, under a clientID of its own each time, which nobody else can take up.
   * @returns the update that says what it wrote, null when it wrote nothing; `problem` as {@link tryUpdate}; `failed`
   * is what `change` threw, which spoils the document only when it had written something by then
   */
  tryChange(
    change: (doc: Y.Doc) => void,
  ):
    | { update: Uint8Array | null; problem: ContentProblem | null }
    | { failed: unknown; isSpoilt: boolean } {
    this.#committed = null
    const { doc } = this
    const written: { update: Uint8Array | null; problem: ContentProblem | null } = {
      update: null,
      problem: null,
    }
    const note = (bytes: Uint8Array) => {
      written.update = bytes
    }
    doc.clientID = randomBytes(4).readUInt32LE()
    doc.on('update', note)
    try {
      doc.transact((transaction) => {
        change(doc)
        this.swallowing.bury(doc, transaction)
        written.problem = inspectContent(doc, transaction, ownWork(doc))
      })
    } catch (failed) {
      return { failed, isSpoilt: written.update !== null }
    } finally {
      doc.off('update', note)
    }
    if (written.update)
      written.problem ??= this.#lazy.grown((written.update as Uint8Array).byteLength)
    return written
  }

  /** Words alone can break nothing; blocks and their attributes can. */
  #note({ changed }: Y.Transaction): void {
    this.#unchecked ||= [...changed.keys()].some((type) => !(type instanceof Y.XmlText))
  }

  get isChecked(): boolean {
    return !this.#unchecked
  }

  /** The whole text has been looked at, and mended where it had to be. */
  checked(): void {
    this.#unchecked = false
  }

  /** What was tried is on disk as these rows, the last of which is `revision`. */
  stored(revision: number, rows: readonly Uint8Array[]): void {
    this.#revision = revision
    this.#replay.add(rows)
    this.#committed = null
  }

  /** Frames that bring a client up to date, the step 2 last. Only between turns. */
  answer(stateVector: Uint8Array): readonly Uint8Array[] {
    return this.#replay.answer(() => wholeState(this.#replay), stateVector)
  }

  /** Frames of the rows from `first` on, or of everything. */
  since(first: number): Uint8Array[] {
    return this.#replay.since(first)
  }

  /** Only between turns, when nothing is in it that the disk does not have. */
  committed(): CommittedText {
    if (this.#committed) return this.#committed
    const parts = { base: this.#replay.base, rows: this.#replay.rows }
    let state: Uint8Array | null = null
    this.#committed = {
      blocks: this.#lazy.lookAt(readBody),
      revision: this.#revision,
      epoch: this.#epoch,
      encodeState() {
        state ??= Y.encodeStateAsUpdate(docOf(parts))
        return state
      },
    }
    return this.#committed
  }

  /**
   * Lets loading and joining start from here, if enough has come since they last could; nobody's words wait for it.
   * @param rows how many rows loading may have to read without a new snapshot
   * @returns resolves when no snapshot is being made any more; rejects when it could not be stored
   */
  snapshot(database: Database, at: number, rows: number = SNAPSHOT_ROWS): Promise<void> {
    if (this.#compacting !== null) return this.#compacting
    const due = this.#revision - this.#snapshotSeq >= rows || this.#replay.tailBytes >= TAIL_BYTES
    if (!due || (at < this.#retryAt && rows > 1)) return Promise.resolve()
    this.#retryAt = at + RETRY_MS
    this.#compacting = this.#compact(database, at).finally(() => {
      this.#compacting = null
    })
    return this.#compacting
  }

  async #compact(database: Database, at: number): Promise<void> {
    const [replay, seq, epoch] = [this.#replay, this.#revision, this.#epoch]
    const state = await compactText(replay)
    const documentId = this.#documentId
    await saveSnapshot(database, { documentId, epoch, seq, bytes: state.bytes, at })
    replay.rebase({ state, revision: seq })
    if (this.#replay === replay) this.#snapshotSeq = seq
    this.#retryAt = 0
  }

  destroy(): void {
    this.#lazy.release()
  }
}
