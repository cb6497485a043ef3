import type * as Y from 'yjs'
import type { Actor } from '../../shared/accounts/account.ts'
import { carriedText } from '../../shared/clauses/carriedText.ts'
import { type Block, type BlockLevel, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { moveBlocks } from '../../shared/clauses/moveBlocks.ts'
import { restoreRuns } from '../../shared/clauses/restoreRuns.ts'
import { subtreeEnd } from '../../shared/clauses/subtree.ts'
import { setTableText } from '../../shared/clauses/tables/setTableText.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { deleteClause, findBlock, insertClause, readBody } from '../../shared/clauses/yjs.ts'
import type { Tx } from '../platform/database.ts'
import { demandPlace, gone } from './placeGuards.ts'

/**
 * One block and what it stands behind; null where it is not in the text. `whole`: its place was changed with all that belongs
 * to it, and is changed back so.
 */
export type Seat = { block: Block; after: string | null; whole?: Ends } | null

/** What stood right behind all of it, there and where it came to; null at the end of the text. */
export type Ends = { was: string | null; now: string | null }

/** Rows that say the same as the text: `stands` is false once the change has been taken back. */
export type SeatRecord = (
  tx: Tx,
  by: Pick<Actor, 'userId' | 'name' | 'agencyId'>,
  stands: boolean,
  /** Row of the log that has the change. */
  revision: number,
) => Promise<void>

/** A change of one block, whatever it was, taken back by putting the block back as it was. */
export type PutBack = {
  kind: 'putBack'
  clauseId: string
  was: Seat
  now: Seat
  /** What the rows say once it is done. */
  stands: boolean
  record: SeatRecord
  /** Lets everybody whom those rows concern know, once they are stored. */
  tell(): void
}

export function seatOf(doc: Y.Doc, clauseId: string): Seat {
  const blocks = readBody(doc)
  const ids = uniqueIds(blocks)
  const index = ids.indexOf(clauseId)
  const block = blocks[index]
  if (!block) return null
  return { block: { ...block, id: clauseId as Block['id'] }, after: ids[index - 1] ?? null }
}

/** @throws {AppError} act/gone where the block is no more as it was left */
export function putBlockBack(
  doc: Y.Doc,
  { clauseId, was, now }: Pick<PutBack, 'clauseId' | 'was' | 'now'>,
): void {
  const standing = seatOf(doc, clauseId)
  if (!standing !== !now) throw gone('clause')
  if (standing && now) {
    if (!isSame(standing.block, now.block)) throw gone('words')
    if (was && was.after !== now.after && standing.after !== now.after) throw gone('place')
  }
  if (!was) {
    if (readBody(doc).length === 1) throw gone('words')
    deleteClause(doc, clauseId)
  } else if (!now) {
    if (!insertClause(doc, was.after, was.block)) throw gone('place')
  } else if (was.after !== now.after) {
    const { whole } = now
    const redone = whole && { was: whole.now, now: whole.was, level: now.block.level }
    const undone = was.whole && { ...was.whole, level: was.block.level }
    moveBack(doc, clauseId, was, undone ?? redone)
  } else putWords(doc, clauseId, was.block)
}

type Place = NonNullable<Seat>
/** `level`: that at which it was told what belongs to it. */
type Whole = Ends & { level: BlockLevel }

/**
 * What has come to hang under it since goes along, as it does when a clause is moved, but nothing that it only came to stand
 * before; and all others keep what they hang under.
 */
function moveBack(doc: Y.Doc, clauseId: string, { block, after }: Place, whole?: Whole): void {
  const blocks = readBody(doc)
  const ids = uniqueIds(blocks)
  const levels = blocks.map(({ level }) => level)
  const first = ids.indexOf(clauseId)
  const until = whole?.now ? ids.indexOf(whole.now) : -1
  const below = whole ? subtreeEnd(levels.with(first, whole.level), first) : first + 1
  const end = until > first ? Math.min(until, below) : below
  const along = blocks.slice(first + 1, end).map((each, i) => ({
    id: ids[first + 1 + i] ?? '',
    block: each,
  }))
  const rest = ids
    .map((id, i) => ({ id, level: levels[i] ?? 'text' }))
    .toSpliced(first, end - first)
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1
  if (after !== null && at === 0) throw gone('place')
  // Where nothing has come between since, all is as it was.
  if (whole && (rest[at]?.id ?? null) !== whole.was)
    demandPlace(rest, after, [block.level, ...along.map((each) => each.block.level)])
  deleteClause(doc, clauseId)
  if (!insertClause(doc, after, block)) throw gone('place')
  moveBlocks(doc, along, clauseId)
}

const isSame = (one: Block, other: Block) =>
  one.level === other.level && clauseHash(one) === clauseHash(other)

/** Gives a block that stands the words, marks and level of another, and leaves what is common alone. */
export function putWords(doc: Y.Doc, clauseId: string, block: Block): void {
  const element = findBlock(doc, clauseId)
  const seat = seatOf(doc, clauseId)
  if (!element || !seat) throw gone('clause')
  if (isTable(block) || isTable(seat.block)) {
    if (carriedText(seat.block) === carriedText(block)) return
    if (isTable(block) && isTable(seat.block) && setTableText(doc, clauseId, carriedText(block)))
      return
    deleteClause(doc, clauseId)
    insertClause(doc, seat.after, { ...block, id: clauseId as Block['id'] })
    return
  }
  restoreRuns(element, block.runs)
  if (block.level !== seat.block.level) element.setAttribute('level', block.level)
}
