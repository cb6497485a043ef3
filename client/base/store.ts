import { useSyncExternalStore } from 'react'

/** Something outside React that changes: the live text, the connection, where clauses stand on the page. */
export type Store<T> = {
  subscribe(listener: () => void): () => void
  getSnapshot(): T
}

export const useStore = <T>(store: Store<T>): T =>
  useSyncExternalStore(store.subscribe, store.getSnapshot)

/**
 * Draws anew only when what `select` takes out changes: the connection's state changes with every letter.
 * @param select has to give the same object while nothing has changed
 */
export const useSelected = <T, S>(store: Store<T>, select: (state: T) => S): S =>
  useSyncExternalStore(store.subscribe, () => select(store.getSnapshot()))

/** For a store that comes later: `initial` until then. */
export function constantStore<T>(initial: T): Store<T> {
  return { subscribe: () => () => {}, getSnapshot: () => initial }
}

export type SettableStore<T> = Store<T> & { set(value: T): void }

export function settableStore<T>(initial: T): SettableStore<T> {
  const listeners = new Set<() => void>()
  let now = initial
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => now,
    set(value) {
      if (Object.is(value, now)) return
      now = value
      for (const listener of [...listeners]) listener()
    },
  }
}
