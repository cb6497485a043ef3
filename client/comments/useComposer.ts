import { type KeyboardEvent, useState } from 'react'
import { type ChosenName, storeNames } from '../../shared/comments/mentions.ts'

export type Composer = ReturnType<typeof useComposer>

/**
 * Ctrl+Enter posts; Escape closes at once when nothing was typed, and asks first otherwise (UX-40).
 * @param post gets what is stored: names that were chosen as ids
 */
export function useComposer(
  post: (stored: string) => void,
  leave: () => void,
  start: { text: string; chosen: readonly ChosenName[] } = { text: '', chosen: [] },
) {
  const [text, setText] = useState(start.text)
  const [chosen, setChosen] = useState(start.chosen)
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
  const choose = (name: ChosenName) => setChosen((before) => [...before, name])
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
