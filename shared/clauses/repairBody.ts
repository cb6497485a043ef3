import * as Y from 'yjs'
import { ClauseId } from '../base/ids.ts'
import { isClauseLevel } from './clause.ts'
import { repairTable } from './tables/repairTable.ts'
import { attribute, bodyOf } from './yjs.ts'

export type Repair = {
  what: 'id' | 'level' | 'empty' | 'ragged'
  /** ClientID that made the block, where no honest client can have left it so; else null. */
  maker: number | null
}

/**
 * Mends what no single update shows and only the merged text can have: two blocks of one id (two people moved a
 * clause at once), a table whose last rows two people deleted or whose rows and columns two people changed, a clause
 * without id or level (no editor makes one).
 * Of one id the first in document order keeps it. Whatever else a text may not hold is refused at the door.
 * @param newId makes ids that no block has
 */
export function repairBody(doc: Y.Doc, newId: () => string): Repair[] {
  const repairs: Repair[] = []
  const ids = new Set<string>()
  doc.transact(() => {
    for (const block of elementsOf(bodyOf(doc))) {
      if (block.nodeName === 'table') {
        if (repairTable(block)) repairs.push({ what: 'ragged', maker: null })
        if (!fillTable(block, repairs)) {
          deleteFrom(bodyOf(doc), block)
          continue
        }
      }
      const id = attribute(block, 'id')
      const known = typeof id === 'string' && ClauseId.safeParse(id).success
      if (!known || ids.has(id)) {
        block.setAttribute('id', newId())
        repairs.push({ what: 'id', maker: known ? null : makerOf(block) })
      }
      ids.add(String(attribute(block, 'id')))
      if (block.nodeName !== 'clause' || isClauseLevel(attribute(block, 'level'))) continue
      block.setAttribute('level', 'text')
      repairs.push({ what: 'level', maker: makerOf(block) })
    }
  })
  return repairs
}

/** Every cell gets a paragraph. @returns false when the table has no row left */
function fillTable(table: Y.XmlElement, repairs: Repair[]): boolean {
  const mended = () => repairs.push({ what: 'empty', maker: null })
  for (const cell of elementsOf(table).flatMap(elementsOf)) {
    if (cell.length > 0) continue
    cell.insert(0, [new Y.XmlElement('paragraph')])
    mended()
  }
  if (table.length > 0) return true
  mended()
  return false
}

const elementsOf = (parent: Y.XmlFragment): Y.XmlElement[] =>
  (parent.toArray() as unknown[]).filter(
    (child): child is Y.XmlElement => child instanceof Y.XmlElement,
  )

const deleteFrom = (parent: Y.XmlFragment, child: Y.XmlElement) =>
  parent.delete((parent.toArray() as unknown[]).indexOf(child))

const makerOf = (block: Y.XmlElement): number | null => block._item?.id.client ?? null
