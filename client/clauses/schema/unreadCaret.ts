import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { readCaret } from '../../sync/readCaret.ts'

/**
 * A page that gets the focus shows at first whatever caret the browser has; ProseMirror puts its own there by a timer of 20 ms.
 * This one runs out behind that.
 */
const SETTLE_MS = 25

/**
 * A caret that the browser has moved and the editor has not been told of is read first: before a key acts on what is selected,
 * and before marks or the carets of others draw the page anew.
 */
export const UnreadCaret = Extension.create({
  name: 'unreadCaret',
  priority: 1_000,
  addStorage: () => ({ isSettling: false }),
  dispatchTransaction({ transaction, next }) {
    const { view, isDestroyed } = this.editor
    if (isDestroyed || !isDrawingOnly(transaction) || this.storage.isSettling)
      return next(transaction)
    const before = view.state
    readCaret(view)
    next(view.state === before ? transaction : again(transaction, view))
  },
  addProseMirrorPlugins() {
    const { storage } = this
    return [
      new Plugin({
        key: new PluginKey('unreadCaret'),
        props: {
          handleDOMEvents: {
            focus() {
              storage.isSettling = true
              setTimeout(() => {
                storage.isSettling = false
              }, SETTLE_MS)
              return false
            },
            keydown(view) {
              if (!storage.isSettling) readCaret(view)
              return false
            },
          },
        },
      }),
    ]
  },
})

/** Neither words nor the selection change, and nobody comes or goes. */
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
