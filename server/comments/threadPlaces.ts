import { setImmediate } from 'node:timers/promises'
import * as Y from 'yjs'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { type Anchor, decodeAnchor } from '../../shared/comments/anchor.ts'
import {
  findWords,
  type Letters,
  lettersOfBlocks,
  wordsLocator,
} from '../../shared/comments/locateWords.ts'
import type { AppDeps } from '../authorize.ts'
import type { Reader } from '../platform/database.ts'
import type { CommittedText } from '../sync/rooms.ts'
import type { ThreadRow } from './threadStore.ts'

/** Id of the clause where each thread stands now, by the thread's; null for one whose place is gone. */
export type ThreadPlaces = ReadonlyMap<string, string | null>

/** A clause may be merged into one that is merged in turn, so often at most. */
const HOPS = 20
/** Threads looked for in their own clause before others have their turn. */
const BREATH = 50

type Places = Map<string, string | null>
/** What has been found in a text, which never changes. */
const known = new WeakMap<CommittedText, { places: Places; turn: Promise<void> }>()

/** Of threads of one document, in its text as it is on disk. @throws {AppError} server/busy */
export async function threadPlaces(
  { platform, rooms }: AppDeps,
  documentId: string,
  threads: readonly ThreadRow[],
): Promise<ThreadPlaces> {
  if (threads.length === 0) return new Map()
  const text = await rooms.read(documentId)
  const ids = new Set(uniqueIds(text.blocks))
  const joined = await joinedClauses(platform.database.read, documentId)
  const asked = threads.map((thread) => ({
    id: thread.id,
    clauseId: thread.clause_id,
    home: standing(thread.clause_id, ids, joined),
    anchor: anchorOf(thread),
  }))
  const words = await placesOfWords(
    text,
    asked.flatMap(({ anchor, home, ...one }) =>
      anchor ? [{ ...one, anchor, clauseId: home ?? one.clauseId }] : [],
    ),
  )
  return new Map(asked.map(({ id, anchor, home }) => [id, anchor ? (words.get(id) ?? null) : home]))
}

export const anchorOf = ({ anchor, quote }: Pick<ThreadRow, 'anchor' | 'quote'>): Anchor | null =>
  anchor === null ? null : decodeAnchor(anchor, quote ?? '')

type Anchored = { id: string; clauseId: string; anchor: Anchor }

/** One search in a text at a time: whoever asks meanwhile finds what it has found. */
async function placesOfWords(text: CommittedText, anchored: readonly Anchored[]): Promise<Places> {
  const { places, turn } = known.get(text) ?? { places: new Map(), turn: Promise.resolve() }
  const search = turn.then(() => findPlaces(text, anchored, places))
  // Whoever asked hears of a failure; the next one looks again.
  known.set(text, { places, turn: search.catch(() => undefined) })
  await search
  return places
}

/** Others have their turn in between: there may be thousands of threads, in a text of hundreds of pages. */
async function findPlaces(
  text: CommittedText,
  anchored: readonly Anchored[],
  places: Places,
): Promise<void> {
  const asked = anchored.filter(({ id }) => !places.has(id))
  if (asked.length === 0) return
  const homes = new Map<string, Letters[]>()
  for (const box of lettersOfBlocks(text.blocks)) {
    const boxes = homes.get(box.clauseId)
    if (boxes) boxes.push(box)
    else homes.set(box.clauseId, [box])
  }
  // Most words stand where they stood; only for the others is the whole text put together.
  const moved: Anchored[] = []
  for (const [index, one] of asked.entries()) {
    if (findWords(homes.get(one.clauseId) ?? [], one.anchor, one.clauseId))
      places.set(one.id, one.clauseId)
    else moved.push(one)
    if (index % BREATH === 0) await setImmediate()
  }
  if (moved.length === 0) return
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, text.encodeState())
    const locate = wordsLocator(doc)
    for (const { id, clauseId, anchor } of moved) {
      places.set(id, locate(anchor, clauseId)?.clauseId ?? null)
      await setImmediate()
    }
  } finally {
    doc.destroy()
  }
}

/** A clause that was merged away, and the one that has its words. */
async function joinedClauses(
  db: Reader,
  documentId: string,
): Promise<(clauseId: string) => string | null> {
  const rows = await db
    .selectFrom('grave')
    .select(['clause_id', 'joined_to'])
    .where('document_id', '=', documentId)
    .where('joined_to', 'is not', null)
    .execute()
  const joined = new Map(rows.map(({ clause_id, joined_to }) => [clause_id, joined_to]))
  return (clauseId) => joined.get(clauseId) ?? null
}

function standing(
  clauseId: string,
  ids: ReadonlySet<string>,
  joined: (clauseId: string) => string | null,
): string | null {
  let id: string | null = clauseId
  for (let hop = 0; id !== null && hop < HOPS; hop += 1) {
    if (ids.has(id)) return id
    id = joined(id)
  }
  return null
}
