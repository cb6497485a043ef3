import type { Editor } from '@tiptap/core'
import { useMemo } from 'react'
import { useStore } from '../base/store.ts'
import { stepsOf } from './undo/undoSteps.ts'

/** `undo`, `redo`, both or neither, as one string. */
export type UndoState = '' | 'undo' | 'redo' | 'undo redo'

/**
 * Asked of the steps themselves: when ProseMirror hears of an undo, what can be redone is not on the stack yet
 * (opencloud-eu/web#3360).
 */
export function useUndo(editor: Editor): { canUndo: boolean; canRedo: boolean } {
  const store = useMemo(
    () => ({
      subscribe: (listener: () => void) =>
        stepsOf(editor)?.subscribe(listener) ?? (() => undefined),
      getSnapshot: () =>
        (['undo', 'redo'] as const)
          .filter((way) => stepsOf(editor)?.can(way))
          .join(' ') as UndoState,
    }),
    [editor],
  )
  const state = useStore(store)
  return { canUndo: state.includes('undo'), canRedo: state.includes('redo') }
}
