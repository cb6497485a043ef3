import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { ClauseId } from '../../../shared/base/ids.ts'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { type ClauseReference, REFERENCE_LETTER } from '../../../shared/clauses/reference.ts'
import {
  type Elsewhere,
  nothingElsewhere,
  printSaid,
  type Said,
  sayReferences,
} from '../../../shared/clauses/sayReferences.ts'
import { levelOf } from '../schema/labels.ts'
import { referenceAt, referencesOf } from './referenceMark.ts'

export type ReferenceWords = {
  /** Read out, and shown under the pointer, for one whose clause is gone. */
  broken: string
  /** How to get there. */
  hint: string
}

type Labels = {
  elsewhere: Elsewhere
  say: (reference: ClauseReference) => Said
  shown: DecorationSet
  /** Reached by Tab, for where nobody can put a caret. */
  stops: DecorationSet
}

type Options = { model: NumberingModel; words: ReferenceWords }
type Follow = (reference: ClauseReference) => void

declare module '@tiptap/core' {
  interface Storage {
    referenceLabels: { follow: Follow | null }
  }
}

const key = new PluginKey<Labels>('referenceLabels')

/** How a reference reads in print, by the numbers of now. */
export const sayIn = (state: EditorState) => (reference: ClauseReference) => {
  const labels = key.getState(state)
  return labels ? printSaid(labels.say(reference)) : reference.was
}

/** What references to other documents say from now on. */
export const setElsewhere = (tr: Transaction, elsewhere: Elsewhere) => tr.setMeta(key, elsewhere)

/**
 * Shows what references say beside their letter, never in the text: `data-label`, printed by the style sheet. Ctrl or
 * ⌘ and a click, or Alt+Enter next to it, leads there; where nothing can be written a click or Enter does.
 */
export const ReferenceLabels = Extension.create<Options, { follow: Follow | null }>({
  name: 'referenceLabels',
  // Alt+Enter comes before the keys of clauses.
  priority: 1100,
  addOptions: () => ({
    model: 'articles' as NumberingModel,
    words: { broken: '', hint: '' },
  }),
  addStorage: () => ({ follow: null }),
  addProseMirrorPlugins() {
    const { options, storage } = this
    const follow = (view: EditorView, pos: number): boolean => {
      const reference = referenceAt(view.state.doc, pos)
      if (reference) storage.follow?.(reference)
      return reference !== null
    }
    return [
      new Plugin<Labels>({
        key,
        state: {
          init: (_, { doc }) => labelsOf(doc, nothingElsewhere, options),
          apply(tr, before) {
            const elsewhere = tr.getMeta(key) as Elsewhere | undefined
            if (!tr.docChanged && elsewhere === undefined) return before
            return labelsOf(tr.doc, elsewhere ?? before.elsewhere, options)
          },
        },
        props: {
          decorations: (state) => {
            const labels = key.getState(state)
            return this.editor.isEditable ? labels?.shown : labels?.stops
          },
          handleKeyDown(view, event) {
            const { selection } = view.state
            if (event.key !== 'Enter' || !event.altKey || !selection.empty) return false
            return follow(view, selection.head) || follow(view, selection.head - 1)
          },
          handleDOMEvents: {
            click(view, event) {
              if (view.editable && !event.ctrlKey && !event.metaKey) return false
              return leads(view, event, follow)
            },
            keydown(view, event) {
              if (view.editable || event.key !== 'Enter') return false
              return leads(view, event, follow)
            },
          },
        },
        view(view) {
          measureLetter(view)
          return {}
        },
      }),
    ]
  },
})

function leads(view: EditorView, event: Event, follow: (view: EditorView, pos: number) => boolean) {
  const { target } = event
  const label = target instanceof Element ? target.closest('.reference') : null
  if (!label || !follow(view, view.posAtDOM(label, 0))) return false
  event.preventDefault()
  return true
}

function labelsOf(doc: Node, elsewhere: Elsewhere, { model, words }: Options): Labels {
  const blocks = doc.children.map((node) => ({
    id: typeof node.attrs.id === 'string' ? node.attrs.id : '',
    level: levelOf(node),
  }))
  const say = sayReferences(blocks, model, elsewhere)
  const placed = referencesOf(doc)
  if (placed.length === 0)
    return { elsewhere, say, shown: DecorationSet.empty, stops: DecorationSet.empty }
  const marks = (more: Record<string, string>) =>
    DecorationSet.create(
      doc,
      placed.map(({ pos, reference }) => {
        const said = say(reference)
        const spoken = said.broken ? `${words.broken}: ${said.words}` : said.words
        return Decoration.inline(pos, pos + 1, {
          class: said.broken ? 'reference reference-broken' : 'reference',
          role: 'link',
          'data-label': said.words,
          'aria-label': spoken,
          title: said.broken ? spoken : words.hint,
          ...more,
        })
      }),
    )
  return { elsewhere, say, shown: marks({}), stops: marks({ tabindex: '0' }) }
}

/**
 * The letter itself is not seen but has to be as high as the others, or there is no caret to be seen next to it. So the
 * style sheet takes away its width, which depends on the font that this browser has for it.
 */
function measureLetter(view: EditorView): void {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return
  context.font = `100px ${getComputedStyle(view.dom).fontFamily}`
  const { width } = context.measureText(REFERENCE_LETTER)
  view.dom.style.setProperty('--reference-letter', `${width / 100}`)
}

/** Targets in other documents, each once. */
export function elsewhereNamed(doc: Node): string[] {
  const named = referencesOf(doc).flatMap(({ reference: { document, clause } }) =>
    document === null ? [] : [`${document} ${clause}`],
  )
  return [...new Set(named)].sort()
}

/** Blocks outside of these that refer to them, in this document. */
export const citingHere = (doc: Node, ids: ReadonlySet<string>): ClauseId[] => [
  ...new Set(
    referencesOf(doc)
      .filter(
        ({ blockId, reference: { document, clause } }) =>
          document === null && ids.has(clause) && !ids.has(blockId),
      )
      .map(({ blockId }) => blockId as ClauseId),
  ),
]
