import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { idFromBytes } from '../../../shared/base/ids.ts'

export const newClauseId = () => idFromBytes(crypto.getRandomValues(new Uint8Array(64)))

/**
 * Gives every block its permanent id. Own changes only: what comes from the server is left as it is, so opening
 * and watching never write (tiptap#2400), and two editors can't answer each other's repairs.
 */
export const ClauseIds = Extension.create({
  name: 'clauseIds',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('clauseIds'),
        appendTransaction: (transactions, before, after) => {
          if (!transactions.some((tr) => tr.docChanged)) return null
          if (transactions.some(isChangeOrigin)) return null
          const tr = giveIds(before.doc, after.doc, after.tr, newClauseId)
          // A step takes away what was chosen for the next letter: bold would end with its clause.
          return tr.docChanged ? tr.setStoredMarks(after.storedMarks) : null
        },
      }),
    ]
  },
})

type Placed = { node: Node; pos: number; id: string | null }

const blocksOf = (doc: Node): Placed[] => {
  const blocks: Placed[] = []
  doc.forEach((node, pos) => {
    const { id } = node.attrs
    blocks.push({ node, pos, id: typeof id === 'string' && id !== '' ? id : null })
  })
  return blocks
}

/** Missing ids are made, new doubles get another one, and an id follows the text that had it. Adds steps to `tr`. */
export function giveIds(before: Node, after: Node, tr: Transaction, newId: () => string) {
  const hadText = new Map<string, boolean>()
  const copies = new Map<string, number>()
  for (const { node, id } of blocksOf(before))
    if (id !== null) {
      hadText.set(id, node.content.size > 0)
      copies.set(id, (copies.get(id) ?? 0) + 1)
    }
  const seen = new Map<string, number>()
  const blocks = blocksOf(after)
  const ids = blocks.map(({ id }) => {
    if (id === null) return null
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    // Doubles that were there before are the server's to part: two editors would part them differently.
    return count > Math.max(copies.get(id) ?? 0, 1) ? null : id
  })
  blocks.forEach(({ node }, index) => {
    const id = ids[index]
    const next = blocks[index + 1]
    if (typeof id !== 'string' || next === undefined || ids[index + 1] !== null) return
    const leftBehind = node.content.size === 0 && hadText.get(id) === true
    if (!leftBehind || next.node.content.size === 0 || next.node.type !== node.type) return
    ids[index] = null
    ids[index + 1] = id
  })
  blocks.forEach(({ pos, node }, index) => {
    const id = ids[index] ?? newId()
    if (id !== node.attrs.id) tr.setNodeAttribute(pos, 'id', id)
  })
  return tr
}
