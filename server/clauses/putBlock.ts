import type * as Y from 'yjs'
import type { Actor } from '../../shared/accounts/account.ts'
import { carriedText } from '../../shared/clauses/carriedText.ts'
import { type Block, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { moveBlocks } from '../../shared/clauses/moveBlocks.ts'
import { restoreRuns } from '../../shared/clauses/restoreRuns.ts'
import { setTableText } from '../../shared/clauses/tables/setTableText.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { deleteClause, findBlock, insertClause, readBody } from '../../shared/clauses/yjs.ts'
import type { Tx } from '../platform/database.ts'
import { gone } from './placeGuards.ts'

/**
 * One block and what it stands behind; null where it is not in the text.
 * `along`: blocks right behind it that come and go with its place.
 */
export type Seat = { block: Block; after: string | null; along?: readonly string[] } | null

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
  } else if (!now || was.after !== now.after) {
    const along = now ? followers(doc, clauseId, was.along ?? now.along ?? []) : []
    if (along.some(({ id }) => id === was.after)) throw gone('place')
    deleteClause(doc, clauseId)
    if (!insertClause(doc, was.after, was.block)) throw gone('place')
    moveBlocks(doc, along, clauseId)
  } else putWords(doc, clauseId, was.block)
}

/** Those of them that stand right behind it still. */
function followers(doc: Y.Doc, clauseId: string, along: readonly string[]) {
  const blocks = readBody(doc)
  const ids = uniqueIds(blocks)
  const first = ids.indexOf(clauseId) + 1
  const count = ids.slice(first).findIndex((id) => !along.includes(id))
  return blocks
    .slice(first, count < 0 ? undefined : first + count)
    .map((block, i) => ({ id: ids[first + i] ?? '', block }))
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
