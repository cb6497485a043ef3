import type { EditorView } from '@tiptap/pm/view'
import { undoManagerOf } from '../schema/undoManager.ts'

/** Whatever `act` changes is undone by itself, apart from what was typed just before and after. */
export function asOneStep(view: EditorView, act: () => void): void {
  const undoManager = undoManagerOf(view.state)
  undoManager?.stopCapturing()
  act()
  undoManager?.stopCapturing()
}
