import * as Y from 'yjs'
import { BODY } from '../../shared/clauses/yjs.ts'
import { UpdateReader } from './UpdateReader.ts'

type Struct = Y.Item | Y.GC | Y.Skip

/** What an update says by itself, without the document. */
export type UpdateFacts = {
  structs: readonly Struct[]
  deletes: readonly { client: number; clock: number; length: number }[]
  clients: ReadonlySet<number>
}

export const endOf = (struct: Struct) => struct.id.clock + struct.length

/**
 * Letters that one client may ever write. Yjs takes any clock, and once one is past what a number holds exactly,
 * nobody can read the document's state vector again.
 */
const CLOCK_LIMIT = 2 ** 40
/** Structs, and deletions, of one update. A whole text of the longest kind has fewer; a frame of nothing holds more. */
const PARTS_LIMIT = 100_000

/** An update of more parts than anybody may bring at once. */
export class TooManyParts extends Error {}

/**
 * Decodes an update (V1).
 * @throws for bytes that are no update, and for what no Yjs writes: a client named twice, of whom Yjs would drop half;
 * numbers out of all bounds; structs and deletions of no letters; deletions of one client that overlap, each of which
 * would cost a walk over the same text
 * @throws {TooManyParts}
 */
export function readUpdate(update: Uint8Array): UpdateFacts {
  const { structs, ds } = Y.decodeUpdate(update)
  refuseTwice(update)
  const ranges = [...ds.clients.values()].reduce((sum, items) => sum + items.length, 0)
  if (structs.length > PARTS_LIMIT || ranges > PARTS_LIMIT) throw new TooManyParts()
  const clients = new Set<number>()
  for (const struct of structs) {
    // Yjs writes it into a state as a deletion of nothing, and cannot load that again.
    if (!(struct.length >= 1)) throw new Error('a struct of no letters')
    // Not `>`: of zeros written much too long lib0 makes NaN.
    if (!Number.isSafeInteger(struct.id.client) || !(endOf(struct) <= CLOCK_LIMIT))
      throw new Error('a number out of all bounds')
    clients.add(struct.id.client)
  }
  return { structs, deletes: [...ds.clients].flatMap(deletesOf), clients }
}

/** Of a client who stands twice Yjs takes what stands last, an empty list too; whoever decodes takes both. @throws */
function refuseTwice(update: Uint8Array): void {
  const clients = new Set<number>()
  const reader = new UpdateReader(update)
  while (reader.nextClient()) {
    if (clients.has(reader.client)) throw new Error('a client stands twice in one update')
    clients.add(reader.client)
    while (reader.nextStruct());
  }
}

/** Yjs writes sorted ranges that do not meet; naming the same letters again and again only costs time. @throws */
function deletesOf([client, items]: [number, { clock: number; len: number }[]]) {
  let end = 0
  return [...items]
    .sort((a, b) => a.clock - b.clock)
    .map(({ clock, len }) => {
      if (!(len >= 1 && clock >= end)) throw new Error('a deletion that says nothing new')
      end = clock + len
      if (!Number.isSafeInteger(client) || !(end <= CLOCK_LIMIT))
        throw new Error('a number out of all bounds')
      return { client, clock, length: len }
    })
}

/** Whether the document has all of it already, deletions included: then there is nothing to store. */
export const holdsAlready = (doc: Y.Doc, facts: UpdateFacts): boolean =>
  facts.structs.every(
    (struct) =>
      struct instanceof Y.Skip || endOf(struct) <= Y.getState(doc.store, struct.id.client),
  ) && facts.deletes.every((range) => undeleted(doc, range)?.length === 0)

/** Items in the range that still stand; null when the range reaches past what the document has. */
function undeleted(
  doc: Y.Doc,
  { client, clock, length }: UpdateFacts['deletes'][number],
): (Y.Item | Y.GC)[] | null {
  if (length === 0) return []
  if (clock + length > Y.getState(doc.store, client)) return null
  const structs = doc.store.clients.get(client) ?? []
  const standing: (Y.Item | Y.GC)[] = []
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
    const struct = structs[i]
    if (!struct || struct.id.clock >= clock + length) break
    if (!struct.deleted) standing.push(struct)
  }
  return standing
}

/** Clients of whom this update brings something new. */
export function newClients(doc: Y.Doc, facts: UpdateFacts): number[] {
  const found = new Set<number>()
  for (const struct of facts.structs)
    if (!(struct instanceof Y.Skip) && endOf(struct) > Y.getState(doc.store, struct.id.client))
      found.add(struct.id.client)
  return [...found]
}

/**
 * Whether something before this update is missing: its own client's earlier words, or what it stands beside, under
 * or deletes. Yjs would keep such an update aside for ever; we never let it in.
 */
export function hasGap(doc: Y.Doc, facts: UpdateFacts): boolean {
  const reached = new Map<number, number>()
  const state = (client: number) => reached.get(client) ?? Y.getState(doc.store, client)
  for (const struct of facts.structs) {
    if (struct instanceof Y.Skip) continue
    const { client, clock } = struct.id
    if (clock > state(client)) return true
    reached.set(client, Math.max(state(client), endOf(struct)))
  }
  const missing = (id: Y.ID | null) => id !== null && !(id.clock < state(id.client))
  for (const struct of facts.structs) {
    if (!(struct instanceof Y.Item)) continue
    if (missing(struct.origin) || missing(struct.rightOrigin)) return true
    if (struct.parent instanceof Y.ID && missing(struct.parent)) return true
  }
  return facts.deletes.some(({ client, clock, length }) => clock + length > state(client))
}

/** Names of shared types other than `body` that it writes to. */
export const foreignRoots = (facts: UpdateFacts): string[] =>
  facts.structs.flatMap((struct) => {
    const parent: unknown = struct instanceof Y.Item ? struct.parent : null
    return typeof parent === 'string' && parent !== BODY ? [parent] : []
  })

/**
 * Whether all it does is clear away formatting marks that have no effect. Every Yjs client does that by itself after
 * a colleague's edit, a reader's too, and it is nobody's content.
 */
export function isHousekeeping(doc: Y.Doc, facts: UpdateFacts): boolean {
  if (newClients(doc, facts).length > 0) return false
  const texts = new Set<Y.Text>()
  const cleared = new Set<Y.Item>()
  for (const range of facts.deletes) {
    const standing = undeleted(doc, range)
    if (standing === null) return false
    for (const item of standing) {
      if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentFormat)) return false
      cleared.add(item)
      if (item.parent instanceof Y.Text) texts.add(item.parent)
    }
  }
  return [...texts].every((text) => formatting(text, new Set()) === formatting(text, cleared))
}

/** The marks of each piece of a text, as they would be without the cleared ones. */
function formatting(text: Y.Text, cleared: ReadonlySet<Y.Item>): string {
  const marks = new Map<string, string>()
  const pieces: string[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || cleared.has(item)) continue
    const { content } = item
    if (!(content instanceof Y.ContentFormat)) pieces.push([...marks.values()].sort().join())
    else if (content.value === null) marks.delete(content.key)
    else marks.set(content.key, `${content.key} ${JSON.stringify(content.value)}`)
  }
  return pieces.join(';')
}
