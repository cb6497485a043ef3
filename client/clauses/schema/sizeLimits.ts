import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { ACT_LIMIT } from '../../../shared/clauses/editTexts.ts'
import { CLAUSE_LIMIT } from '../../../shared/clauses/limits.ts'
import { hasTooManySquares, type Spanned } from '../../../shared/clauses/tables/grid.ts'

export type SizeLimitsOptions = {
  /** Told when a change was not let in; null in a text that only reads. */
  onTooLarge: (() => void) | null
}

/**
 * A change that the server would refuse for its size never enters the shared document: refused there, it would cost
 * the connection and everything typed after it.
 */
export const SizeLimits = Extension.create<SizeLimitsOptions>({
  name: 'sizeLimits',
  addOptions: () => ({ onTooLarge: null }),
  addProseMirrorPlugins() {
    const { onTooLarge } = this.options
    return [
      new Plugin({
        key: new PluginKey('sizeLimits'),
        filterTransaction(tr, { doc }) {
          if (!tr.docChanged || isChangeOrigin(tr) || !isTooLarge(tr, doc)) return true
          onTooLarge?.()
          return false
        },
      }),
    ]
  },
})

const isTooWide = (block: Node): boolean =>
  block.type.name === 'table' &&
  hasTooManySquares(
    block.children.map((row) => ({ cells: row.children.map(({ attrs }) => attrs as Spanned) })),
  )

/** Making a clause shorter is always possible, however long it is. */
export function isTooLarge(tr: Transaction, before: Node): boolean {
  if (tr.doc.content.size - before.content.size > ACT_LIMIT) return true
  const known = new Map(before.children.map((block) => [String(block.attrs.id), block]))
  return tr.doc.children.some((block) => {
    const was = known.get(String(block.attrs.id))
    if (block === was) return false
    const { size } = block.content
    return (size > CLAUSE_LIMIT && size > (was?.content.size ?? 0)) || isTooWide(block)
  })
}
