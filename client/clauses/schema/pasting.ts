import { Extension } from '@tiptap/core'
import { Fragment, type Node, type ResolvedPos, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'

/**
 * What comes in by paste or drop gets new ids (the ids plugin makes them) and composed letters: "ế" may arrive as
 * three code points. Blocks take the kind that their new place has room for.
 */
export const Pasting = Extension.create({
  name: 'pasting',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('pasting'),
        props: {
          transformPastedHTML: (html) => html.normalize('NFC'),
          transformPastedText: (text) => text.normalize('NFC'),
          transformPasted: (slice, view) => {
            const cell = inCell(view.state.selection.$from)
            return new Slice(adapt(slice.content, cell), slice.openStart, slice.openEnd)
          },
          clipboardTextParser: (text, $context) => {
            const { clause, paragraph } = $context.doc.type.schema.nodes
            const type = inCell($context) ? paragraph : clause
            if (!type) return Slice.empty
            const attrs = inCell($context) ? null : { level: $context.parent.attrs.level ?? 'text' }
            const marks = $context.marks()
            const blocks = text
              .split(/(?:\r\n?|\n)+/)
              .map((line) => type.create(attrs, line === '' ? [] : type.schema.text(line, marks)))
            return new Slice(Fragment.from(blocks), 1, 1)
          },
        },
      }),
    ]
  },
})

const inCell = ($pos: ResolvedPos) => $pos.depth > 1

function adapt(content: Fragment, cell: boolean): Fragment {
  const blocks: Node[] = []
  content.forEach((node) => {
    const { clause, paragraph } = node.type.schema.nodes
    const kind = node.type.name
    if (kind === 'clause' && cell && paragraph) blocks.push(paragraph.create(null, node.content))
    else if (kind === 'paragraph' && !cell && clause) blocks.push(clause.create(null, node.content))
    else if (kind === 'clause' || kind === 'table')
      blocks.push(node.type.create({ ...node.attrs, id: null }, node.content))
    else blocks.push(node)
  })
  return Fragment.from(blocks)
}
