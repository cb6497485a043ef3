import type { Audience } from '../../shared/comments/api.ts'
import { settableStore } from '../base/store.ts'
import { NOTHING_WRITTEN, type Written } from './useComposer.ts'

/** A comment that is being written, and who is to read it. */
export type ThreadDraft = Written & { audience: Audience }

export const EMPTY_DRAFT: ThreadDraft = { ...NOTHING_WRITTEN, audience: 'all' }

/**
 * Words being written on what may be taken off the screen by somebody else or by a step elsewhere, as the card of a proposal
 * that is decided, or of a thread whose clause is left. They outlive their card, and stand wherever what they are on is shown
 * next, until posted or given up.
 */
export function begunWords<Begun extends Written>() {
  const store = settableStore<ReadonlyMap<string, Begun>>(new Map())
  const set = (key: string, words: Begun | null) => {
    const next = new Map(store.getSnapshot())
    if (words) next.set(key, words)
    else next.delete(key)
    store.set(next)
  }
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    /** Begins some, unless some are begun. */
    begin: (key: string, start: Begun) => set(key, store.getSnapshot().get(key) ?? start),
    /** Does nothing to what was posted or given up meanwhile. */
    change(key: string, change: (before: Begun) => Begun) {
      const before = store.getSnapshot().get(key)
      if (before) set(key, change(before))
    },
    end: (key: string) => set(key, null),
  }
}

/** New threads on proposals, of this page. */
export const proposalTalk = begunWords<ThreadDraft>()
/** Replies, and words of one's own that are being amended, of this page. */
export const threadTalk = begunWords<Written>()

/**
 * Nobody who signs in after another at one machine reads what that one has begun.
 * @param on id of what it is said on, or of what is amended
 */
export const talkKey = (userId: string, on: string) => `${userId} ${on}`
