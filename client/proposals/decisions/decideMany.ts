import type { ProposalView } from '../../../shared/proposals/api.ts'
import { ApiError, isRefusal } from '../../base/apiError.ts'

/**
 * What became of one of several: `disputed`: it wants a look of its own, for its clause says something else than when it
 * was made, or others are about it too; `taken`: somebody else had decided it; `own`: it is for others to decide;
 * `unknown`: no answer came, and the record could not be read; `left`: nothing was done to it.
 */
export type Fate = 'done' | 'disputed' | 'taken' | 'own' | 'unknown' | 'left'
export type Fates = {
  fates: ReadonlyMap<string, Fate>
  /** Why the rest was left: the network, or a right that has gone. */
  error: unknown
}
export type Act = 'accept' | 'reject'

/** What became of one, and why none could be decided any more after it; null where the next can. */
export type Verdict = { fate: Fate; error: unknown }

/** One after the other, each by itself: what cannot be done stops no other, unless none could be done any more. */
export async function decideMany(
  proposals: readonly ProposalView[],
  decide: (proposal: ProposalView) => Promise<Verdict>,
  progress: {
    /** Asked before each: the person may have stopped it. */
    goesOn(): boolean
    /** @param at from 1 */
    onItem(at: number): void
  },
): Promise<Fates> {
  const fates = new Map<string, Fate>(proposals.map(({ id }) => [id, 'left']))
  for (const [index, proposal] of proposals.entries()) {
    if (!progress.goesOn()) break
    progress.onItem(index + 1)
    const { fate, error } = await decide(proposal)
    fates.set(proposal.id, fate)
    if (error !== null) return { fates, error }
  }
  return { fates, error: null }
}

/** @param look what the record says of it, asked only where the answer was lost: the decision may have been taken */
export async function decideOne(
  send: () => Promise<unknown>,
  look: () => Promise<Fate>,
): Promise<Verdict> {
  try {
    await send()
    return { fate: 'done', error: null }
  } catch (error) {
    if (isRefusal(error, 'proposal/stale-base', 'content/refused'))
      return { fate: 'disputed', error: null }
    if (isRefusal(error, 'proposal/decided', 'proposal/not-found'))
      return { fate: 'taken', error: null }
    if (!isLost(error)) return { fate: 'left', error }
    const fate = await look()
    return { fate, error: fate === 'unknown' || fate === 'left' ? error : null }
  }
}

/** Nothing says that the server did nothing. */
const isLost = (error: unknown): boolean =>
  !(error instanceof ApiError) ||
  error.status === 0 ||
  error.status >= 500 ||
  error.code === 'unreadable'

/** @param now as the record has it */
export function fateOnRecord(now: ProposalView | undefined, act: Act, userId: string): Fate {
  if (!now) return 'unknown'
  if (now.status === 'open') return 'left'
  const wanted = act === 'accept' ? 'accepted' : 'rejected'
  return now.status === wanted && now.decidedBy?.id === userId ? 'done' : 'taken'
}

/** @param read the record; tried a few times, each after a pause, for what is under way may still arrive */
export async function lookUp(
  read: () => Promise<Fate>,
  pause: () => Promise<unknown>,
  goesOn: () => boolean,
): Promise<Fate> {
  for (let tries = 0; tries < LOOKS && (tries === 0 || goesOn()); tries += 1) {
    await pause()
    try {
      return await read()
    } catch {
      // Said as `unknown` in the end.
    }
  }
  return 'unknown'
}

const LOOKS = 5
