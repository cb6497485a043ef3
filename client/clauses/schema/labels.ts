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
 * when the blocks or their levels are other ones; a letter only moves what stands behind it.
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
          apply: (tr, shown) => {
            if (!tr.docChanged) return shown
            if (!sameLevels(tr.before, tr.doc)) return labelDecorations(tr.doc, model)
            let isWhole = true
            const moved = shown.map(tr.mapping, tr.doc, {
              onRemove: () => {
                isWhole = false
              },
            })
            return isWhole ? moved : labelDecorations(tr.doc, model)
          },
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

/** Whether letters alone have changed, in some of the blocks. */
function sameLevels(before: Node, now: Node): boolean {
  if (before.childCount !== now.childCount) return false
  return before.children.every((block, index) => {
    const other = now.child(index)
    return block === other || (block.type === other.type && levelOf(block) === levelOf(other))
  })
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
