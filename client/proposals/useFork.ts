import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useSelected } from '../base/store.ts'
import { type DraftKey, draftDatabase, type Kept } from '../clauses/suggest/draftDatabase.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { signedOut } from '../sync/signedOut.ts'
import type { Failed } from '../ui/FailedPage.tsx'
import { useDraftLock } from './useDraftLock.ts'
import { useDraftPart } from './useDraftPart.ts'

/**
 * One's own draft of a document while `active`; null until the device has been asked what it kept.
 * @returns with what ends the draft, here and on the device; false where the device would not forget it. `failed`: what drafts
 * are made with did not come
 */
export function useFork(
  connection: DocumentConnection,
  { userId, documentId, epoch }: DraftKey,
  active: boolean,
): {
  fork: Fork | null
  isElsewhere: boolean
  failed: Failed | null
  forget(): Promise<boolean>
} {
  const lock = useDraftLock({ userId, documentId, epoch }, active)
  const isOurs = active && lock === 'held'
  const loaded = useSelected(connection, (state) => state.loaded)
  const late = useDraftPart(active || loaded)
  const { part } = late
  const [fork, setFork] = useState<Fork | null>(null)
  const [turn, setTurn] = useState(0)
  /** What the next draft begins with; null: whatever the device has. */
  const next = useRef<Kept | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is another draft
  useEffect(() => {
    // Another tab may write to the device from now on.
    if (!isOurs) next.current = null
    if (!isOurs || !loaded || !part) return
    const key = { userId, documentId, epoch }
    let own: Fork | null = null
    let gone = false
    const left = next.current
    const begun = left
      ? Promise.resolve({ kept: left, device: draftDatabase })
      : part.beginDraft(key, draftDatabase)
    void begun.then(({ kept, device }) => {
      if (gone) return
      next.current = null
      own = part.openFork(connection.doc, key, device, kept)
      setFork(own)
    })
    // The device has been wiped of whoever signs out, here or in another tab.
    const stop = signedOut.add((id) => id === userId && own?.close())
    return () => {
      gone = true
      stop()
      setFork(null)
      own?.destroy()
    }
  }, [connection, loaded, part, isOurs, userId, documentId, epoch, turn])
  const forget = useCallback(async () => {
    if (!fork || !part) return true
    const ending = part.endDraft(fork, { userId, documentId, epoch }, draftDatabase)
    // The page takes no letters until the next draft is there: they would go nowhere.
    flushSync(() => setFork(null))
    next.current = await ending
    setTurn((before) => before + 1)
    return next.current !== null
  }, [fork, part, userId, documentId, epoch])
  return {
    fork: isOurs ? fork : null,
    isElsewhere: active && lock === 'elsewhere',
    failed: active && !part && late.error ? { error: late.error, onAgain: late.again } : null,
    forget,
  }
}
