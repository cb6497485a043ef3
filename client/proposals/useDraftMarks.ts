import { useEffect } from 'react'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import { NO_MARKS } from '../clauses/suggest/markSource.ts'
import { useMarkWords } from './useMarkWords.ts'

/** Shows on the page of a draft what differs from the shared text. @param handle of the editor on the draft */
export function useDraftMarks(
  handle: EditorHandle | null,
  fork: Fork | null,
  shown: boolean,
): void {
  const words = useMarkWords()
  useEffect(() => {
    if (!handle || !fork || handle.editor.isDestroyed) return
    const marks = handle.editor.storage.suggestionMarks.shown
    if (!shown) {
      marks.set({ source: NO_MARKS, words: null })
      return
    }
    let base: unknown = null
    const show = () => {
      const { base: now } = fork.drafts.getSnapshot()
      if (now === base || handle.editor.isDestroyed) return
      base = now
      marks.set({ source: { kind: 'draft', base: now, movesOn: fork.movesOn }, words })
    }
    show()
    return fork.drafts.subscribe(show)
  }, [handle, fork, shown, words])
}
