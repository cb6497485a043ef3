import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { endOf, type UpdateFacts } from './updateFacts.ts'

type Struct = UpdateFacts['structs'][number]
type AnyType = Y.AbstractType<unknown>

/** What an author's updates may still cost within one turn of a room. */
export type Effort = { left: number }

/** About a microsecond each. Who types costs none, whoever was offline one for each word that came beside his. */
export const EFFORT_PER_TURN = 250_000
/** Cutting an item in two moves all that follow it in its client's list. */
const CUT_STEPS = 5
const MOVED_PER_STEP = 1_000
/** Beyond the walk itself, what a piece costs that is applied alone. */
const PIECE_STEPS = 10

/** The update would hold up everybody in the room, and each of their editors after it. */
export class TooMuchEffort extends Error {}

/** No author ever saw the one neighbour on that side of the other, and each copy of the text would place it elsewhere. */
class WrongSide extends Error {}

/**
 * Applies an update that lacks nothing. To place an item Yjs walks from its left neighbour to its right one, which in
 * any honest update lie side by side but for what came in at the same time. Thirty kilobytes of items that name the
 * two ends of a long text take a quarter of a minute, so the walks are counted first.
 * @throws {TooMuchEffort} when they are too long; WrongSide for an item whose right neighbour does not stand right of
 * its left one; what Yjs throws. The update is applied in part then
 */
export function applyBounded(
  doc: Y.Doc,
  update: Uint8Array,
  facts: UpdateFacts,
  effort: Effort,
): void {
  const pieces = piecesOf(facts.structs)
  spendOnCuts(doc, facts, effort)
  const [only] = pieces
  if (pieces.length < 2) {
    if (only) spend(effort, walkOf(doc, only[0] as Struct, effort.left))
    Y.applyUpdate(doc, update)
    return
  }
  const waiting = new Map<number, (readonly Struct[])[]>()
  for (const piece of pieces) {
    const { client } = (piece[0] as Struct).id
    const own = waiting.get(client)
    if (own) own.push(piece)
    else waiting.set(client, [piece])
  }
  for (let progress = true; progress; ) {
    progress = false
    for (const [client, list] of waiting) {
      let done = 0
      for (const piece of list) {
        if (!piece.every((struct) => isReady(doc, struct, piece))) break
        spend(effort, PIECE_STEPS + walkOf(doc, piece[0] as Struct, effort.left))
        Y.applyUpdate(doc, encode(piece))
        done += 1
      }
      if (done > 0) progress = true
      if (done === list.length) waiting.delete(client)
      else if (done > 0) waiting.set(client, list.slice(done))
    }
  }
  // What is left stands on itself in a circle: Yjs says what it says. Otherwise these are the deletions.
  Y.applyUpdate(doc, update)
}

function spend(effort: Effort, steps: number): void {
  effort.left -= steps
  if (effort.left < 0) throw new TooMuchEffort()
}

/** Runs of structs each of which stands right behind the one before it: only the first of them is looked for. */
function piecesOf(structs: readonly Struct[]): (readonly Struct[])[] {
  const pieces: Struct[][] = []
  let last: Struct | undefined
  for (const struct of structs) {
    if (struct instanceof Y.Skip) {
      last = undefined
      continue
    }
    const { client, clock } = struct.id
    const follows =
      last !== undefined &&
      last.id.client === client &&
      (!(struct instanceof Y.Item) ||
        (last instanceof Y.Item &&
          Y.compareIDs(struct.rightOrigin, last.rightOrigin) &&
          struct.origin?.client === client &&
          struct.origin.clock === clock - 1))
    if (follows) pieces.at(-1)?.push(struct)
    else pieces.push([struct])
    last = struct
  }
  return pieces
}

function isReady(doc: Y.Doc, struct: Struct, piece: readonly Struct[]): boolean {
  const first = (piece[0] as Struct).id
  const here = (id: Y.ID | null) =>
    id === null ||
    id.clock < Y.getState(doc.store, id.client) ||
    (id.client === first.client && id.clock >= first.clock && id.clock < struct.id.clock)
  if (first.clock > Y.getState(doc.store, first.client)) return false
  if (!(struct instanceof Y.Item)) return true
  const parent: unknown = struct.parent
  return (
    here(struct.origin) && here(struct.rightOrigin) && (!(parent instanceof Y.ID) || here(parent))
  )
}

function encode(piece: readonly Struct[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { client, clock } = (piece[0] as Struct).id
  encoding.writeVarUint(encoder.restEncoder, 1)
  encoding.writeVarUint(encoder.restEncoder, piece.length)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, clock)
  for (const struct of piece) struct.write(encoder, 0)
  encoding.writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}

/** Steps from where the struct's left neighbour ends to its right one, and those that cutting them apart costs. */
function walkOf(doc: Y.Doc, struct: Struct, most: number): number {
  if (!(struct instanceof Y.Item) || endOf(struct) <= Y.getState(doc.store, struct.id.client))
    return 0
  const { origin, rightOrigin } = struct
  const [left, right] = [itemAt(doc, origin), itemAt(doc, rightOrigin)]
  // Beside what has been cleared away nothing is looked for: it is cleared away itself.
  if ((origin && !left) || (rightOrigin && !right)) return 0
  let steps = cutAt(doc, left, struct.origin, 1) + cutAt(doc, right, struct.rightOrigin, 0)
  if (left !== null && left === right) {
    if (origin && rightOrigin && origin.clock >= rightOrigin.clock) throw new WrongSide()
    return steps
  }
  const parent = left ?? right ?? parentOf(doc, struct)
  const key = parent instanceof Y.Item ? parent.parentSub : struct.parentSub
  const type = parent instanceof Y.Item ? (parent.parent as AnyType | null) : parent
  if (left === null && key !== null) {
    for (let o = type?._map.get(key) ?? null; o !== null && steps <= most; o = o.left) steps += 1
    return steps
  }
  let o = left ? left.right : (type?._start ?? null)
  for (; o !== null && o !== right; o = o.right) {
    steps += 1
    if (steps > most) return steps
  }
  if (o !== right) throw new WrongSide()
  return steps
}

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
const cutting = (doc: Y.Doc, client: number, before = 0) =>
  CUT_STEPS + Math.floor(((doc.store.clients.get(client)?.length ?? 0) + before) / MOVED_PER_STEP)

/** The ends of deletions that lie within an item of the document. */
function spendOnCuts(doc: Y.Doc, { deletes }: UpdateFacts, effort: Effort): void {
  // Few of them cannot cost much, and there are no more in what somebody types.
  if (deletes.length < 16) return
  let cuts = 0
  for (const { client, clock, length } of deletes) {
    let steps = 0
    for (const at of [clock, clock + length]) {
      if (at === 0 || at >= Y.getState(doc.store, client)) continue
      const structs = doc.store.clients.get(client) ?? []
      const found = structs[Y.findIndexSS(structs, at)]
      if (!found || found.id.clock === at) continue
      steps += cutting(doc, client, cuts)
      cuts += 1
    }
    spend(effort, steps)
  }
}
