/** So long after the last arrival the rush counts as over. */
const QUIET_MS = 300

export type HeadStartHooks = {
  /** Whether there is something to make that takes long. */
  isDue(): boolean
  /** Runs work in a turn of the room. */
  turn(work: () => void): void
  make(): void
}

/**
 * Puts a long text together once those who have come to write are in, instead of with the first letter that somebody
 * types: his colleagues would see it, and all that comes meanwhile, a quarter of a second late.
 */
export class HeadStart {
  readonly #hooks: HeadStartHooks
  #timer: NodeJS.Timeout | undefined

  constructor(hooks: HeadStartHooks) {
    this.#hooks = hooks
  }

  /** Somebody has come. @param writes whether he may write */
  arrived(writes: boolean): void {
    if (this.#timer) this.#timer.refresh()
    else if (writes && this.#hooks.isDue()) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#hooks.turn(() => {
          if (this.#hooks.isDue()) this.#hooks.make()
        })
      }, QUIET_MS)
      this.#timer.unref()
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
