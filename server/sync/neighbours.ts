import * as Y from 'yjs'
import { endOf, type UpdateFacts } from './updateFacts.ts'

type Struct = UpdateFacts['structs'][number]
type AnyType = Y.AbstractType<unknown>

/** Cutting an item in two moves all that follow it in its client's list. */
const CUT_STEPS = 5
const MOVED_PER_STEP = 1_000

/** No author ever saw these two neighbours side by side, and each copy of the text would place the item elsewhere. */
export class WrongSide extends Error {}

/**
 * Steps from where an item's left neighbour ends to its right one, and those that cutting them apart costs.
 *
 * Yjs places concurrent items alike in every copy only if each was written between two that stood side by side. Its
 * author had all that either neighbour was written beside, so none of that may stand between them: then what does is
 * news to the author, and order of arrival does not matter.
 * @param piece structs of which only the first new one is looked for, as each stands right behind the one before it
 * @param most after so many the walk is given up
 * @throws {WrongSide}
 */
export function walkOf(doc: Y.Doc, piece: readonly Struct[], most: number): number {
  const struct = piece.find((one) => endOf(one) > Y.getState(doc.store, one.id.client))
  if (!(struct instanceof Y.Item)) return 0
  const { rightOrigin } = struct
  const origin = originOf(doc, struct)
  const [left, right] = [itemAt(doc, origin), itemAt(doc, rightOrigin)]
  // Beside what has been cleared away nothing is looked for: it is cleared away itself.
  if ((origin && !left) || (rightOrigin && !right)) {
    if (left || right) throw new WrongSide()
    return 0
  }
  let steps = cutAt(doc, left, origin, 1) + cutAt(doc, right, rightOrigin, 0)
  if (right && rightOrigin && (left === right || right.id.clock < rightOrigin.clock)) {
    // Within an item: each of its letters was written behind the one before it.
    if (origin?.client === rightOrigin.client && origin.clock === rightOrigin.clock - 1)
      return steps
    throw new WrongSide()
  }
  const parent = left ?? right ?? parentOf(doc, struct)
  const key = parent instanceof Y.Item ? parent.parentSub : struct.parentSub
  const type = parent instanceof Y.Item ? (parent.parent as AnyType | null) : parent
  // A value comes behind those before it; there is never one that it stands in front of.
  if (key !== null && right) throw new WrongSide()
  if (left === null && key !== null) {
    for (let o = type?._map.get(key) ?? null; o !== null && steps <= most; o = o.left) steps += 1
    return steps
  }
  let o = left ? left.right : (type?._start ?? null)
  for (; o !== null && o !== right; o = o.right) {
    steps += 1
    if (steps > most) return steps
    if (holds(o, left?.rightOrigin) || holds(o, right?.origin)) throw new WrongSide()
  }
  if (o !== right || isBehind(left, origin, right?.origin)) throw new WrongSide()
  return steps
}

/** Of an item that the document has in part, the rest stands behind the last letter it has. */
function originOf(doc: Y.Doc, { id, origin }: Y.Item): Y.ID | null {
  const known = Y.getState(doc.store, id.client)
  return id.clock < known ? Y.createID(id.client, known - 1) : origin
}

const holds = (item: Y.Item, id: Y.ID | null | undefined): boolean =>
  id?.client === item.id.client && id.clock >= item.id.clock && id.clock < endOf(item)

/** Whether a letter stands behind another one in the same item. */
const isBehind = (item: Y.Item | null, at: Y.ID | null, id: Y.ID | null | undefined): boolean =>
  item !== null && at !== null && holds(item, id) && (id as Y.ID).clock > at.clock

function parentOf(doc: Y.Doc, { parent }: Y.Item): AnyType | null {
  const named: unknown = parent
  if (typeof named === 'string') return (doc.share.get(named) ?? null) as AnyType | null
  if (!(named instanceof Y.ID)) return null
  const holder = itemAt(doc, named)
  return holder?.content instanceof Y.ContentType ? (holder.content.type as AnyType) : null
}

function itemAt(doc: Y.Doc, id: Y.ID | null): Y.Item | null {
  if (id === null || id.clock >= Y.getState(doc.store, id.client)) return null
  const structs = doc.store.clients.get(id.client)
  const found = structs?.[Y.findIndexSS(structs, id.clock)]
  return found instanceof Y.Item ? found : null
}

/** @param after 1 when it is cut behind the letter, 0 when before it */
function cutAt(doc: Y.Doc, item: Y.Item | null, id: Y.ID | null, after: 0 | 1): number {
  if (!item || !id) return 0
  const at = id.clock + after
  return at === item.id.clock || at === endOf(item) ? 0 : cutting(doc, id.client)
}

/** @param before cuts in the same list that come before this one */
export const cutting = (doc: Y.Doc, client: number, before = 0) =>
  CUT_STEPS + Math.floor(((doc.store.clients.get(client)?.length ?? 0) + before) / MOVED_PER_STEP)
