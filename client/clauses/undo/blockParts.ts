import * as Y from 'yjs'
import { holdsId, type Span } from './idSpans.ts'

// biome-ignore lint/suspicious/noExplicitAny: events of a type are of its own kind
type AnyType = Y.AbstractType<any>

/** Letters that were deleted before, standing behind so many of those that count. */
export type DeadPiece = { at: number; item: Y.Item }

/** The text of a clause, or of one paragraph of a cell. */
export type Box = {
  text: string
  /** Whose letters they are, in order; together as long as `text`. */
  spans: Span[]
  dead: DeadPiece[]
  /** Whether an item was there when the letters were. */
  counts(item: Y.Item): boolean
}

/** A block as it was just before it died, or as it has come. */
export type BlockParts = {
  id: string
  /** Elements and texts, from the outside in. */
  shell: Span[]
  boxes: Box[]
  element: Y.XmlElement
}

const typeOf = ({ content }: Y.Item): AnyType | null =>
  content instanceof Y.ContentType ? content.type : null

export const spanOf = ({ id, length }: Y.Item): Span => ({ ...id, length })

export function* itemsIn(type: AnyType): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) yield item
}

/** Also of an element that is deleted already, which `getAttribute` keeps to itself. */
export function written(type: Y.XmlElement, name: string): unknown {
  return heldIn(type._map.get(name))
}

export const heldIn = (item: Y.Item | null | undefined): unknown =>
  item?.content instanceof Y.ContentAny ? item.content.arr.at(-1) : undefined

/** @param counts letters that do, the others being dead; what is not dead by itself may have died with the block */
export function partsOf(root: Y.Item, counts: (item: Y.Item) => boolean): BlockParts | null {
  const element = typeOf(root)
  if (!(element instanceof Y.XmlElement)) return null
  const id = written(element, 'id')
  const parts: BlockParts = { id: typeof id === 'string' ? id : '', shell: [], boxes: [], element }
  const walk = (item: Y.Item) => {
    const type = typeOf(item)
    if (!(type instanceof Y.XmlElement)) return
    parts.shell.push(spanOf(item))
    if (type.nodeName === 'clause' || type.nodeName === 'paragraph') {
      const box: Box = { text: '', spans: [], dead: [], counts }
      for (const child of itemsIn(type)) {
        const text = typeOf(child)
        if (!(text instanceof Y.XmlText)) continue
        if (counts(child)) parts.shell.push(spanOf(child))
        readLetters(text, counts, box)
      }
      parts.boxes.push(box)
    } else for (const child of itemsIn(type)) if (counts(child)) walk(child)
  }
  walk(root)
  return parts
}

export function readLetters(
  text: Y.XmlText,
  counts: (item: Y.Item) => boolean,
  box: Box = { text: '', spans: [], dead: [], counts },
): Box {
  for (const item of itemsIn(text)) {
    if (!(item.content instanceof Y.ContentString)) continue
    if (counts(item)) {
      box.text += item.content.str
      box.spans.push(spanOf(item))
    } else if (item.deleted) box.dead.push({ at: box.text.length, item })
  }
  return box
}

/** Blocks, and letters of blocks that stand, which a transaction has taken out or brought. */
export type Turnover = {
  dead: BlockParts[]
  born: BlockParts[]
  deadLetters: Box[]
  bornLetters: { blockId: string; box: Box }[]
}

/** While the transaction's deleted content is still there to be read. */
export function turnoverOf(body: Y.XmlFragment, transaction: Y.Transaction): Turnover {
  const { beforeState, deleteSet } = transaction
  const isNew = ({ id }: Y.Item) => id.clock >= (beforeState.get(id.client) ?? 0)
  const diedNow = (item: Y.Item) => item.deleted && holdsId(deleteSet, item.id)
  const livedUntilNow = (item: Y.Item) => !isNew(item) && (!item.deleted || diedNow(item))
  const turnover: Turnover = { dead: [], born: [], deadLetters: [], bornLetters: [] }
  for (const item of itemsIn(body)) {
    if (!item.deleted && isNew(item))
      push(
        turnover.born,
        partsOf(item, (one) => !one.deleted),
      )
    else if (!isNew(item) && diedNow(item)) push(turnover.dead, partsOf(item, livedUntilNow))
  }
  for (const type of transaction.changed.keys()) {
    const block = type instanceof Y.XmlText ? type.parent : null
    if (!(type instanceof Y.XmlText) || !(block instanceof Y.XmlElement) || block.parent !== body)
      continue
    if (block._item?.deleted !== false || isNew(block._item)) continue
    const gone = readLetters(type, (item) => !isNew(item) && diedNow(item))
    const come = readLetters(type, (item) => isNew(item) && !item.deleted)
    // What was dead before the first that died has nothing to do with them.
    gone.dead = gone.dead.filter(({ at }) => at > 0)
    if (gone.text !== '') turnover.deadLetters.push(gone)
    if (come.text !== '')
      turnover.bornLetters.push({ blockId: String(written(block, 'id')), box: come })
  }
  return turnover
}

function push<T>(list: T[], one: T | null): void {
  if (one !== null) list.push(one)
}
