import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { ACT_LIMIT } from '../../../shared/clauses/editTexts.ts'
import { CLAUSE_LIMIT } from '../../../shared/clauses/limits.ts'

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

/** Making a clause shorter is always possible, however long it is. */
export function isTooLarge(tr: Transaction, before: Node): boolean {
  if (tr.doc.content.size - before.content.size > ACT_LIMIT) return true
  const known = new Map<string, number>()
  before.forEach((block) => {
    known.set(String(block.attrs.id), block.content.size)
  })
  let tooLong = false
  tr.doc.forEach((block) => {
    const { size } = block.content
    if (size > CLAUSE_LIMIT && size > (known.get(String(block.attrs.id)) ?? 0)) tooLong = true
  })
  return tooLong
}
