import { Editor } from '@tiptap/core'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { bodyProblems } from '../../shared/clauses/bodyProblems.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { holdWhileComposing } from '../sync/holdWhileComposing.ts'
import { type EditorOptions, editorExtensions } from './schema/editorExtensions.ts'

/** Ids alone may be wrong: an editor leaves a missing or doubled id as it is until somebody writes. */
const HARMLESS: readonly string[] = ['missing-id', 'duplicate-id', 'foreign-root']

/**
 * Whether an editor of this version may be bound to the text. Binding deletes what the schema does not know, for
 * everybody and even when it is read-only (y-prosemirror#39).
 */
export const isBindable = ({ doc }: DocumentConnection): boolean =>
  bodyProblems(doc).every(({ problem }) => HARMLESS.includes(problem))

/**
 * An editor on a document that is loaded and {@link isBindable}.
 * @returns with what takes it down again
 */
export function bindEditor(
  connection: DocumentConnection,
  element: HTMLElement,
  label: string,
  options: EditorOptions,
): { editor: Editor; unbind(): void } {
  const editor = new Editor({
    element,
    extensions: editorExtensions(connection, options),
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
        // A page that turns read-only keeps the focus, so that the next key can be answered with the reason.
        tabindex: '0',
      },
      // Room for the toolbar that lies over the top of the page.
      scrollMargin: { top: 96, bottom: 48, left: 0, right: 0 },
      scrollThreshold: { top: 96, bottom: 48, left: 0, right: 0 },
      handleScrollToSelection: (view) => {
        const sync = ySyncPluginKey.getState(view.state)
        // y-tiptap scrolls to one's own caret at each change of the others (tiptap#7302).
        return sync?.isChangeOrigin === true && sync.isUndoRedoOperation !== true
      },
    },
  })
  const release = holdWhileComposing(connection.provider, editor.view)
  return {
    editor,
    unbind() {
      release()
      editor.destroy()
    },
  }
}
