import * as Y from 'yjs'
import { type BlockLevel, isClauseLevel, type NumberingModel } from '../../shared/clauses/clause.ts'
import { describePlace } from '../../shared/clauses/describePlace.ts'
import { numberBlocks, parentIndexes } from '../../shared/clauses/numbering.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { type IdRange, IdRanges } from './idRanges.ts'

type AnyType = Y.AbstractType<unknown>

/** A deleted clause, or a deleted part of one such as its whole text: what can still be said about it. */
export type Grave = {
  /** What was deleted: the element or text that all the rest hung on. */
  root: IdRange
  /** The block that it is, or lies in; ids as `/clauses` gives them. */
  clauseId: string
  /** Where that stood before the deletion, as a Vietnamese text would cite it. */
  place: string
  /** The clause whose text took in what the deleted one said; null when it was not joined to another. */
  joinedTo: string | null
  /** Nearest block before it that the deletion left standing. */
  after: string | null
  /** Who deleted it; null while it is not signed. */
  by: string | null
}

/** A grave and the root of what lies in it, while the transaction that dug it is open. */
export type FreshGrave = { grave: Grave; root: Y.Item }

export type Plot = IdRange & { grave: Grave }

/** Yjs forgets at once where something deleted has been; so much is remembered here of the last deletions. */
export const PLOTS = 20_000

/** Which letters and elements lay in which deleted part of the text. */
export class Graveyard {
  readonly #model: NumberingModel
  #plots: Plot[]
  /** Not taken note of by {@link takeFresh} yet. */
  #fresh: Plot[] = []

  /** @param plots as kept on disk, the oldest first */
  constructor(model: NumberingModel, plots: readonly Plot[]) {
    this.#model = model
    this.#plots = [...plots]
  }

  /**
   * Takes note of what the open transaction has deleted; its content is still there to be read.
   * @param unseen letters that whoever deleted did not know of
   * @returns the roots: deleted types whose parent stands
   */
  bury(
    doc: Y.Doc,
    transaction: Y.Transaction,
    unseen: (letters: IdRange) => readonly IdRange[],
  ): FreshGrave[] {
    const roots = deletedRoots(doc, transaction)
    if (roots.length === 0) return []
    const body = bodyOf(doc)
    const before = blocksBefore(body, transaction)
    const ids = uniqueIds(before.map(({ id }) => ({ id })))
    const placeOf = this.#places(before.map(({ level }, i) => ({ id: ids[i] ?? '', level })))
    const idOf = new Map(before.map(({ item }, i) => [item, ids[i] ?? '']))
    return roots.flatMap((root) => {
      const block = blockItem(root, body)
      const index = before.findIndex(({ item }) => item === block)
      if (!block || index < 0) return []
      const standing = before.slice(0, index).findLast(({ item }) => !item.deleted)
      const joined =
        block.deleted && standing !== undefined && tookIn(standing.item, block, transaction, unseen)
      const after = standing ? (idOf.get(standing.item) ?? null) : null
      const grave: Grave = {
        root: lettersOf(root),
        clauseId: ids[index] ?? '',
        place: placeOf(ids[index] ?? ''),
        joinedTo: joined ? after : null,
        after,
        by: null,
      }
      this.#dig(grave, root)
      return [{ grave, root }]
    })
  }

  #places(blocks: readonly { id: string; level: BlockLevel }[]): (id: string) => string {
    const levels = blocks.map(({ level }) => level)
    const labels = numberBlocks(levels, this.#model)
    const parents = parentIndexes(levels)
    const placed = blocks.map((block, i) => ({
      ...block,
      label: labels[i] ?? '',
      parentId: blocks[parents[i] ?? -1]?.id ?? null,
    }))
    return (id) => describePlace(placed, id, this.#model)
  }

  #dig(grave: Grave, root: Y.Item): void {
    this.add(grave, root.id.client, root.id.clock, root.id.clock + root.length)
    for (const item of within(root))
      this.add(grave, item.id.client, item.id.clock, item.id.clock + item.length)
  }

