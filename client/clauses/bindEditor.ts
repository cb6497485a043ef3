import { Editor } from '@tiptap/core'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Transaction } from 'yjs'
import { bodyProblems, problemsOfChange } from '../../shared/clauses/bodyProblems.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { paceRemoteText } from '../sync/paceRemoteText.ts'
import { readingCopy } from './readingCopy.ts'
import { type EditorOptions, editorExtensions } from './schema/editorExtensions.ts'

/** Ids alone may be wrong: an editor leaves a missing or doubled id as it is until somebody writes. */
const HARMLESS: readonly string[] = ['missing-id', 'duplicate-id', 'foreign-root']

/**
 * Whether an editor of this version may be bound to the text. Binding deletes what the schema does not know, for
 * everybody and even when it is read-only (y-prosemirror#39).
 */
export const isBindable = ({ doc }: Pick<DocumentConnection, 'doc'>): boolean =>
  bodyProblems(doc).every(({ problem }) => HARMLESS.includes(problem))

export type Binding = EditorOptions & {
  element: HTMLElement
  label: string
  /** Who does not write is bound to a copy. */
  writes: boolean
  /** Something came that this version does not know; the editor has let go of the text before it could delete it. */
  onUnknown(): void
}

/**
 * An editor on a document that is loaded and {@link isBindable}.
 * @returns with what takes it down again
 */
export function bindEditor(
  connection: Pick<DocumentConnection, 'doc' | 'awareness' | 'documentId' | 'provider'>,
  { element, label, writes, onUnknown, ...options }: Binding,
): { editor: Editor; unbind(): void } {
  const copy = writes ? null : readingCopy(connection.doc)
  const doc = copy?.doc ?? connection.doc
  const { awareness, documentId } = connection
  // Room for the toolbar that lies over the top of the page, and for the bar of a draft at its foot.
  const covered = { top: 96, bottom: options.draft ? 192 : 48 }
  const editor = new Editor({
    element,
    extensions: editorExtensions({ doc, awareness, documentId }, options),
    editable: false,
    // Its rules are in page.css: the page allows no style element made by a script.
    injectCSS: false,
    enableCoreExtensions: { delete: false, drop: false, paste: false, textDirection: false },
    editorProps: {
      attributes: {
        class: 'page-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        lang: 'vi',
        spellcheck: 'false',
        // Where the focus goes when what had it is gone.
        'data-home': '',
        // A page that turns read-only keeps the focus, so that the next key can be answered with the reason.
        tabindex: '0',
      },
      handleDOMEvents: {
        'take-focus': (view, event) => {
          event.preventDefault()
          // By the editor where it can: the browser would put the caret at the start of the text.
          if (view.editable) view.focus()
          else view.dom.focus({ preventScroll: true })
          return true
        },
      },
      scrollMargin: { ...covered, left: 0, right: 0 },
      scrollThreshold: { ...covered, left: 0, right: 0 },
      handleScrollToSelection: (view) => {
        const sync = ySyncPluginKey.getState(view.state)
        // y-tiptap scrolls to one's own caret at each change of the others (tiptap#7302).
        return sync?.isChangeOrigin === true && sync.isUndoRedoOperation !== true
      },
    },
  })
  const release = paceRemoteText(connection.provider, editor.view)
  let bound = true
  const unbind = () => {
    if (!bound) return
    bound = false
    doc.off('beforeObserverCalls', lookAtChange)
    release()
    editor.destroy()
    copy?.stop()
  }
  const lookAtChange = (transaction: Transaction) => {
    if (transaction.local || problemsOfChange(transaction).length === 0) return
    unbind()
    onUnknown()
  }
  doc.on('beforeObserverCalls', lookAtChange)
  return { editor, unbind }
}
