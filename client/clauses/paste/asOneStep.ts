import type { EditorView } from '@tiptap/pm/view'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { UndoManager } from 'yjs'

/** Whatever `act` changes is undone by itself, apart from what was typed just before and after. */
export function asOneStep(view: EditorView, act: () => void): void {
  const { undoManager } = (yUndoPluginKey.getState(view.state) ?? {}) as {
    undoManager?: UndoManager
  }
  undoManager?.stopCapturing()
  act()
  undoManager?.stopCapturing()
}
