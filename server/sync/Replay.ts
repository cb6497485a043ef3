import * as Y from 'yjs'
import { step2Frame, updateFrame } from './frames.ts'
import { endOf, readUpdate } from './updateFacts.ts'

/** A full state and the revision it stands at. */
export type Base = { update: Uint8Array; revision: number; vector: ReadonlyMap<number, number> }

type Row = { update: Uint8Array; reach: Reach | null }
/** How far a row takes each client's clock; `deletes`: it also takes something away, which no clock tells. */
type Reach = { ends: ReadonlyMap<number, number>; deletes: boolean }

/** An update without content. */
const NOTHING = new Uint8Array([0, 0])
/** Answers of one moment are alike: everybody who dropped out together lacks the same. */
const ANSWERS_KEPT = 16

/**
 * What somebody who joins or returns lacks, from bytes that are there already: a full state and the rows after it.
 * Encoding a long text anew for each of a hundred delegates would hold up everybody's words.
 */
export class Replay {
  #base: Base | null
  #tail: Row[] = []
  #tailBytes = 0
  #revision: number
  /** The base as a frame: the same one for everybody, so that its bytes are made once. */
  #baseFrame: Uint8Array | null = null
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

  add(rows: readonly Uint8Array[]): void {
    for (const update of rows) {
      this.#tail.push({ update, reach: null })
      this.#tailBytes += update.byteLength
    }
    this.#revision += rows.length
    this.#answers.clear()
  }

  /** A newer full state takes the place of the base and of the rows up to it. */
  rebase(base: Base): void {
    if (this.#base && this.#base.revision >= base.revision) return
    this.#tail = this.#tail.slice(this.#tail.length - (this.#revision - base.revision))
    this.#tailBytes = this.#tail.reduce((sum, { update }) => sum + update.byteLength, 0)
    this.#base = base
    this.#baseFrame = null
    this.#deletions = null
    this.#answers.clear()
  }

  /** Frames of the rows from `first` on; null when they are no longer here one by one. */
  since(first: number): Uint8Array[] | null {
    const count = this.#revision - first + 1
    if (count > this.#tail.length) return null
    return this.#tail.slice(this.#tail.length - count).map(({ update }) => updateFrame(update))
  }

  /**
   * The frames that bring a client with this state vector up to date. The step 2 comes last: when the client calls
   * itself synced it has everything. None stands on a later one: what has to wait, Yjs merges anew with each frame.
   * @param doc the text as it stands, whose last row is the last one added here
   */
  answer(doc: Y.Doc, stateVector: Uint8Array): Uint8Array[] {
    const known = Y.decodeStateVector(stateVector)
    const base = this.#base ?? this.#makeBase(doc)
    if (known.size === 0) {
      this.#baseFrame ??= updateFrame(base.update)
      return [this.#baseFrame, ...this.#frames(() => true), step2Frame(NOTHING)]
    }
    if (covers(known, base.vector)) {
      this.#deletions ??= Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))
      return [...this.#frames((row) => lacks(known, row)), step2Frame(this.#deletions)]
    }
    const key = Buffer.from(stateVector).toString('latin1')
    const answer = this.#answers.get(key) ?? step2Frame(Y.encodeStateAsUpdate(doc, stateVector))
    if (this.#answers.size < ANSWERS_KEPT) this.#answers.set(key, answer)
    return [answer]
  }

  #makeBase(doc: Y.Doc): Base {
    const vector = Y.decodeStateVector(Y.encodeStateVector(doc))
    const base = { update: Y.encodeStateAsUpdate(doc), revision: this.#revision, vector }
    this.rebase(base)
    return base
  }

  #frames(wanted: (row: Row) => boolean): Uint8Array[] {
    return this.#tail.filter(wanted).map(({ update }) => updateFrame(update))
  }
}

const covers = (known: ReadonlyMap<number, number>, vector: ReadonlyMap<number, number>) =>
  [...vector].every(([client, clock]) => (known.get(client) ?? 0) >= clock)

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
