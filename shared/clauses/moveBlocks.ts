import type * as Y from 'yjs'
import type { Block } from './clause.ts'
import { deleteClause, insertClause } from './yjs.ts'

/**
 * Takes blocks out and writes them behind another, which stands; null puts them first. To Yjs they are new copies.
 * @param blocks by the ids that `uniqueIds` gives them
 */
export function moveBlocks(
  doc: Y.Doc,
  blocks: readonly { id: string; block: Block }[],
  after: string | null,
  origin?: unknown,
): void {
  doc.transact(() => {
    for (const { id } of [...blocks].reverse()) deleteClause(doc, id)
    let place = after
    for (const { id, block } of blocks) {
      if (!insertClause(doc, place, { ...block, id: id as Block['id'] }))
        throw new Error('the place of a moved clause is gone')
      place = id
    }
  }, origin)
}
