import type { EditorView } from '@tiptap/pm/view'

/** What ProseMirror keeps to itself: the selection that it wrote to the page or read there last, and when it got the focus. */
type Known = {
  domObserver: { currentSelection: { eq(range: unknown): boolean } }
  domSelectionRange(): { focusNode: Node | null }
  input: { lastFocus: number; lastTouch: number; lastClick: { time: number } }
}

/** A page that gets the focus by itself shows any caret at first; ProseMirror puts its own there after 20 ms. */
const SETTLE_MS = 60
/** By a hand it gets it where the hand is. */
const HAND_MS = 300

/** Whether somebody has moved the caret and the editor has not read it: the browser reports it a task later. */
function hasUnreadCaret(view: EditorView): boolean {
  if (!view.hasFocus() || view.composing) return false
  const known = view as unknown as Known
  const { lastFocus, lastTouch, lastClick } = known.input
  const byHand = Date.now() - Math.max(lastTouch, lastClick.time) < HAND_MS
  if (!byHand && Date.now() - lastFocus < SETTLE_MS) return false
  const shown = known.domSelectionRange()
  return view.dom.contains(shown.focusNode) && !known.domObserver.currentSelection.eq(shown)
}

/**
 * Whatever draws the page anew before the browser's report would put the caret back where it was known last, and the next key
 * would write there.
 */
export function readCaret(view: EditorView): void {
  if (hasUnreadCaret(view)) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}
