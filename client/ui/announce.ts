import { useEffect } from 'react'
import { settableStore } from '../base/store.ts'

/** What is being said; said again, it is another object. */
export const spoken = settableStore<{ text: string }>({ text: '' })

/** What happens within this time is one event; its last sentence is the one worth hearing. */
const GATHER_MS = 150
let timer: ReturnType<typeof setTimeout> | undefined

/** Says a sentence to who listens to the page instead of looking at it, once they have heard what they are hearing. */
export function announce(text: string): void {
  clearTimeout(timer)
  timer = setTimeout(() => spoken.set({ text }), GATHER_MS)
}

/** Announces a text that stands on the page, when it comes and when it changes; null while there is none. */
export function useAnnounced(text: string | null): void {
  useEffect(() => {
    if (text !== null) announce(text)
  }, [text])
}
