import type { Audience } from '../../shared/comments/api.ts'
import { settableStore } from '../base/store.ts'
import { NOTHING_WRITTEN, type Written } from './useComposer.ts'

/** A comment that is being written, and who is to read it. */
export type ThreadDraft = Written & { audience: Audience }

export const EMPTY_DRAFT: ThreadDraft = { ...NOTHING_WRITTEN, audience: 'all' }

/**
 * Comments being written on what may be taken off the screen by somebody else, as the card of a proposal that is decided.
 * They outlive their card, and stand wherever what they are on is shown next, until posted or given up.
 */
export function threadDrafts() {
  const store = settableStore<ReadonlyMap<string, ThreadDraft>>(new Map())
  const set = (key: string, draft: ThreadDraft | null) => {
    const next = new Map(store.getSnapshot())
    if (draft) next.set(key, draft)
    else next.delete(key)
    store.set(next)
  }
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    /** Begins one, unless one is begun. */
    begin: (key: string) => set(key, store.getSnapshot().get(key) ?? EMPTY_DRAFT),
    /** Does nothing to one that was posted or given up meanwhile. */
    change(key: string, change: (before: ThreadDraft) => ThreadDraft) {
      const before = store.getSnapshot().get(key)
      if (before) set(key, change(before))
    },
    end: (key: string) => set(key, null),
  }
}

/** Those of this page. */
export const proposalTalk = threadDrafts()

/** Nobody who signs in after another at one machine reads what that one has begun. */
export const talkKey = (userId: string, proposalId: string) => `${userId} ${proposalId}`
