import * as Y from 'yjs'
import type { FullState } from './FullState.ts'
import { step2Frame, updateFrame } from './frames.ts'
import { CONTENT, UpdateReader } from './UpdateReader.ts'

/** A full state and the revision it stands at. */
export type Base = { state: FullState; revision: number }

type Row = { update: Uint8Array; frame: Uint8Array | null; reach: Reach | null }
/** How far a row takes each client's clock; `deletes`: it also takes something away, which no clock tells. */
type Reach = { ends: ReadonlyMap<number, number>; deletes: boolean }

/** An update without content. */
const NOTHING = new Uint8Array([0, 0])
/** Bytes of a base from which its frame is kept. */
const WORTH_KEEPING = 16 * 1024
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
  /** For whoever has nothing: the same frames for everybody, so that their bytes are made once. */
  #whole: readonly Uint8Array[] | null = null
  #baseFrame: Uint8Array | null = null
  /** All deletions of the base, as a step 2. */
  #deletions: Uint8Array | null = null
  #answers = new Map<string, readonly Uint8Array[]>()

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
    const vector = new Map(this.#base?.state.vector)
    for (const row of this.#tail)
      for (const [client, end] of reachOf(row).ends)
        vector.set(client, Math.max(vector.get(client) ?? 0, end))
    return vector
  }

  add(rows: readonly Uint8Array[]): void {
    for (const update of rows) {
      this.#tail.push({ update, frame: null, reach: null })
      this.#tailBytes += update.byteLength
    }
    this.#revision += rows.length
    this.#whole = null
    this.#answers.clear()
  }

  /** A newer full state takes the place of the base and of the rows up to it. */
  rebase(base: Base): void {
    if (this.#base && this.#base.revision >= base.revision) return
    const after = this.#revision - base.revision
    this.#tail = this.#tail.slice(this.#tail.length - after)
    this.#tailBytes = this.#tail.reduce((sum, { update }) => sum + update.byteLength, 0)
    this.#base = base
    this.#baseFrame = null
    this.#deletions = null
    this.#whole = null
    this.#answers.clear()
  }

  /** Frames of the rows from `first` on; of everything when they are no longer here one by one. */
  since(first: number): Uint8Array[] {
    const count = this.#revision - first + 1
    const folded = count > this.#tail.length && this.#base
    if (folded) return [updateFrame(folded.state.bytes), ...this.#tail.map(frameOf)]
    return this.#tail.slice(this.#tail.length - count).map(frameOf)
  }

  /**
   * The frames that bring a client with this state vector up to date. The step 2 comes last: when the client calls
   * itself synced it has everything. None stands on a later one: what has to wait, Yjs merges anew with each frame.
   * @param stateOf a full state of all rows; asked for only where there is no base yet
   * @returns of a long text the same array for whoever asks the same, while nothing changes
   * @throws for bytes that are no state vector
   */
  answer(stateOf: () => FullState, stateVector: Uint8Array): readonly Uint8Array[] {
    const known = Y.decodeStateVector(stateVector)
    if (!this.#base) this.rebase({ state: stateOf(), revision: this.#revision })
    const { state } = this.#base as Base
    if (known.size === 0) {
      if (this.#whole) return this.#whole
      const baseFrame = this.#baseFrame ?? updateFrame(state.bytes)
      const whole = [baseFrame, ...this.#tail.map(frameOf), step2Frame(NOTHING)]
      // Of a short text each room would keep what takes no time to make.
      if (state.bytes.byteLength >= WORTH_KEEPING) {
        this.#baseFrame = baseFrame
        this.#whole = whole
      }
      return whole
    }
    const key = Buffer.from(stateVector).toString('latin1')
    const answer = this.#answers.get(key) ?? this.#lacking(state, known)
    if (this.#answers.size < ANSWERS_KEPT) this.#answers.set(key, answer)
    return answer
  }

  #lacking(state: FullState, known: ReadonlyMap<number, number>): readonly Uint8Array[] {
    const rows = this.#tail.filter((row) => lacks(known, row)).map(frameOf)
    if (!covers(known, state.vector))
      return [updateFrame(state.since(known)), ...rows, step2Frame(NOTHING)]
    this.#deletions ??= step2Frame(state.since(state.vector))
    return [...rows, this.#deletions]
  }
}

function covers(known: ReadonlyMap<number, number>, vector: ReadonlyMap<number, number>): boolean {
  for (const [client, clock] of vector) if ((known.get(client) ?? 0) < clock) return false
  return true
}

function frameOf(row: Row): Uint8Array {
  row.frame ??= updateFrame(row.update)
  return row.frame
}

function lacks(known: ReadonlyMap<number, number>, row: Row): boolean {
  const { ends, deletes } = reachOf(row)
  if (deletes) return true
  for (const [client, end] of ends) if ((known.get(client) ?? 0) < end) return true
  return false
}

function reachOf(row: Row): Reach {
  if (row.reach) return row.reach
  const ends = new Map<number, number>()
  let deletes = false
  const reader = new UpdateReader(row.update)
  while (reader.nextClient())
    while (reader.nextStruct())
      // A skip says what is not there; anybody may write one in a colleague's name.
      if (reader.kind !== CONTENT.skip) ends.set(reader.client, reader.clock + reader.length)
  reader.readDeletes(() => {
    deletes = true
  })
  row.reach = { ends, deletes }
  return row.reach
}
