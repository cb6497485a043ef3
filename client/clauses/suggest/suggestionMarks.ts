import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { DecorationSet, type EditorView } from '@tiptap/pm/view'
import { type SettableStore, settableStore } from '../../base/store.ts'
import { type MarkSource, type MarkWords, NO_MARKS } from './markSource.ts'
import { draftMarks, proposedMarks } from './pageMarks.ts'

type Shown = { source: MarkSource; words: MarkWords | null }

declare module '@tiptap/core' {
  interface Storage {
    suggestionMarks: { shown: SettableStore<Shown> }
  }
}

const NOTHING: Shown = { source: NO_MARKS, words: null }
const key = new PluginKey<DecorationSet>('suggestionMarks')

/**
 * Shows proposals in the text, as a word diff that stands beside the words and never in them. While letters are being
 * composed the marks stay as they are: drawn anew they would end the composition.
 */
export const SuggestionMarks = Extension.create<object, { shown: SettableStore<Shown> }>({
  name: 'suggestionMarks',
  addStorage: () => ({ shown: settableStore<Shown>(NOTHING) }),
  addProseMirrorPlugins() {
    const { shown } = this.storage
    let page: EditorView | null = null
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, { doc }) => marksIn(doc, shown.getSnapshot()),
          apply(tr, marks) {
            const asked = tr.getMeta(key) === true
            if (!asked && !tr.docChanged) return marks
            if (!asked && page?.composing) return marks.map(tr.mapping, tr.doc)
            return marksIn(tr.doc, shown.getSnapshot())
          },
        },
        props: {
          decorations(state) {
            return this.getState(state)
          },
        },
        view(view) {
          page = view
          const anew = () => {
            if (!view.isDestroyed && !view.composing)
              view.dispatch(view.state.tr.setMeta(key, true))
          }
          // Behind the editor's own end of the composition.
          const onEnd = () => requestAnimationFrame(anew)
          view.dom.addEventListener('compositionend', onEnd)
          const stop = shown.subscribe(anew)
          return {
            destroy() {
              page = null
              view.dom.removeEventListener('compositionend', onEnd)
              stop()
            },
          }
        },
      }),
    ]
  },
})

function marksIn(doc: Node, { source, words }: Shown): DecorationSet {
  if (!words || source.kind === 'none') return DecorationSet.empty
  const marks =
    source.kind === 'draft'
      ? draftMarks(doc, source, words)
      : proposedMarks(doc, source.proposals, words)
  return DecorationSet.create(doc, marks)
}
