const PATIENCE_MS = 60_000

export class WaitedTooLong extends Error {
  constructor(what) {
    super(`waited too long for ${what}`)
  }
}

/** Resolves when the fact holds. @throws {WaitedTooLong} after a minute; what `fact` throws */
export async function until(fact, what) {
  const started = performance.now()
  while (!(await fact())) {
    if (performance.now() - started > PATIENCE_MS) throw new WaitedTooLong(what)
    await new Promise((go) => setTimeout(go, 5))
  }
}

export const pause = (ms) => new Promise((go) => setTimeout(go, ms))
