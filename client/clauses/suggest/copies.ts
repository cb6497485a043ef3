import * as Y from 'yjs'
import { carriedText, readCarried } from '../../../shared/clauses/carriedText.ts'
import { type Block, type BlockLevel, isTable } from '../../../shared/clauses/clause.ts'
import { moveBlocks } from '../../../shared/clauses/moveBlocks.ts'
import { parentIndexes } from '../../../shared/clauses/numbering.ts'
import { isPlaceFor, subtreeEnd } from '../../../shared/clauses/subtree.ts'
import { setTableText } from '../../../shared/clauses/tables/setTableText.ts'
import { uniqueIds } from '../../../shared/clauses/uniqueIds.ts'
import {
  attribute,
  bodyOf,
  elements,
  findBlock,
  readBody,
  setClauseText,
} from '../../../shared/clauses/yjs.ts'
import type { BlockChange } from '../../../shared/proposals/diffBlocks.ts'
import { mergeProposal } from '../../../shared/proposals/mergeWords.ts'

/** A place where the author of a draft and others say different things; the draft has `mine`. */
export type Dispute = { base: string; mine: string; theirs: string }

/**
 * What the shared text said of a clause when the draft last took it over. A clause that was moved in a draft is an
 * element of the draft's own: what others write goes to the one in the shared text, and has to be fetched from there.
 */
type Source = { text: string; level: BlockLevel; disputes: readonly Dispute[] }

/** In the draft itself, so that it comes and goes with the move that it belongs to, on the device too. */
const copiesIn = (fork: Y.Doc): Y.Map<Source> => fork.getMap<Source>('copies')

export const isCopy = (fork: Y.Doc, clauseId: string): boolean => copiesIn(fork).has(clauseId)

/** Those of which the draft still has its own side. @param changes what the draft says otherwise than the shared text */
export function disputesIn(
  fork: Y.Doc,
  changes: readonly BlockChange[],
): Map<string, readonly Dispute[]> {
  const copies = copiesIn(fork)
  return new Map(
    changes.flatMap((change): [string, readonly Dispute[]][] => {
      if (change.kind === 'insert' || change.kind === 'delete') return []
      const { text, before, clauseId } = change
      const own = (copies.get(clauseId)?.disputes ?? []).filter(({ mine }) => text.includes(mine))
      return own.length === 0 || text === carriedText(before) ? [] : [[clauseId, own]]
    }),
  )
}

const byId = (blocks: readonly Block[]) => {
  const ids = uniqueIds(blocks)
  return new Map(blocks.map((block, index) => [ids[index] ?? '', block]))
}

/**
 * Moves a clause with all that belongs to it, in the draft alone.
 * @param room the shared text of this moment
 * @param after as `isPlaceFor` allows it; null for the beginning
 * @returns what it stood behind; undefined where it cannot be moved there
 */
export function moveInDraft(
  fork: Y.Doc,
  room: readonly Block[],
  move: { clauseId: string; after: string | null },
  origin: unknown,
): string | null | undefined {
  const { clauseId, after } = move
  const blocks = readBody(fork)
  const ids = uniqueIds(blocks)
  const first = ids.indexOf(clauseId)
  const levels = blocks.map(({ level }) => level)
  const place = after === null ? null : ids.indexOf(after)
  if (first < 0 || (place ?? 0) < 0 || !isPlaceFor(levels, first, place)) return undefined
  const was = ids[first - 1] ?? null
  if (was === after) return was
  const shared = byId(room)
  const taken = blocks
    .slice(first, subtreeEnd(levels, first))
    .map((block, index) => ({ id: ids[first + index] as string, block }))
  fork.transact(() => {
    const copies = copiesIn(fork)
    for (const { id } of taken) {
      const source = shared.get(id)
      if (source && !copies.has(id)) copies.set(id, sourceOf(source, []))
    }
    moveBlocks(fork, taken, after)
  }, origin)
  return was
}

const sourceOf = (block: Block, disputes: readonly Dispute[]): Source => ({
  text: carriedText(block),
  level: block.level,
  disputes,
})

/**
 * After others have written: brings what they changed into the clauses that the draft has moved, by a merge of words.
 * Where both say different things in one place the draft keeps its own, and the dispute is remembered. What they
 * deleted goes from the draft too.
 * @param room the shared text as it is now
 * @param stays whether its author moved this clause: then it keeps its place where others moved it too
 * @returns words that have no clause any more
 */
export function followShared(
  fork: Y.Doc,
  shared: Y.Doc,
  room: readonly Block[],
  stays: (clauseId: string) => boolean,
  origin: unknown,
): { clauseId: string; text: string }[] {
  const copies = copiesIn(fork)
  if (copies.size === 0) return []
  const there = byId(room)
  const elements = elementsOf(fork, shared)
  const adrift: { clauseId: string; text: string }[] = []
  fork.transact(() => {
    for (const [id, source] of [...copies.entries()]) {
      const theirs = there.get(id)
      const { own, others } = elements(id)
      if (theirs && own && !others && !isNews(source, theirs)) continue
      const words = own && blockAt(fork, own)
      if (!theirs) {
        if (words && carriedText(words) !== source.text)
          adrift.push({ clauseId: id, text: carriedText(words) })
        if (own) remove(fork, own)
        copies.delete(id)
      } else if (!words) {
        if (others) copies.delete(id)
      } else {
        const merged = mergedOn(source, words, theirs)
        if (others) remove(fork, stays(id) ? others : own)
        if (others && !stays(id)) copies.delete(id)
        else if (isNews(source, theirs)) copies.set(id, sourceOf(theirs, merged.disputes))
        put(fork, id, merged)
      }
    }
    bringAlong(fork, room)
  }, origin)
  return adrift
}

