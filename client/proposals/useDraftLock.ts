import { useEffect, useState } from 'react'
import type { DraftKey } from '../clauses/suggest/draftDatabase.ts'
import { tabLocks } from '../sync/tabLocks.ts'

/** The page before a reload lets go within moments; another tab does not. */
const ELSEWHERE_MS = 500

/**
 * Two tabs at one draft would each send it, and neither would know what the other has done: only one has it at a time.
 * @returns `elsewhere` while another tab has it; it becomes `held` when that one lets go
 */
export function useDraftLock(
  { userId, documentId, epoch }: DraftKey,
  wanted: boolean,
): 'asked' | 'held' | 'elsewhere' {
  const [state, setState] = useState<'asked' | 'held' | 'elsewhere'>('asked')
  useEffect(() => {
    if (!wanted) return
    const asking = new AbortController()
    let letGo: (() => void) | null = null
    const timer = setTimeout(() => setState('elsewhere'), ELSEWHERE_MS)
    void tabLocks
      .whenGone(`draft ${userId} ${documentId} ${epoch}`, asking.signal)
      .then((release) => {
        clearTimeout(timer)
        if (asking.signal.aborted) return release?.()
        letGo = release
        setState('held')
      })
    return () => {
      asking.abort()
      clearTimeout(timer)
      letGo?.()
      setState('asked')
    }
  }, [userId, documentId, epoch, wanted])
  return state
}
