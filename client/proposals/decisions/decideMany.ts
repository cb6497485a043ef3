import type { ProposalView } from '../../../shared/proposals/api.ts'
import { isRefusal } from '../../base/apiError.ts'

/**
 * What became of one of several: `disputed`: it wants a look of its own, for its clause says something else than when it
 * was made, or others are about it too; `taken`: somebody else had decided it; `own`: it is for others to decide; `left`:
 * nothing was done to it.
 */
export type Fate = 'done' | 'disputed' | 'taken' | 'own' | 'left'
export type Fates = {
  fates: ReadonlyMap<string, Fate>
  /** Why the rest was left: the network, or a right that has gone. */
  error: unknown
}

/** One after the other, each by itself: what cannot be done stops no other, unless none could be done any more. */
export async function decideMany(
  proposals: readonly ProposalView[],
  decide: (proposal: ProposalView) => Promise<unknown>,
): Promise<Fates> {
  const fates = new Map<string, Fate>(proposals.map(({ id }) => [id, 'left']))
  for (const proposal of proposals) {
    try {
      await decide(proposal)
      fates.set(proposal.id, 'done')
    } catch (error) {
      const fate = fateOf(error)
      if (fate === null) return { fates, error }
      fates.set(proposal.id, fate)
    }
  }
  return { fates, error: null }
}

function fateOf(error: unknown): Fate | null {
  if (isRefusal(error, 'proposal/stale-base', 'content/refused')) return 'disputed'
  return isRefusal(error, 'proposal/decided', 'proposal/not-found') ? 'taken' : null
}
