import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { cutting, walkOf } from './neighbours.ts'
import type { UpdateFacts } from './updateFacts.ts'

type Struct = UpdateFacts['structs'][number]

/** What an author's updates may still cost within one turn of a room. */
export type Effort = { left: number }

/** About a microsecond each. Who types costs none, whoever was offline one for each word that came beside his. */
export const EFFORT_PER_TURN = 250_000
/** Beyond the walk itself, what a piece costs that is applied alone. */
const PIECE_STEPS = 10

/** The update would hold up everybody in the room, and each of their editors after it. */
export class TooMuchEffort extends Error {}

/**
 * Applies an update that lacks nothing. To place an item Yjs walks from its left neighbour to its right one, which in
 * any honest update lie side by side but for what came in at the same time. Thirty kilobytes of items that name the
 * two ends of a long text take a quarter of a minute, so the walks are counted first.
 * @throws {TooMuchEffort} when they are too long; {WrongSide} for an item between neighbours that no author can have
 * seen side by side; what Yjs throws. The update is applied in part then
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
    if (only) spend(effort, walkOf(doc, only, effort.left))
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
        spend(effort, PIECE_STEPS + walkOf(doc, piece, effort.left))
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
