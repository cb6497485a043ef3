/** Shorter ones are judged as fast as they are compared. */
const WORTH_KEEPING = 1024
const KEPT = 8

/**
 * Updates that the document was found to hold already. Each client that joins or returns names all deletions it knows
 * of, mostly the same tens of kilobytes as the one before it. What a document holds it holds for ever, so the same
 * bytes need no second look, unless the document was thrown away meanwhile: then {@link forget}.
 */
export class KnownUpdates {
  #latest: Uint8Array[] = []

  has(update: Uint8Array): boolean {
    return this.#latest.some(
      (one) => one.byteLength === update.byteLength && Buffer.compare(one, update) === 0,
    )
  }

  add(update: Uint8Array): void {
    if (update.byteLength < WORTH_KEEPING) return
    this.#latest = [update, ...this.#latest.slice(0, KEPT - 1)]
  }

  forget(): void {
    this.#latest = []
  }
}
