import * as Y from 'yjs'
import { ClauseId } from '../base/ids.ts'
import { isClauseLevel } from './clause.ts'
import { repairTable } from './tables/repairTable.ts'
import { attribute, bodyOf } from './yjs.ts'

export type Repair = 'id' | 'level' | 'empty' | 'ragged'

/**
 * Mends what no single update shows and only the merged text can have: two blocks of one id (two people moved a
 * clause at once), a table whose last rows two people deleted or whose rows and columns two people changed, a clause
 * without id or level (somebody took back what two had set at once).
 * It says nobody's name: who made a block is not who left it so, and anybody can take the id off another's clause.
 * Of one id the first in document order that was written with it keeps it: another one was only given it later, as when
 * words are joined into an empty clause. Whatever else a text may not hold is refused at the door.
 * @param newId makes ids that no block has
 */
export function repairBody(doc: Y.Doc, newId: () => string): Repair[] {
  const repairs: Repair[] = []
  const body = bodyOf(doc)
  doc.transact(() => {
    for (const block of elementsOf(body)) {
      if (block.nodeName !== 'table') continue
      if (repairTable(block)) repairs.push('ragged')
      if (!fillTable(block, repairs)) deleteFrom(body, block)
    }
    const blocks = elementsOf(body)
    const keepers = keepersOf(blocks)
    for (const block of blocks) {
      if (keepers.get(attribute(block, 'id')) !== block) {
        block.setAttribute('id', newId())
        repairs.push('id')
      }
      if (block.nodeName !== 'clause' || isClauseLevel(attribute(block, 'level'))) continue
      block.setAttribute('level', 'text')
      repairs.push('level')
    }
  })
  return repairs
}

/** Which block each id that may be one belongs to. */
function keepersOf(blocks: readonly Y.XmlElement[]): Map<unknown, Y.XmlElement> {
  const keepers = new Map<unknown, Y.XmlElement>()
  for (const block of blocks) {
    const id = attribute(block, 'id')
    if (typeof id !== 'string' || !ClauseId.safeParse(id).success) continue
    const first = keepers.get(id)
    if (!first || (!isWrittenWithId(first) && isWrittenWithId(block))) keepers.set(id, block)
  }
  return keepers
}

/** Yjs keeps the places of the values before one, deleted as they are. */
const isWrittenWithId = (block: Y.XmlElement): boolean => block._map.get('id')?.left === null

/** Every cell gets a paragraph. @returns false when the table has no row left */
function fillTable(table: Y.XmlElement, repairs: Repair[]): boolean {
  const mended = () => repairs.push('empty')
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
