import type { EditorHandle } from '../editorHandle.ts'
import { newClauseId } from '../schema/clauseIds.ts'
import { stepsOf } from './undoSteps.ts'

/**
 * An act that the server is about to run for the person goes on the one undo stack under this name, once `end` hears
 * that it is done. Null while this page cannot have acts taken back: the shared text is not being written.
 */
export function beginOwnAct(
  handle: EditorHandle | null,
): { name: string; end(done: boolean): void } | null {
  if (!handle || handle.isDraft || handle.acts.getSnapshot() === null) return null
  const name = newClauseId()
  const end = stepsOf(handle.editor)?.beginAct(name)
  return end ? { name, end } : null
}
