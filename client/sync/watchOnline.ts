/** Whether the device believes it has a network. An open socket goes on looking open for up to half a minute. */
export type OnlineSignal = { isOnline(): boolean; subscribe(listener: () => void): () => void }

export const browserOnline: OnlineSignal = {
  isOnline: () => navigator.onLine,
  subscribe(listener) {
    window.addEventListener('online', listener)
    window.addEventListener('offline', listener)
    return () => {
      window.removeEventListener('online', listener)
      window.removeEventListener('offline', listener)
    }
  },
}
