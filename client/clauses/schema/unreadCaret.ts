import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { readCaret } from '../../sync/readCaret.ts'

/**
 * A caret that the browser has moved and the editor has not read yet is read first: before a key acts on what is selected, and
 * before marks or the carets of others draw the page anew.
 */
export const UnreadCaret = Extension.create({
  name: 'unreadCaret',
  priority: 1_000,
  dispatchTransaction({ transaction, next }) {
    const { view } = this.editor
    if (!isDrawingOnly(transaction)) return next(transaction)
    const before = view.state
    readCaret(view)
    next(view.state === before ? transaction : again(transaction, view))
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('unreadCaret'),
      props: {
        handleDOMEvents: {
          keydown(view) {
            readCaret(view)
            return false
          },
        },
      },
    }),
  ],
})

/** Neither words nor the selection change, and nobody comes or goes: a page that gets the focus gets its old caret too. */
const isDrawingOnly = (tr: Transaction): boolean =>
  !tr.docChanged &&
  !tr.selectionSet &&
  !tr.storedMarksSet &&
  tr.getMeta('focus') === undefined &&
  tr.getMeta('blur') === undefined

/** The same on the state as it is now. */
function again(transaction: Transaction, view: EditorView): Transaction {
  const { tr } = view.state
  const { meta } = transaction as unknown as { meta: Record<string, unknown> }
  for (const [key, value] of Object.entries(meta)) tr.setMeta(key, value)
  return tr.setTime(transaction.time)
}
