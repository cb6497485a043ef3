import type { EditorView } from '@tiptap/pm/view'

/**
 * The browser reports a moved caret a task later, and ProseMirror reads it then. Whatever draws the page anew in between would
 * put it back where it was known last, and the next key would write there.
 */
export function readCaret(view: EditorView): void {
  if (view.hasFocus() && !view.composing)
    view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}
