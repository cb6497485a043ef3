import { type KeyboardEvent, useState } from 'react'

/** Ctrl+Enter posts; Escape closes at once when nothing was typed, and asks first otherwise (UX-40). */
export function useComposer(post: (text: string) => void, leave: () => void) {
  const [text, setText] = useState('')
  const [asking, setAsking] = useState(false)
  const send = () => {
    if (text.trim() !== '') post(text.trim())
  }
  const stop = () => (text.trim() === '' ? leave() : setAsking(true))
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and Escape belong to the input method while it composes.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      stop()
    }
  }
  return { text, setText, send, stop, onKeyDown, asking, stay: () => setAsking(false) }
}
