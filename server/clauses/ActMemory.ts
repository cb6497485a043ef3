import type { Inverse } from './inverseActs.ts'
import type { MergeMark } from './mergeMark.ts'

/** Of one person in one document; a desk's own undo stack is rarely longer. */
const ACTS_EACH = 100
/** UTF-16 units of what is kept for all documents together. */
const TOTAL_WEIGHT = 16_000_000

type Kept = { accountId: string; inverse: Inverse; weight: number }

/** What was done to the structure of one document since the server started. */
export class DocumentActs {
  readonly epoch: string
  readonly #bound: number
  /** By whose and which act. The oldest stand first. */
  readonly #kept = new Map<string, Kept>()
  /** Which act has put a clause where it stands; none for one that stands where it was first. */
  readonly #placed = new Map<string, number>()
  weight = 0
  #turn: Promise<unknown> = Promise.resolve()

  constructor(epoch: string, bound: number) {
    this.epoch = epoch
    this.#bound = bound
  }

  /**
   * One after the other, in the order asked for. After one that fails all is remembered as before it: the text is as
   * before too.
   */
  turn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => {
      const [kept, placed, weight] = [new Map(this.#kept), new Map(this.#placed), this.weight]
      const marks = this.marks.map((mark) => ({ mark, was: { ...mark } }))
      try {
        return await work()
      } catch (cause) {
        refill(this.#kept, kept)
        refill(this.#placed, placed)
        this.weight = weight
        for (const { mark, was } of marks) Object.assign(mark, was)
        throw cause
      }
    })
    this.#turn = mine.catch(() => {})
    return mine
  }

  placeOf(clauseId: string): number {
    return this.#placed.get(clauseId) ?? 0
  }

  setPlace(clauseId: string, place: number): void {
    this.#placed.set(clauseId, place)
  }

  get marks(): MergeMark[] {
    return [...this.#kept.values()].flatMap(({ inverse }) =>
      inverse.kind === 'split' ? [inverse.mark] : [],
    )
  }

  find(accountId: string, actId: string): Inverse | null {
    return this.#kept.get(`${accountId} ${actId}`)?.inverse ?? null
  }

  /** @returns false for one too large to be kept, which cannot be undone */
  keep(accountId: string, actId: string, inverse: Inverse): boolean {
    this.forget(accountId, actId)
    const weight = JSON.stringify(inverse).length
    if (weight > this.#bound) return false
    this.#kept.set(`${accountId} ${actId}`, { accountId, inverse, weight })
    this.weight += weight
    const own = [...this.#kept].filter(([, kept]) => kept.accountId === accountId)
    for (const [key] of own.slice(0, -ACTS_EACH)) this.#drop(key)
    for (const key of [...this.#kept.keys()]) {
      if (this.weight <= this.#bound) break
      this.#drop(key)
    }
    return true
  }

  forget(accountId: string, actId: string): void {
    this.#drop(`${accountId} ${actId}`)
  }

  #drop(key: string): void {
    this.weight -= this.#kept.get(key)?.weight ?? 0
    this.#kept.delete(key)
  }
}

function refill<V>(map: Map<string, V>, from: ReadonlyMap<string, V>): void {
  map.clear()
  for (const [key, value] of from) map.set(key, value)
}

/**
 * What it takes to undo the acts on the structure that this server ran. Kept in memory: after a restart they can be
 * undone no more, which the person is told; the text itself never depends on it.
 */
export class ActMemory {
  readonly #documents = new Map<string, DocumentActs>()
  readonly #bound: number
  #lastPlace = 0

  /** @param bound UTF-16 units */
  constructor(bound = TOTAL_WEIGHT) {
    this.#bound = bound
  }

  /** Unlike any that has been given. */
  newPlace(): number {
    this.#lastPlace += 1
    return this.#lastPlace
  }

  /** Another epoch of a text begins with nothing. */
  of(documentId: string, epoch: string): DocumentActs {
    const known = this.#documents.get(documentId)
    const acts = known?.epoch === epoch ? known : new DocumentActs(epoch, this.#bound)
    this.#documents.delete(documentId)
    this.#documents.set(documentId, acts)
    let total = 0
    for (const { weight } of this.#documents.values()) total += weight
    for (const [id, { weight }] of this.#documents) {
      if (total <= this.#bound || id === documentId) break
      total -= weight
      this.#documents.delete(id)
    }
    return acts
  }
}
