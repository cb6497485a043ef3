import { type RefObject, useEffect, useState } from 'react'
import type { EditorHandle } from '../clauses/editorHandle.ts'

/** Px below the top of the page's window: the toolbar ends above it, and where one reads begins. */
const READING_LINE = 120
/** By these a hand scrolls. What the desk itself scrolls to is the current clause already. */
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * The clause at the top of the screen while somebody scrolls (UX-03); null from then on where the caret moves or a
 * clause is chosen, which says more of where one is.
 */
export function useReading(
  scroller: RefObject<HTMLElement | null>,
  handle: EditorHandle | null,
  current: string | null,
): string | null {
  const [reading, setReading] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew with each current clause
  useEffect(() => {
    const element = scroller.current
    if (!element || !handle) return
    setReading(null)
    let byHand = false
    let frame = 0
    const onHand = () => {
      byHand = true
    }
    const look = () => {
      frame = 0
      if (handle.editor.isDestroyed) return
      setReading(clauseAt(handle, element.getBoundingClientRect().top + READING_LINE))
    }
    const onScroll = () => {
      if (byHand) frame ||= requestAnimationFrame(look)
    }
    for (const event of BY_HAND) element.addEventListener(event, onHand, { passive: true })
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      for (const event of BY_HAND) element.removeEventListener(event, onHand)
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, handle, current])
  return reading
}

/** The last block that begins above this height of the window; the first where none does. */
function clauseAt({ editor, clausePositions }: EditorHandle, y: number): string | null {
  const top = y - (editor.view.dom.offsetParent?.getBoundingClientRect().top ?? 0)
  let found: string | null = null
  for (const [id, place] of clausePositions.getSnapshot()) {
    if (found !== null && place.top > top) break
    found = id
  }
  return found
}
