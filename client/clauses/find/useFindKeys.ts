import type { Editor } from '@tiptap/core'
import { useEffect, useRef } from 'react'

/** F3 and Shift+F3 from anywhere on the desk, while the panel is open and its document on screen. */
export function useFindKeys(editor: Editor, step: (by: 1 | -1) => void) {
  const latest = useRef(step)
  latest.current = step
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'F3' || editor.view.dom.offsetParent === null) return
      event.preventDefault()
      latest.current(event.shiftKey ? -1 : 1)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [editor])
}
