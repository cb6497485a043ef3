import * as Y from 'yjs'
import { step2Frame, updateFrame } from './frames.ts'
import { endOf, readUpdate } from './updateFacts.ts'

/** A full state and the revision it stands at. */
export type Base = { update: Uint8Array; revision: number; vector: ReadonlyMap<number, number> }

type Row = { update: Uint8Array; frame: Uint8Array | null; reach: Reach | null }
/** How far a row takes each client's clock; `deletes`: it also takes something away, which no clock tells. */
type Reach = { ends: ReadonlyMap<number, number>; deletes: boolean }

/** The rows between one base and the next, and the vector they began at. */
type Generation = { vector: ReadonlyMap<number, number>; rows: readonly Row[]; bytes: number }

/** An update without content. */
const NOTHING = new Uint8Array([0, 0])
/** Answers of one moment are alike: everybody who dropped out together lacks the same. */
const ANSWERS_KEPT = 16
/** Of rows before the base. */
const EARLIER_BYTES = 1024 * 1024

/**
 * What somebody who joins or returns lacks, from bytes that are there already: a full state and the rows after it.
 * Encoding a long text anew for each of a hundred delegates would hold up everybody's words.
 */
export class Replay {
  #base: Base | null
  #tail: Row[] = []
  /** Rows before the base, the oldest first, for those who return behind it. */
  #earlier: Generation[] = []
  #tailBytes = 0
  #revision: number
  /** The base as a frame: the same one for everybody, so that its bytes are made once. */
  #baseFrame: Uint8Array | null = null
  /** All deletions up to some row of the tail, as a step 2. */
  #deletions: Uint8Array | null = null
  #answers = new Map<string, Uint8Array>()

  /** @param rows those after the base, or all there are when there is none yet */
  constructor(base: Base | null, revision: number, rows: readonly Uint8Array[]) {
    this.#base = base
    this.#revision = revision - rows.length
    this.add(rows)
  }

  get base(): Base | null {
    return this.#base
  }
  get rows(): readonly Uint8Array[] {
    return this.#tail.map(({ update }) => update)
  }
  get tailBytes(): number {
    return this.#tailBytes
  }

  /** The clocks that all of it reaches. */
  vector(): Map<number, number> {
    const vector = new Map(this.#base?.vector)
    for (const row of this.#tail) {
      row.reach ??= reachOf(row.update)
      for (const [client, end] of row.reach.ends)
        vector.set(client, Math.max(vector.get(client) ?? 0, end))
    }
    return vector
  }

  add(rows: readonly Uint8Array[]): void {
    for (const update of rows) {
      this.#tail.push({ update, frame: null, reach: null })
      this.#tailBytes += update.byteLength
    }
    this.#revision += rows.length
    this.#answers.clear()
  }

  /** A newer full state takes the place of the base and of the rows up to it. */
  rebase(base: Base): void {
    if (this.#base && this.#base.revision >= base.revision) return
    const after = this.#revision - base.revision
    this.#retire(this.#tail.slice(0, this.#tail.length - after))
    this.#tail = this.#tail.slice(this.#tail.length - after)
    this.#tailBytes = this.#tail.reduce((sum, { update }) => sum + update.byteLength, 0)
    this.#base = base
    this.#baseFrame = null
    this.#deletions = null
    this.#answers.clear()
  }

  #retire(rows: readonly Row[]): void {
    const bytes = rows.reduce((sum, { update }) => sum + update.byteLength, 0)
    this.#earlier.push({ vector: this.#base?.vector ?? new Map(), rows, bytes })
    let kept = this.#earlier.reduce((sum, generation) => sum + generation.bytes, 0)
    while (kept > EARLIER_BYTES) kept -= this.#earlier.shift()?.bytes ?? kept
  }

  /** Frames of the rows from `first` on; null when they are no longer here one by one. */
  since(first: number): Uint8Array[] | null {
    const count = this.#revision - first + 1
    if (count > this.#tail.length) return null
    return this.#tail.slice(this.#tail.length - count).map(frameOf)
  }

  /**
   * The frames that bring a client with this state vector up to date. The step 2 comes last: when the client calls
   * itself synced it has everything. None stands on a later one: what has to wait, Yjs merges anew with each frame.
   * @param docOf the text as it stands, whose last row is the last one added here; asked for only where bytes that are
   * there already do not do
   */
  answer(docOf: () => Y.Doc, stateVector: Uint8Array): Uint8Array[] {
    const known = Y.decodeStateVector(stateVector)
    const base = this.#base ?? this.#makeBase(docOf())
    if (known.size === 0) {
      this.#baseFrame ??= updateFrame(base.update)
      return [this.#baseFrame, ...this.#tail.map(frameOf), step2Frame(NOTHING)]
    }
    const rows = this.#rowsFor(known, base)
    if (rows) {
      this.#deletions ??= deletionsOf(docOf())
      const lacking = rows.filter((row) => lacks(known, row))
      return [...lacking.map(frameOf), this.#deletions]
    }
    const key = keyOf(stateVector)
    const answer = this.#answers.get(key) ?? step2Frame(Y.encodeStateAsUpdate(docOf(), stateVector))
    if (this.#answers.size < ANSWERS_KEPT) this.#answers.set(key, answer)
    return [answer]
  }

  #makeBase(doc: Y.Doc): Base {
    const vector = Y.decodeStateVector(Y.encodeStateVector(doc))
    const base = { update: Y.encodeStateAsUpdate(doc), revision: this.#revision, vector }
    this.rebase(base)
    return base
  }

  /** All rows after a moment that this client has all of; null when none is kept that it has. */
  #rowsFor(known: ReadonlyMap<number, number>, base: Base): readonly Row[] | null {
    if (covers(known, base.vector)) return this.#tail
    const from = this.#earlier.findLastIndex(({ vector }) => covers(known, vector))
    if (from < 0) return null
    return [...this.#earlier.slice(from).flatMap(({ rows }) => rows), ...this.#tail]
  }

  /** Whether {@link answer} encodes the whole text for this one alone. @throws for bytes that are no state vector */
  isCostly(stateVector: Uint8Array): boolean {
    const known = Y.decodeStateVector(stateVector)
    if (known.size === 0 || !this.#base || this.#rowsFor(known, this.#base) !== null) return false
    return !this.#answers.has(keyOf(stateVector))
  }
}

const deletionsOf = (doc: Y.Doc) => step2Frame(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc)))

const keyOf = (stateVector: Uint8Array) => Buffer.from(stateVector).toString('latin1')

const covers = (known: ReadonlyMap<number, number>, vector: ReadonlyMap<number, number>) =>
  [...vector].every(([client, clock]) => (known.get(client) ?? 0) >= clock)

function frameOf(row: Row): Uint8Array {
  row.frame ??= updateFrame(row.update)
  return row.frame
}

function lacks(known: ReadonlyMap<number, number>, row: Row): boolean {
  row.reach ??= reachOf(row.update)
  const { ends, deletes } = row.reach
  return deletes || [...ends].some(([client, end]) => (known.get(client) ?? 0) < end)
}

function reachOf(update: Uint8Array): Reach {
  const { structs, deletes } = readUpdate(update)
  const ends = new Map<number, number>()
  for (const struct of structs)
    ends.set(struct.id.client, Math.max(ends.get(struct.id.client) ?? 0, endOf(struct)))
  return { ends, deletes: deletes.length > 0 }
}
