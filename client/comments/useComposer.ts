import { type KeyboardEvent, useState } from 'react'
import { type ChosenName, storeNames } from '../../shared/comments/mentions.ts'

export type Composer = ReturnType<typeof useComposer>

export type Written = { text: string; chosen: readonly ChosenName[] }

export const NOTHING_WRITTEN: Written = { text: '', chosen: [] }

/** What is written now, and a way to change it, where it is kept outside of the form. */
export type Kept = readonly [Written, (change: (before: Written) => Written) => void]

/**
 * Ctrl+Enter posts; Escape closes at once when nothing was typed, and asks first otherwise (UX-40).
 * @param post gets what is stored: names that were chosen as ids
 * @param start what it is to differ from
 * @param kept only for as long as the form is there where absent
 */
export function useComposer(
  post: (stored: string) => void,
  leave: () => void,
  start: Written = NOTHING_WRITTEN,
  kept?: Kept,
) {
  const own = useState(start)
  const [{ text, chosen }, write] = kept ?? own
  const setText = (now: string) => write((before) => ({ ...before, text: now }))
  const [asking, setAsking] = useState(false)
  const isChanged = text.trim() !== start.text.trim()
  const send = () => {
    if (text.trim() !== '') post(storeNames(text.trim(), chosen))
  }
  const stop = () => (isChanged ? setAsking(true) : leave())
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and Escape belong to the input method while it composes.
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      stop()
    }
  }
  const choose = (name: ChosenName) =>
    write((before) => ({ ...before, chosen: [...before.chosen, name] }))
  return {
    text,
    setText,
    choose,
    send,
    stop,
    onKeyDown,
    asking,
    stay: () => setAsking(false),
    isEmpty: text.trim() === '',
  }
}
