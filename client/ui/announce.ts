import { useEffect } from 'react'
import { settableStore } from '../base/store.ts'

/** What is being said; said again, it is another object. */
export const spoken = settableStore<{ text: string }>({ text: '' })

/** What happens within this time is one event; its last sentence is the one worth hearing, and then how things stand. */
const GATHER_MS = 150
let timer: ReturnType<typeof setTimeout> | undefined
let waiting: { event?: string; state?: string } = {}

/** Says a sentence to who listens to the page instead of looking at it, once they have heard what they are hearing. */
export const announce = (event: string): void => say({ event })

/** The same for how things stand, as whether all is saved: it takes no event of the same moment's place. */
export const announceState = (state: string): void => say({ state })

function say(what: typeof waiting): void {
  waiting = { ...waiting, ...what }
  clearTimeout(timer)
  timer = setTimeout(() => {
    const { event, state } = waiting
    waiting = {}
    const text = [event, state].filter(Boolean).join(event?.endsWith('.') ? ' ' : '. ')
    spoken.set({ text })
  }, GATHER_MS)
}

/** Announces a text that stands on the page, when it comes and when it changes; null while there is none. */
export function useAnnounced(text: string | null): void {
  useEffect(() => {
    if (text !== null) announce(text)
  }, [text])
}
