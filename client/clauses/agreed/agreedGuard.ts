import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { heldClauses } from '../../../shared/agreements/heldClauses.ts'
import { REFERENCE } from '../../../shared/clauses/reference.ts'

/** What has not been done, since it would have taken the agreement from these clauses. */
export type Held = { clauseIds: readonly string[]; tr: Transaction }

/** What the desk knows of agreement, for an editor of the shared text. */
export type AgreedWatch = {
  /** Clauses whose present words are agreed, and that nobody here has chosen to edit all the same. */
  held(): ReadonlySet<string>
  onHeld(held: Held): void
}

declare module '@tiptap/core' {
  interface Storage {
    agreedGuard: { watch: AgreedWatch | null }
  }
}

/** Of a transaction whose author was told before what it changes. */
const KNOWINGLY = 'knowingly'
export const knowingly = (tr: Transaction): Transaction => tr.setMeta(KNOWINGLY, true)

/**
 * Words to which the agencies have agreed are not changed by a stray key (UX-31): whatever would change them, typed, composed,
 * pasted, dropped or deleted, is held and given to the desk. Words are compared letter by letter, which is stricter than what
 * positions count. Undo passes: it takes back only what is one's own; so do acts on the whole text, as to replace all.
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
          if (!watch || !tr.docChanged || isChangeOrigin(tr) || tr.getMeta(KNOWINGLY)) return true
          const agreed = watch.held()
          if (agreed.size === 0) return true
          const [before, after] = changedWords(doc, tr.doc)
          const clauseIds = heldClauses(before, after, agreed)
          if (clauseIds.length === 0) return true
          // Behind the dispatch: the desk takes this editor away.
          queueMicrotask(() => {
            if (page) endComposition(page)
            watch.onHeld({ clauseIds, tr })
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

/** Another editor takes over. One that were not told would take every later key for a part of what is composed. */
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
