import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import type { Block } from '../../shared/clauses/clause.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import type { Database, Reader } from '../platform/database.ts'
import { type ContentProblem, inspectContent, TEXT_LIMIT, textBytes } from './inspectContent.ts'
import { SwallowWatch } from './SwallowWatch.ts'
import { applyStored, type LoadedText, loadText, rowsBetween, saveSnapshot } from './updateLog.ts'

const SNAPSHOT_ROWS = 500

/** The text as it is on disk. It stays as it was when it was handed out. */
export type CommittedText = {
  blocks: readonly Block[]
  revision: number
  epoch: string
  /** Full Yjs state. */
  encodeState(): Uint8Array
}

/**
 * The Y.Doc of a room: a cache of the log. Between two turns of the room's queue it equals what is on disk; within
 * one it may be ahead by what is about to be stored, or is thrown away.
 */
export class RoomText {
  readonly swallowing = new SwallowWatch()
  readonly #documentId: string
  readonly #reader: Reader
  #doc: Y.Doc
  #epoch: string
  #revision: number
  #snapshotSeq: number
  /** Never less than the bytes of text; measured again when it passes the limit. */
  #sizeBound: number
  #committed: CommittedText | null = null

  private constructor(documentId: string, reader: Reader, loaded: LoadedText) {
    this.#documentId = documentId
    this.#reader = reader
    this.#doc = loaded.doc
    this.#epoch = loaded.state.epoch
    this.#revision = loaded.state.revision
    this.#snapshotSeq = loaded.snapshotSeq
    this.#sizeBound = textBytes(loaded.doc)
  }

  /** @throws what `loadText` throws */
  static async load(reader: Reader, documentId: string): Promise<RoomText> {
    return new RoomText(documentId, reader, await loadText(reader, documentId))
  }

  get doc(): Y.Doc {
    return this.#doc
  }
  get epoch(): string {
    return this.#epoch
  }
  get revision(): number {
    return this.#revision
  }

  /** Throws away whatever the disk does not have. */
  async reload(): Promise<void> {
    const { doc, state, snapshotSeq } = await loadText(this.#reader, this.#documentId)
    this.#doc.destroy()
    this.#doc = doc
    this.#epoch = state.epoch
    this.#revision = state.revision
    this.#snapshotSeq = snapshotSeq
    this.#sizeBound = textBytes(doc)
    this.#committed = null
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
    applyStored(this.#doc, rows)
    this.stored(revision)
    return rows
  }

  /**
   * Applies an update that is not stored yet and looks at what it did.
   * @returns a problem when it may not stay: the document is spoilt then, until {@link reload}
   */
  tryUpdate(update: Uint8Array, clients: Iterable<number>): ContentProblem | null {
    this.#committed = null
    let problem: ContentProblem | null = null
    try {
      applyStored(this.#doc, [update], (transaction) => {
        this.swallowing.inspect(this.#doc, transaction, update, clients)
        problem = inspectContent(this.#doc, transaction, clients)
      })
    } catch {
      // Yjs throws at what decodes and still makes no sense; the message could quote the text.
      return { code: 'input/invalid', details: { what: 'update' } }
    }
    const { pendingStructs, pendingDs } = this.#doc.store
    if (pendingStructs !== null || pendingDs !== null)
      return { code: 'input/invalid', details: { what: 'gap' } }
    return problem ?? this.#sizeProblem(update.byteLength)
  }

  /**
   * Lets the server itself write, under a clientID of its own each time, which nobody else can take up.
   * @returns the update that says what it wrote, null when it wrote nothing; `problem` as {@link tryUpdate}
   * @throws what `change` throws; the document is spoilt then
   */
  tryChange(change: (doc: Y.Doc) => void): {
    update: Uint8Array | null
    problem: ContentProblem | null
  } {
    this.#committed = null
    const written: { update: Uint8Array | null; problem: ContentProblem | null } = {
      update: null,
      problem: null,
    }
    const note = (bytes: Uint8Array) => {
      written.update = bytes
    }
    this.#doc.clientID = randomBytes(4).readUInt32LE()
    this.#doc.on('update', note)
    try {
      this.#doc.transact((transaction) => {
        change(this.#doc)
        this.swallowing.bury(this.#doc, transaction)
        written.problem = inspectContent(this.#doc, transaction, [this.#doc.clientID])
      })
    } finally {
      this.#doc.off('update', note)
    }
    if (written.update)
      written.problem ??= this.#sizeProblem((written.update as Uint8Array).byteLength)
    return written
  }

  #sizeProblem(added: number): ContentProblem | null {
    this.#sizeBound += added
    if (this.#sizeBound <= TEXT_LIMIT) return null
    this.#sizeBound = textBytes(this.#doc)
    if (this.#sizeBound <= TEXT_LIMIT) return null
    return { code: 'input/too-large', details: { limit: TEXT_LIMIT, of: 'document' } }
  }

  /** What was tried is on disk up to this row. */
  stored(revision: number): void {
    this.#revision = revision
    this.#committed = null
  }

  /** Only between turns, when nothing is in it that the disk does not have. */
  committed(): CommittedText {
    if (this.#committed) return this.#committed
    const state = Y.encodeStateAsUpdate(this.#doc)
    this.#committed = {
      blocks: readBody(this.#doc),
      revision: this.#revision,
      epoch: this.#epoch,
      encodeState: () => state,
    }
    return this.#committed
  }

  /** @param rows how many rows loading may have to read without a new snapshot */
  async snapshot(database: Database, at: number, rows: number = SNAPSHOT_ROWS): Promise<void> {
    if (this.#revision - this.#snapshotSeq < rows) return
    const seq = this.#revision
    const bytes = Y.encodeStateAsUpdate(this.#doc)
    await saveSnapshot(database, {
      documentId: this.#documentId,
      epoch: this.#epoch,
      seq,
      bytes,
      at,
    })
    this.#snapshotSeq = seq
  }

  destroy(): void {
    this.#doc.destroy()
  }
}
