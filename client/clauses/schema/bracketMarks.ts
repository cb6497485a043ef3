import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { type Bracket, bracketsIn } from '../../../shared/brackets/bracket.ts'

const key = new PluginKey<DecorationSet>('bracketMarks')

/** Shows competing wordings as what they are, as one types; the text itself is left alone. */
export const BracketMarks = Extension.create({
  name: 'bracketMarks',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, { doc }) => marksIn(doc),
          apply: (tr, shown) => (tr.docChanged ? marksIn(tr.doc) : shown),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ]
  },
})

/** A text that nobody has touched is the same node, whatever was written around it. */
const known = new WeakMap<Node, readonly Bracket[]>()

function bracketsOf(box: Node): readonly Bracket[] {
  const before = known.get(box)
  if (before) return before
  const found = box.textContent.includes('[') ? bracketsIn(box.textContent) : []
  known.set(box, found)
  return found
}

function marksIn(doc: Node): DecorationSet {
  const marks: Decoration[] = []
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true
    for (const { from, to } of bracketsOf(node))
      marks.push(Decoration.inline(pos + 1 + from, pos + 1 + to, { class: 'bracket' }))
    return false
  })
  return DecorationSet.create(doc, marks)
}
