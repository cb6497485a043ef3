import type { Tail } from './tail.ts'
import type { UnsentStore } from './unsentStore.ts'

/** Words typed just now are on their way: that is no reason to ask. */
const ON_THEIR_WAY_MS = 1_500
const LOOK_MS = 50
/** A device that has not answered by then may never do so, and nobody can be kept from leaving. */
const ANSWER_MS = 4_000

/** @property complete false where the device did not answer: then they are only what this page itself knows of */
export type Unsent = { tails: readonly Tail[]; complete: boolean }

/**
 * What somebody who signs out would leave unsent.
 * @param canSend whether anything can be on its way: without a network nobody waits for it
 */
export async function unsentAtSignOut(
  store: Pick<UnsentStore, 'tails' | 'ownTails'>,
  userId: string,
  canSend: () => boolean,
): Promise<Unsent> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const tails = await answered(store.tails(userId))
    if (tails === null) return { tails: store.ownTails(userId), complete: false }
    const settled = tails.length === 0 || waited >= ON_THEIR_WAY_MS || !canSend()
    if (settled) return { tails, complete: true }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** @returns null when no answer came in time */
export function answered<T>(answer: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_MS)
  })
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer))
}
