import type { EditorView } from '@tiptap/pm/view'

/**
 * The browser reports a moved caret a task later. Whatever draws the page anew in between would put it back where ProseMirror
 * last knew it, and the next key would write there.
 */
export function readCaret(view: EditorView): void {
  if (view.hasFocus() && !view.composing)
    view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}
