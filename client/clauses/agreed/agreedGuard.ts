import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { heldClauses } from '../../../shared/agreements/heldClauses.ts'
import { REFERENCE } from '../../../shared/clauses/reference.ts'
import { type HeldEdit, heldEdit } from './heldEdit.ts'

/** What has not been done, since it would have taken the agreement from these clauses. */
export type Held = {
  clauseIds: readonly string[]
  /** Does it in the shared text. */
  edit: HeldEdit
  /** Does it in a draft; null where that has other ways. */
  draft: HeldEdit | null
}

/** What the desk knows of agreement, for an editor of the shared text. */
export type AgreedWatch = {
  /** Whether the clause's present words are agreed, and nobody has chosen to edit them all the same. */
  isHeld(clauseId: string): boolean
  /** Asks the author. */
  onHeld(held: Held): void
}

declare module '@tiptap/core' {
  interface Storage {
    agreedGuard: { watch: AgreedWatch | null }
  }
}

/**
 * Words to which the agencies have agreed are not changed by a stray key: whatever would change them, typed, composed,
 * pasted, dropped or deleted, is kept aside, and its author is asked. Undo passes: it takes back only what is one's own.
 */
export const AgreedGuard = Extension.create({
  name: 'agreedGuard',
  addStorage: (): { watch: AgreedWatch | null } => ({ watch: null }),
  addProseMirrorPlugins() {
    const { storage } = this
    let page: EditorView | null = null
    return [
      new Plugin({
        key: new PluginKey('agreedGuard'),
        filterTransaction(tr, { doc }) {
          const { watch } = storage
          if (!watch || !tr.docChanged || isChangeOrigin(tr)) return true
          const [before, after] = changedWords(doc, tr.doc)
          const held = heldClauses(before, after, watch.isHeld)
          if (held.length === 0) return true
          const edit = heldEdit(tr)
          // Behind the dispatch: whoever is asked may take this editor away.
          queueMicrotask(() => {
            if (page) endComposition(page)
            watch.onHeld({ clauseIds: held, edit, draft: edit })
          })
          return false
        },
        view(view) {
          page = view
          return {
            destroy() {
              page = null
            },
          }
        },
      }),
    ]
  },
})

/**
 * The question takes the focus, so nothing is composed any further. An editor that were not told would take every later
 * key for a part of it.
 */
function endComposition(view: EditorView): void {
  if (!view.composing) return
  view.dom.blur()
  if (view.composing) view.dom.dispatchEvent(new CompositionEvent('compositionend'))
}

/** Words by clause id before and after, of the blocks that are not the very same. */
function changedWords(before: Node, after: Node): [Map<string, string>, Map<string, string>] {
  const same = new Set(after.children)
  const kept = new Set(before.children)
  const words = (blocks: readonly Node[]) =>
    new Map(blocks.map((block) => [String(block.attrs.id), wordsOf(block)]))
  return [
    words(before.children.filter((block) => !same.has(block))),
    words(after.children.filter((block) => !kept.has(block))),
  ]
}

/** Letters and references, paragraph by paragraph; nothing of how they look. */
function wordsOf(block: Node): string {
  const words: unknown[] = []
  block.descendants((node) => {
    if (node.isTextblock) words.push('\n')
    if (!node.isText) return
    const reference = node.marks.find(({ type }) => type.name === REFERENCE)
    if (reference) words.push(reference.attrs)
    else if (typeof words.at(-1) === 'string') words.push(`${words.pop()}${node.text ?? ''}`)
    else words.push(node.text ?? '')
  })
  return JSON.stringify(words)
}
