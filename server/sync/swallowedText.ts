import * as Y from 'yjs'
import {
  type FreshGrave,
  type Grave,
  type Graveyard,
  lettersOf,
  type Plot,
  textIn,
  within,
} from './Graveyard.ts'
import { type IdRange, IdRanges } from './idRanges.ts'
import type { Piece } from './SwallowedWords.ts'

/** Letters of one client that an update hid, or that came into something deleted before. */
export type Loss = { client: number; grave: Grave | null; pieces: Piece[] }

/** What one update did to words that its author, or theirs, knew nothing of. */
export type Findings = {
  losses: readonly Loss[]
  /** What it deleted. */
  graves: readonly Grave[]
  /** What lies in those, and its own words in older ones. */
  plots: readonly Plot[]
}

/**
 * Yjs takes in what is written into something that somebody else has deleted at the same time, and hides it without a
 * word. An update's own delete set names exactly what its author knew and deleted, so whatever else it hides is
 * swallowed: words that were here before it (`words first`), and its own words where their place had gone
 * (`deletion first`). Deleting a colleague's words that one has seen names them, and is editing.
 * @param transaction the open transaction in which this update alone was applied: afterwards Yjs clears the content away
 * @param clients those the update names
 * @returns null when it deleted nothing and nothing of it was hidden, as with all ordinary typing
 */
export function findSwallowed(
  doc: Y.Doc,
  transaction: Y.Transaction,
  update: Uint8Array,
  clients: Iterable<number>,
  graveyard: Graveyard,
): Findings | null {
  if (transaction.deleteSet.clients.size === 0 && !bornDead(doc, transaction, clients)) return null
  const { structs, ds } = Y.decodeUpdate(update)
  const named = IdRanges.ofDeletes(ds)
  const unseen = (letters: IdRange) => named.outside(letters)
  const fresh = graveyard.bury(doc, transaction, unseen)
  const losses = [
    ...fresh.flatMap((grave) => hiddenWords(grave, transaction, unseen)),
    ...lateWords(doc, transaction, structs, unseen, graveyard),
  ]
  return { losses, graves: fresh.map(({ grave }) => grave), plots: graveyard.takeFresh() }
}

/** Whether anything new was dead when it came. */
function bornDead(doc: Y.Doc, { beforeState }: Y.Transaction, clients: Iterable<number>): boolean {
  for (const client of clients) {
    const from = beforeState.get(client) ?? 0
    if (structsIn(doc, { client, from, to: Y.getState(doc.store, client) }).some((s) => s.deleted))
      return true
  }
  return false
}

function structsIn(doc: Y.Doc, { client, from, to }: IdRange): (Y.Item | Y.GC)[] {
  const structs = doc.store.clients.get(client)
  if (!structs || from >= to) return []
  const found: (Y.Item | Y.GC)[] = []
  for (let i = Y.findIndexSS(structs, from); i < structs.length; i += 1) {
    const struct = structs[i]
    if (!struct || struct.id.clock >= to) break
    found.push(struct)
  }
  return found
}

type Unseen = (letters: IdRange) => IdRange[]

/** Words first: they stood in what the update deleted, and it does not name them. */
function hiddenWords(
  { grave, root }: FreshGrave,
  { beforeState }: Y.Transaction,
  unseen: Unseen,
): Loss[] {
  const byClient = new Map<number, Loss>()
  let last: { client: number; clock: number } | null = null
  for (const item of within(root)) {
    if (item.id.clock >= (beforeState.get(item.id.client) ?? 0)) continue
    for (const letters of unseen(lettersOf(item))) {
      const { client, from, to } = letters
      const text = textIn(item, letters)
      if (text === '') continue
      const loss = byClient.get(client) ?? { client, grave, pieces: [] }
      byClient.set(client, loss)
      // Glued to the piece before it where nothing stood between them.
      const follows = from > item.id.clock || (item.left?.lastId ?? null)
      const previous = follows === true ? { client, clock: from - 1 } : follows || null
      const glued = previous !== null && last !== null && sameId(previous, last)
      loss.pieces.push({ client, clock: from, text, after: glued ? last : null, before: null })
      last = { client, clock: to - 1 }
    }
  }
  return [...byClient.values()]
}

const sameId = (one: { client: number; clock: number }, other: { client: number; clock: number }) =>
  one.client === other.client && one.clock === other.clock

/** Deletion first: new words of this update that were dead when they came, though their author has not deleted them. */
function lateWords(
  doc: Y.Doc,
  { beforeState }: Y.Transaction,
  structs: readonly (Y.Item | Y.GC | Y.Skip)[],
  unseen: Unseen,
  graveyard: Graveyard,
): Loss[] {
  const losses: Loss[] = []
  for (const item of structs) {
    if (!(item instanceof Y.Item)) continue
    const { client, from, to } = lettersOf(item)
    const fresh = { client, from: Math.max(from, beforeState.get(client) ?? 0), to }
    const dead = structsIn(doc, fresh).filter(({ deleted }) => deleted)
    if (dead.length === 0) continue
    const grave = graveOf(item, graveyard)
    for (const { id, length } of dead) {
      const start = Math.max(fresh.from, id.clock)
      const end = Math.min(to, id.clock + length)
      // What hangs on these is found in the same grave.
      if (grave && start < end) graveyard.add(grave, client, start, end)
      for (const letters of start < end ? unseen({ client, from: start, to: end }) : []) {
        const text = textIn(item, letters)
        if (text === '') continue
        const known = losses.find((one) => one.client === client && one.grave === grave)
        const loss = known ?? { client, grave, pieces: [] }
        if (!known) losses.push(loss)
        const after = letters.from > from ? { client, clock: letters.from - 1 } : item.origin
        loss.pieces.push({ client, clock: letters.from, text, after, before: item.rightOrigin })
      }
    }
  }
  return losses
}

function graveOf({ origin, rightOrigin, parent }: Y.Item, graveyard: Graveyard): Grave | null {
  // As decoded, the parent is an id, the name of a root, or left out where a neighbour says it.
  const named: unknown = parent
  for (const id of [origin, rightOrigin, named instanceof Y.ID ? named : null]) {
    const grave = id && graveyard.find(id)
    if (grave) return grave
  }
  return null
}
