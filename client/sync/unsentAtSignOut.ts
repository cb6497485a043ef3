import { answered } from '../base/answered.ts'
import type { Tail } from './tail.ts'
import type { UnsentStore } from './unsentStore.ts'

/** Words typed just now are on their way: that is no reason to ask. */
const ON_THEIR_WAY_MS = 1_500
const LOOK_MS = 50

/**
 * @property drafts clauses that are drafted to be proposed
 * @property complete false where the device did not answer: then they are only what this page itself knows of
 */
export type Unsent = { tails: readonly Tail[]; drafts: number; complete: boolean }

/** What else a device keeps of somebody. */
export type KeptDrafts = {
  count(userId: string): Promise<number>
  /** @returns false where it is there still */
  wipe(userId: string): Promise<boolean>
}

/**
 * What somebody who signs out would leave unsent.
 * @param canSend whether anything can be on its way: without a network nobody waits for it
 */
export async function unsentAtSignOut(
  store: Pick<UnsentStore, 'tails' | 'ownTails'>,
  userId: string,
  canSend: () => boolean,
  kept: Pick<KeptDrafts, 'count'>,
): Promise<Unsent> {
  const counting = answered(kept.count(userId)).catch(() => null)
  for (let waited = 0; ; waited += LOOK_MS) {
    const tails = await answered(store.tails(userId))
    const settled = tails?.length === 0 || waited >= ON_THEIR_WAY_MS || !canSend()
    if (tails !== null && !settled) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      continue
    }
    const count = await counting
    return {
      tails: tails ?? store.ownTails(userId),
      drafts: count ?? 0,
      complete: tails !== null && count !== null,
    }
  }
}
