import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { RelativePosition } from 'yjs'
import { undoManagerOf } from './undoManager.ts'

type Kept = { anchor: RelativePosition | null; head: RelativePosition | null }
type Popped = { stackItem: { meta: Map<unknown, unknown> } }

/**
 * The caret goes back to where it was when the undone change was made (UX-61). y-tiptap keeps that place, but hears of
 * an undo only when it is over: it would put the caret there at the next change of somebody else.
 */
export const UndoCaret = Extension.create({
  name: 'undoCaret',
  // After Collaboration, whose listener must run first.
  priority: 900,
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('undoCaret'),
      view(view) {
        const manager = undoManagerOf(view.state)
        const onPopped = ({ stackItem }: Popped) => putCaret(view, stackItem.meta)
        manager?.on('stack-item-popped', onPopped)
        return { destroy: () => manager?.off('stack-item-popped', onPopped) }
      },
    }),
  ],
})

function putCaret(view: EditorView, meta: ReadonlyMap<unknown, unknown>): void {
  const sync = ySyncPluginKey.getState(view.state)
  const binding = sync?.binding
  const kept = meta.get(binding) as Kept | undefined
  if (!binding || !kept?.anchor || !kept.head) return
  binding.beforeTransactionSelection = null
  const find = (place: RelativePosition) =>
    relativePositionToAbsolutePosition(sync.doc, sync.type, place, binding.mapping)
  const [anchor, head] = [find(kept.anchor), find(kept.head)]
  const { doc, tr } = view.state
  if (anchor === null || head === null || Math.max(anchor, head) > doc.content.size) return
  const selection = TextSelection.between(doc.resolve(anchor), doc.resolve(head))
  view.dispatch(tr.setSelection(selection).scrollIntoView())
}
