import { Extension } from '@tiptap/core'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

/** What of y-tiptap's binding is taken hold of; see {@link SmallChanges}. */
type Binding = {
  type: Y.XmlFragment
  prosemirrorView: Pick<EditorView, 'state'>
  mapping: Map<unknown, Node | Node[]>
  _tr: Transaction
  _isLocalCursorInView(): boolean
}

/**
 * One letter of somebody else changes one letter of the page. For each of their letters y-tiptap 3.0.9 makes every node
 * of the document anew, puts the new document in place of the old, and has the browser lay it out to see whether one's
 * caret is in view: with ten others writing in a hundred Điều the page does nothing else any more. Here it keeps the
 * nodes that did not change (those that did it forgets by itself), and replaces what differs.
 */
export const SmallChanges = Extension.create({
  name: 'smallChanges',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('smallChanges'),
      view: ({ state }) => {
        const binding = (ySyncPluginKey.getState(state) as { binding: Binding }).binding
        binding.mapping.clear = () => undefined
        // Nothing scrolls to one's caret because others write (bindEditor).
        binding._isLocalCursorInView = () => false
        Object.defineProperty(binding, '_tr', { get: () => narrowed(binding) })
        return {}
      },
    }),
  ],
})

/** A transaction that makes a replacement of the whole document as small as it can be. */
export function narrowed(binding: Omit<Binding, '_tr' | '_isLocalCursorInView'>): Transaction {
  const tr = binding.prosemirrorView.state.tr.setMeta('addToHistory', false)
  const replace = tr.replace.bind(tr)
  tr.replace = (from, to = from, slice = Slice.empty) => {
    const isWhole = from === 0 && to === tr.doc.content.size && slice.openStart === 0
    if (!isWhole || slice.openEnd !== 0) return replace(from, to, slice)
    const change = smallestChange(tr.doc, slice.content)
    if (change) replace(change.from, change.to, change.slice)
    noteNodes(binding.mapping, binding.type, tr.doc)
    return tr
  }
  return tr
}

/**
 * By identity y-tiptap knows which node a part of the shared text is: it has to be the one on the page, and not an
 * equal one that it has just made. Else Enter above would put a clause into the next one's place in the shared text.
 */
function noteNodes(mapping: Binding['mapping'], type: Y.XmlFragment, node: Node): void {
  const parts = type.toArray() as unknown[]
  if (node.isTextblock) {
    if (parts.length === 1 && node.childCount > 0) mapping.set(parts[0], [...node.children])
    return
  }
  if (parts.length !== node.childCount) return
  for (const [index, part] of parts.entries()) {
    const child = node.child(index)
    if (mapping.get(part) === child) continue
    mapping.set(part, child)
    if (part instanceof Y.XmlElement) noteNodes(mapping, part, child)
  }
}

export type SmallestChange = { from: number; to: number; slice: Slice }

/** What turns `before` into a document with the content `after`: some letters of one block, or whole blocks. */
export function smallestChange(before: Node, after: Fragment): SmallestChange | null {
  const old = before.content
  const most = Math.min(old.childCount, after.childCount)
  let start = 0
  let from = 0
  while (start < most && isSame(old.child(start), after.child(start))) {
    from += old.child(start).nodeSize
    start += 1
  }
  let same = 0
  let to = old.size
  const last = (content: Fragment) => content.child(content.childCount - 1 - same)
  while (same < most - start && isSame(last(old), last(after))) {
    to -= last(old).nodeSize
    same += 1
  }
  const gone = old.childCount - start - same
  const come = after.childCount - start - same
  if (gone === 0 && come === 0) return null
  const [one, other] = [old.maybeChild(start), after.maybeChild(start)]
  if (gone === 1 && come === 1 && one?.isTextblock && other && one.sameMarkup(other))
    return smallestTextChange(one.content, other.content, from + 1)
  const blocks = after.content.slice(start, start + come)
  return { from, to, slice: new Slice(Fragment.from(blocks), 0, 0) }
}

const isSame = (one: Node, other: Node) => one === other || one.eq(other)

function smallestTextChange(old: Fragment, now: Fragment, at: number) {
  const from = old.findDiffStart(now, at) ?? at
  const end = old.findDiffEnd(now, at + old.size, at + now.size) ?? { a: from, b: from }
  // "aa" from "aaa": the same letter cannot be of the beginning and of the end.
  const shared = Math.max(0, from - Math.min(end.a, end.b))
  const slice = new Slice(now.cut(from - at, end.b + shared - at), 0, 0)
  return { from, to: end.a + shared, slice }
}
