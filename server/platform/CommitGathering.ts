import { FadingRate } from './FadingRate.ts'

/** Batches a second from which the process counts as busy. */
const BUSY = 60

/**
 * How long after one commit of batches the next may come. A commit costs the same whatever is in it, so where many
 * rooms write, each a letter now and then, their letters share one; where few write nobody waits.
 * @returns ms
 */
export const commitWindow = (batchesPerSecond: number): number => (batchesPerSecond < BUSY ? 0 : 25)

export type GatheringHooks<T> = {
  /** Ms, on a clock that never goes back. */
  now(): number
  /** Calls back once, in so many ms. @returns what takes the call back */
  later(run: () => void, ms: number): () => void
  /** Takes what has gathered when its turn comes; must not throw. */
  commit(take: () => T[]): void
}

/** Batches of all rooms that wait for the next commit. */
export class CommitGathering<T> {
  readonly #hooks: GatheringHooks<T>
  readonly #rate = new FadingRate()
  #waiting: T[] = []
  #last = Number.NEGATIVE_INFINITY
  #cancel: (() => void) | null = null

  constructor(hooks: GatheringHooks<T>) {
    this.#hooks = hooks
  }

  add(batch: T): void {
    const now = this.#hooks.now()
    this.#rate.count(now)
    this.#waiting.push(batch)
    if (this.#waiting.length > 1) return
    const left = this.#last + commitWindow(this.#rate.current(now)) - now
    if (left > 0) this.#cancel = this.#hooks.later(() => this.#commit(), left)
    else this.#commit()
  }

  /** Waits no longer. */
  hurry(): void {
    if (this.#cancel) this.#commit()
  }

  #commit(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#hooks.commit(() => {
      this.#last = this.#hooks.now()
      const taken = this.#waiting
      this.#waiting = []
      return taken
    })
  }
}