  add(grave: Grave, client: number, from: number, to: number): void {
    const last = this.#fresh.at(-1)
    if (last?.grave === grave && last.client === client && last.to === from) {
      last.to = to
      return
    }
    const plot = { client, from, to, grave }
    this.#fresh.push(plot)
    this.#plots.push(plot)
    if (this.#plots.length > PLOTS) this.#plots.splice(0, PLOTS / 10)
  }

  /** What was added since this was last asked. */
  takeFresh(): Plot[] {
    const fresh = this.#fresh
    this.#fresh = []
    return fresh
  }

  find(id: { client: number; clock: number }): Grave | null {
    const plot = this.#plots.findLast(
      ({ client, from, to }) => client === id.client && from <= id.clock && id.clock < to,
    )
    return plot?.grave ?? null
  }
}

/** Items in a deleted type in the order of the text, children of an element right behind it. */
export function* within(root: Y.Item): Generator<Y.Item> {
  if (!(root.content instanceof Y.ContentType)) return
  const { type } = root.content
  for (let item: Y.Item | null = type._start; item !== null; item = item.right) {
    yield item
    yield* within(item)
  }
}

function deletedRoots(doc: Y.Doc, { deleteSet, beforeState }: Y.Transaction): Y.Item[] {
  const roots: Y.Item[] = []
  for (const [client, ranges] of deleteSet.clients) {
    const structs = doc.store.clients.get(client) ?? []
    for (const { clock, len } of ranges)
      for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
        const item = structs[i]
        if (!item || item.id.clock >= clock + len) break
        if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) continue
        const parent = (item.parent as AnyType)._item
        const lived = item.id.clock < (beforeState.get(client) ?? 0)
        if (lived && (parent === null || !parent.deleted)) roots.push(item)
      }
  }
  return roots
}

type BlockItem = { item: Y.Item; id: string; level: BlockLevel }

function blocksBefore(body: Y.XmlFragment, { beforeState }: Y.Transaction): BlockItem[] {
  const blocks: BlockItem[] = []
  for (let item: Y.Item | null = body._start; item !== null; item = item.right) {
    if (item.id.clock >= (beforeState.get(item.id.client) ?? 0)) continue
    const type = item.content instanceof Y.ContentType ? item.content.type : null
    if (!(type instanceof Y.XmlElement)) continue
    const [id, level] = [written(type, 'id'), written(type, 'level')]
    blocks.push({
      item,
      id: typeof id === 'string' ? id : '',
      level: type.nodeName === 'table' ? 'table' : isClauseLevel(level) ? level : 'text',
    })
  }
  return blocks
}

/** An attribute of an element that may be deleted already, which `getAttribute` then keeps to itself. */
function written(type: Y.XmlElement, name: string): unknown {
  const content = type._map.get(name)?.content
  return content instanceof Y.ContentAny ? content.arr.at(-1) : undefined
}

function blockItem(item: Y.Item, body: Y.XmlFragment): Y.Item | null {
  let here: Y.Item | null = item
  while (here !== null && (here.parent as unknown) !== body) here = (here.parent as AnyType)._item
  return here
}

/** Whether the same transaction wrote the known words of the deleted block into this one, as joining two does. */
function tookIn(
  standing: Y.Item,
  deleted: Y.Item,
  { beforeState }: Y.Transaction,
  unseen: (letters: IdRange) => readonly IdRange[],
): boolean {
  const isNew = ({ id }: Y.Item) => id.clock >= (beforeState.get(id.client) ?? 0)
  const known = (item: Y.Item) =>
    new IdRanges(unseen(lettersOf(item)))
      .outside(lettersOf(item))
      .map((letters) => textIn(item, letters))
  const words = [...within(deleted)]
    .filter((item) => !isNew(item))
    .flatMap(known)
    .join('')
    .trim()
  const written = [...within(standing)].filter((item) => !item.deleted && isNew(item))
  return words !== '' && written.map(stringOf).join('').includes(words)
}

export const lettersOf = ({ id, length }: Y.Item): IdRange => ({
  client: id.client,
  from: id.clock,
  to: id.clock + length,
})

const stringOf = ({ content }: Y.Item): string =>
  content instanceof Y.ContentString ? content.str : ''

/** The text of these letters of an item; empty when it holds no text. */
export const textIn = (item: Y.Item, { from, to }: IdRange): string =>
  stringOf(item).slice(from - item.id.clock, to - item.id.clock)
