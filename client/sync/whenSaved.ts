import type { Store } from '../base/store.ts'
import type { ConnectionState } from './connectionState.ts'

const PATIENCE_MS = 5_000

/**
 * An act over HTTP could overtake one's own last letters on the socket.
 * @param patienceMs null waits as long as it takes
 * @returns false when they were not on disk in time
 */
export function whenSaved(
  connection: Store<ConnectionState>,
  patienceMs: number | null = PATIENCE_MS,
): Promise<boolean> {
  const isSaved = () => connection.getSnapshot().save === 'saved'
  if (isSaved()) return Promise.resolve(true)
  return new Promise((resolve) => {
    const end = (saved: boolean) => {
      clearTimeout(timer)
      stop()
      resolve(saved)
    }
    const stop = connection.subscribe(() => isSaved() && end(true))
    const timer = patienceMs === null ? undefined : setTimeout(() => end(false), patienceMs)
  })
}