const isNews = ({ text, level }: Source, theirs: Block) =>
  text !== carriedText(theirs) || level !== theirs.level

type Merged = Pick<Source, 'level' | 'disputes'> & { says: string | Block }

function mergedOn(source: Source, mine: Block, theirs: Block): Merged {
  const [own, now] = [carriedText(mine), carriedText(theirs)]
  const level = mine.level === source.level ? theirs.level : mine.level
  const { disputes } = source
  if (own === source.text) return { says: theirs, level, disputes: [] }
  if (source.text === now || own === now) return { says: own, level, disputes }
  const merge = mergeProposal(source.text, own, now, isTable(theirs))
  // Tables of other shapes: there is nothing to lay side by side but the whole.
  const parts = merge?.parts ?? [{ kind: 'conflict', base: source.text, mine: own, theirs: now }]
  const found = parts.flatMap((part): Dispute[] =>
    part.kind === 'conflict' ? [{ base: part.base, mine: part.mine, theirs: part.theirs }] : [],
  )
  const says = parts.map((part) => (part.kind === 'text' ? part.text : part.mine)).join('')
  return { says, level, disputes: goingOn(disputes, found) }
}

/**
 * A dispute that goes on, letter by letter of the others, is one, which began with the words that both had; it ends where they
 * write those again.
 */
function goingOn(disputes: readonly Dispute[], found: readonly Dispute[]): Dispute[] {
  const before = (now: Dispute) =>
    disputes.find(({ theirs, mine }) => theirs === now.base && mine === now.mine)
  const ended = new Set(found.map(before))
  return [
    ...disputes.filter((one) => !ended.has(one)),
    ...found
      .map((now) => ({ ...now, base: before(now)?.base ?? now.base }))
      .filter(({ base, theirs }) => base !== theirs),
  ]
}

function put(fork: Y.Doc, id: string, { says, level }: Merged): void {
  const blocks = readBody(fork)
  const block = byId(blocks).get(id)
  if (!block) return
  const text = typeof says === 'string' ? says : carriedText(says)
  if (carriedText(block) !== text) {
    if (!isTable(block)) setClauseText(fork, id, readCarried(text))
    else if (!setTableText(fork, id, text) && typeof says !== 'string') {
      const ids = uniqueIds(blocks)
      moveBlocks(fork, [{ id, block: says }], ids[ids.indexOf(id) - 1] ?? null)
    }
  }
  if (block.level === level || isTable(block)) return
  findBlock(fork, id)?.setAttribute('level', level)
}

/** What others have put under a heading that was moved in the draft belongs to it there too. */
function bringAlong(fork: Y.Doc, room: readonly Block[]): void {
  const copies = copiesIn(fork)
  const context = contextOf(room)
  for (const [id, { block, parent, previous }] of context) {
    if (copies.has(id) || parent === null || !copies.has(parent)) continue
    const here = contextOf(readBody(fork))
    const now = here.get(id)
    if (!now || !here.has(parent) || now.parent === parent || now.block.level !== block.level)
      continue
    copies.set(id, sourceOf(block, []))
    const isNear = previous !== null && (previous === parent || isUnder(here, previous, parent))
    moveBlocks(fork, [{ id, block: now.block }], isNear ? previous : parent)
  }
}

type Context = ReadonlyMap<string, { block: Block; parent: string | null; previous: string | null }>

function contextOf(blocks: readonly Block[]): Context {
  const ids = uniqueIds(blocks)
  const parents = parentIndexes(blocks.map(({ level }) => level))
  return new Map(
    blocks.map((block, index) => [
      ids[index] ?? '',
      { block, parent: ids[parents[index] ?? -1] ?? null, previous: ids[index - 1] ?? null },
    ]),
  )
}

function isUnder(context: Context, id: string, parent: string): boolean {
  let up = context.get(id)?.parent ?? null
  while (up !== null && up !== parent) up = context.get(up)?.parent ?? null
  return up === parent
}

/** Of an id: the draft's own element, and the one that has come from the shared text. */
function elementsOf(fork: Y.Doc, shared: Y.Doc) {
  const found = new Map<string, { own: Y.XmlElement | null; others: Y.XmlElement | null }>()
  const none = { own: null, others: null }
  for (const element of blocksOf(fork)) {
    const id = String(attribute(element, 'id') ?? '')
    const { id: item } = element._item as Y.Item
    const isTheirs = item.clock < Y.getState(shared.store, item.client)
    found.set(id, { ...(found.get(id) ?? none), [isTheirs ? 'others' : 'own']: element })
  }
  return (id: string) => found.get(id) ?? none
}

const blocksOf = (fork: Y.Doc) => elements(bodyOf(fork), 'clause', 'table')

const blockAt = (fork: Y.Doc, element: Y.XmlElement): Block | undefined =>
  readBody(fork)[blocksOf(fork).indexOf(element)]

function remove(fork: Y.Doc, element: Y.XmlElement): void {
  const body = bodyOf(fork)
  body.delete((body.toArray() as unknown[]).indexOf(element), 1)
}
