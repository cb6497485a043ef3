import type { Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { useMemo } from 'react'
import type { UndoManager } from 'yjs'
import { useStore } from '../base/store.ts'

/** `undo`, `redo`, both or neither, as one string. */
export type UndoState = '' | 'undo' | 'redo' | 'undo redo'

export const undoManagerOf = ({ state }: Editor): UndoManager | undefined =>
  (yUndoPluginKey.getState(state) as { undoManager: UndoManager } | undefined)?.undoManager

/**
 * Asked of the manager itself: when ProseMirror hears of an undo, what can be redone is not on the stack yet
 * (opencloud-eu/web#3360).
 */
export function useUndo(editor: Editor): { canUndo: boolean; canRedo: boolean } {
  const store = useMemo(() => {
    const manager = undoManagerOf(editor)
    const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const
    return {
      subscribe(listener: () => void) {
        for (const event of events) manager?.on(event, listener)
        return () => {
          for (const event of events) manager?.off(event, listener)
        }
      },
      getSnapshot: () =>
        [
          (manager?.undoStack.length ?? 0) > 0 ? 'undo' : '',
          (manager?.redoStack.length ?? 0) > 0 ? 'redo' : '',
        ]
          .filter(Boolean)
          .join(' ') as UndoState,
    }
  }, [editor])
  const state = useStore(store)
  return { canUndo: state.includes('undo'), canRedo: state.includes('redo') }
}
