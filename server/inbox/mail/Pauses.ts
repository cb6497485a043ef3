const FIRST_MS = 60_000
const LONGEST_MS = 60 * 60_000

/** After each failure in a row one waits twice as long, an hour at most. */
export class Pauses {
  readonly #known = new Map<string, { failures: number; until: number }>()

  waits(name: string, now: number): boolean {
    return (this.#known.get(name)?.until ?? 0) > now
  }

  /** @returns milliseconds of the pause that begins at `now` */
  failed(name: string, now: number): number {
    const failures = (this.#known.get(name)?.failures ?? 0) + 1
    const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
    this.#known.set(name, { failures, until: now + pause })
    return pause
  }

  succeeded(name: string): void {
    this.#known.delete(name)
  }
}
