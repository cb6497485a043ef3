import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { readCaret } from '../../sync/readCaret.ts'

/** A page that gets the focus shows any caret at first; ProseMirror puts its own there after 20 ms. */
const SETTLE_MS = 25

/** What is selected on the page is read before a key acts on it: the browser tells the editor of it a task later. */
export const UnreadCaret = Extension.create({
  name: 'unreadCaret',
  priority: 1_000,
  addProseMirrorPlugins() {
    let isSettling = false
    return [
      new Plugin({
        key: new PluginKey('unreadCaret'),
        props: {
          handleDOMEvents: {
            focus() {
              isSettling = true
              setTimeout(() => {
                isSettling = false
              }, SETTLE_MS)
              return false
            },
            keydown(view) {
              if (!isSettling) readCaret(view)
              return false
            },
          },
        },
      }),
    ]
  },
})
