/** So long after the last arrival the rush counts as over. */
const QUIET_MS = 300

export type HeadStartHooks = {
  /** Whether there is something to make that takes long. */
  isDue(): boolean
  /** Whether somebody is still being sent the text. */
  isRush(): boolean
  /** Runs work in a turn of the room. */
  turn(work: () => void): void
  make(): void
  /** It could not be made. */
  onBroken(cause: unknown): void
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
      this.#timer = setTimeout(() => this.#look(), QUIET_MS)
      this.#timer.unref()
    }
  }

  /** Somebody is being sent the text: nobody is to wait for another one's letters meanwhile. */
  answered(): void {
    this.#timer?.refresh()
  }

  #look(): void {
    if (this.#hooks.isRush()) {
      this.#timer?.refresh()
      return
    }
    this.#timer = undefined
    this.#hooks.turn(() => {
      if (!this.#hooks.isDue()) return
      try {
        this.#hooks.make()
      } catch (cause) {
        this.#hooks.onBroken(cause)
      }
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
