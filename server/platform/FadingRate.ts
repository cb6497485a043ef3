/** Over which things are counted. */
const FADE_MS = 500

/** How often something happens lately, a second. */
export class FadingRate {
  #value = 0
  #at = 0

  /** @param now ms, on a clock that never goes back */
  count(now: number): void {
    this.#value = this.current(now) + 1000 / FADE_MS
    this.#at = now
  }

  current(now: number): number {
    return this.#value * Math.exp((this.#at - now) / FADE_MS)
  }
}
