import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

type Binding = {
  doc: Y.Doc
  type: Y.XmlFragment
  mapping: Parameters<typeof relativePositionToAbsolutePosition>[3]
  /** Where the caret was before the change of somebody else. */
  beforeTransactionSelection: Kept | null
}
type Kept = {
  type: string
  anchor: Y.RelativePosition | null
  head: Y.RelativePosition | null
  absAnchor: number
  absHead: number
}

/**
 * The caret stays between its letters whatever others write. y-tiptap 3.0.9 takes any changed words for a moved block
 * and counts anew from the start of the clause: an "x" typed there by somebody else would push the caret one letter
 * back, and the next letter goes before the last.
 */
export const SteadyCaret = Extension.create({
  name: 'steadyCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('steadyCaret'),
      appendTransaction(transactions, before, after) {
        if (!transactions.some(isOfOthers)) return null
        const binding = ySyncPluginKey.getState(after)?.binding as Binding | undefined
        const kept = binding?.beforeTransactionSelection
        if (!binding || kept?.type !== 'text') return null
        const place = (rel: Y.RelativePosition | null, was: number) =>
          rel && placeOf(binding, rel, was, before.doc, after.doc)
        const anchor = place(kept.anchor, kept.absAnchor)
        const head = place(kept.head, kept.absHead)
        if (anchor === null || head === null) return null
        if (Math.max(anchor, head) > after.doc.content.size) return null
        const { doc, tr } = after
        const selection = TextSelection.between(doc.resolve(anchor), doc.resolve(head))
        if (!selection.eq(after.selection)) tr.setSelection(selection)
        // What was chosen for the next letter stays chosen.
        if (before.storedMarks) tr.setStoredMarks(before.storedMarks)
        return tr.selectionSet || tr.storedMarksSet ? tr : null
      },
    }),
  ],
})

type SyncMeta = { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | undefined

function isOfOthers(tr: Transaction): boolean {
  const meta = tr.getMeta(ySyncPluginKey) as SyncMeta
  return meta?.isChangeOrigin === true && meta.isUndoRedoOperation !== true
}

/** Behind the same letter; where that letter is gone, with the words around it if they stand elsewhere now. */
function placeOf(binding: Binding, rel: Y.RelativePosition, was: number, before: Node, now: Node) {
  const there = relativePositionToAbsolutePosition(binding.doc, binding.type, rel, binding.mapping)
  if (there !== null && !isGone(binding.doc, rel)) return there
  return placeInMoved(before, was, now) ?? there
}

function isGone(doc: Y.Doc, { item }: Y.RelativePosition): boolean {
  if (item === null) return false
  const found = Y.getItem(doc.store, item)
  return found instanceof Y.Item && found.deleted
}

/** Enter before the caret moves the rest into a clause of its own, and joining moves all of it: as new letters both. */
function placeInMoved(before: Node, was: number, now: Node): number | null {
  const $was = before.resolve(was)
  const text = $was.parent.isTextblock ? $was.parent.textContent : ''
  if (text === '') return null
  const behind = text.length - $was.parentOffset
  const known = new Set<string>()
  before.descendants((node) => {
    if (node.isTextblock) known.add(node.textContent)
  })
  let found: number | null = null
  now.descendants((node, pos) => {
    if (found !== null || !node.isTextblock) return found === null
    const words = node.textContent
    if (known.has(words) || words.length < behind || words === '') return false
    if (text.endsWith(words)) found = pos + 1 + words.length - behind
    else if (words.includes(text)) found = pos + 1 + words.indexOf(text) + $was.parentOffset
    return false
  })
  return found
}
