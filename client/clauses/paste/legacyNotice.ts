import type { LegacyFinding } from '../../../shared/pasting/decodeItems.ts'
import type { Store } from '../../base/store.ts'
import type { Swap } from './swapLetters.ts'

/** What was found in the letters of the last paste, and how to read them otherwise. */
export type Legacy = { finding: LegacyFinding; swaps: readonly Swap[] }
export type LegacyNotice = Store<Legacy | null> & { show(legacy: Legacy | null): void }

export function legacyNotice(): LegacyNotice {
  const listeners = new Set<() => void>()
  let shown: Legacy | null = null
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => shown,
    show(legacy) {
      if (legacy === shown) return
      shown = legacy
      for (const listener of listeners) listener()
    },
  }
}
