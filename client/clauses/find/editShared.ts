import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { asOneStep } from '../paste/asOneStep.ts'

/** The shared text behind an editor. */
export function docOf(view: EditorView): Y.Doc {
  const doc = ySyncPluginKey.getState(view.state)?.doc as Y.Doc | undefined
  if (!doc) throw new Error('an editor without a shared text')
  return doc
}

/**
 * Changes the shared text itself, as one step of one's own to undo. The editor would write whole stretches anew, and
 * over what others type between two changes.
 * @returns null, and nothing has changed, in an editor that is only read: what it shows is a copy
 */
export function editShared<T>(view: EditorView, edit: (doc: Y.Doc) => T): T | null {
  if (!view.editable) return null
  const doc = docOf(view)
  let result: T | undefined
  asOneStep(view, () => {
    result = doc.transact(() => edit(doc), ySyncPluginKey)
  })
  return result as T
}
