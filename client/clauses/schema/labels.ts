import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import {
  type BlockLevel,
  isClauseLevel,
  type NumberingModel,
} from '../../../shared/clauses/clause.ts'
import { numberBlocks, printedLabel } from '../../../shared/clauses/numbering.ts'

/**
 * Numbers stand beside the text, never in it: `data-label` on the block, printed by the style sheet. Computed anew
 * on every change, since a remote change replaces the whole document in one step and nothing can be mapped.
 */
export const ClauseLabels = Extension.create<{ model: NumberingModel }>({
  name: 'clauseLabels',
  addOptions: () => ({ model: 'articles' as NumberingModel }),
  addProseMirrorPlugins() {
    const { model } = this.options
    return [
      new Plugin<DecorationSet>({
        key: new PluginKey('clauseLabels'),
        state: {
          init: (_, { doc }) => labelDecorations(doc, model),
          apply: (tr, shown) => (tr.docChanged ? labelDecorations(tr.doc, model) : shown),
        },
        props: {
          decorations(state) {
            return this.getState(state)
          },
        },
      }),
    ]
  },
})

export const levelOf = (block: Node): BlockLevel => {
  if (block.type.name === 'table') return 'table'
  const { level } = block.attrs
  return isClauseLevel(level) ? level : 'text'
}

/** Each names its label in its spec. */
export function labelDecorations(doc: Node, model: NumberingModel): DecorationSet {
  const blocks: { node: Node; pos: number }[] = []
  doc.forEach((node, pos) => {
    blocks.push({ node, pos })
  })
  const labels = numberBlocks(
    blocks.map(({ node }) => levelOf(node)),
    model,
  )
  return DecorationSet.create(
    doc,
    blocks.flatMap(({ node, pos }, index) => {
      const label = printedLabel(levelOf(node), labels[index] ?? '', model)
      return label === ''
        ? []
        : [Decoration.node(pos, pos + node.nodeSize, { 'data-label': label }, { label })]
    }),
  )
}
