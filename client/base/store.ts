import { useSyncExternalStore } from 'react'

/** Something outside React that changes: the live text, the connection, where clauses stand on the page. */
export type Store<T> = {
  subscribe(listener: () => void): () => void
  getSnapshot(): T
}

export const useStore = <T>(store: Store<T>): T =>
  useSyncExternalStore(store.subscribe, store.getSnapshot)

/** For a store that comes later: `initial` until then. */
export function constantStore<T>(initial: T): Store<T> {
  return { subscribe: () => () => {}, getSnapshot: () => initial }
}
