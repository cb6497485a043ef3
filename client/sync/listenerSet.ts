export type ListenerSet<T> = {
  /** @returns stops */
  add(listener: (value: T) => void): () => void
  tell(value: T): void
}

/** Listeners may come and go while they are told. */
export function listenerSet<T = void>(): ListenerSet<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(value) {
      for (const listener of [...listeners]) listener(value)
    },
  }
}
