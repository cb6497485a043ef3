import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { Sha256 } from '../../shared/base/ids.ts'
import { type Block, type BlockLevel, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { joinToPrevious } from '../../shared/clauses/joinClauses.ts'
import { moveBlocks } from '../../shared/clauses/moveBlocks.ts'
import { isPlaceFor, subtreeEnd, subtreeHash } from '../../shared/clauses/subtree.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { deleteClause, readBody } from '../../shared/clauses/yjs.ts'

export type Subtree = {
  blocks: { id: string; block: Block }[]
  first: number
  /** Of all blocks of the document. */
  ids: readonly string[]
  levels: readonly BlockLevel[]
}

/**
 * The clause with all that hangs under it.
 * @param seen its fingerprint as whoever acts has it on screen; null asks for no agreement
 * @throws {AppError} clause/not-found; clause/stale-hash when somebody has written there since
 */
export function subtreeOf(doc: Y.Doc, clauseId: string, seen: Sha256 | null): Subtree {
  const all = readBody(doc)
  const ids = uniqueIds(all)
  const first = ids.indexOf(clauseId)
  if (first < 0) throw new AppError('clause/not-found')
  const levels = all.map(({ level }) => level)
  const end = subtreeEnd(levels, first)
  const blocks = all.slice(first, end).map((block, i) => ({ id: ids[first + i] ?? '', block }))
  const hash = subtreeHash(blocks.map(({ id, block }) => ({ id, hash: clauseHash(block) })))
  if (seen !== null && seen !== hash) throw new AppError('clause/stale-hash', { hash })
  return { blocks, first, ids, levels }
}

/**
 * Ids stay; whatever others type there in the meantime comes back to them.
 * @param after null for the beginning
 * @throws {AppError} as {@link subtreeOf}; input/invalid for a place inside what is to be moved, or where
 * headings and what hangs under them would come apart (`isPlaceFor`)
 */
export function moveSubtree(
  doc: Y.Doc,
  clauseId: string,
  after: string | null,
  seen: Sha256 | null,
): void {
  const { blocks, first, ids, levels } = subtreeOf(doc, clauseId, seen)
  if (after !== null && !ids.includes(after)) throw new AppError('clause/not-found')
  if (!isPlaceFor(levels, first, after === null ? null : ids.indexOf(after)))
    throw new AppError('input/invalid', { at: 'body.afterClauseId' })
  if (after === (ids[first - 1] ?? null)) return
  moveBlocks(doc, blocks, after)
}

/**
 * @returns id of the clause that has the words of both now
 * @throws {AppError} as {@link subtreeOf}; content/refused for a table, or where nothing stands before it
 */
export function mergeWithPrevious(doc: Y.Doc, clauseId: string, seen: Sha256 | null): string {
  const { blocks } = subtreeOf(doc, clauseId, seen)
  const what = blocks.some(({ id, block }) => id === clauseId && isTable(block))
  const joined = what ? null : joinToPrevious(doc, clauseId)
  if (joined === null) throw new AppError('content/refused', { what: 'merge' })
  return joined
}

/** @throws {AppError} as {@link subtreeOf}; content/refused where nothing would be left */
export function deleteSubtree(doc: Y.Doc, clauseId: string, seen: Sha256 | null): void {
  const { blocks, ids } = subtreeOf(doc, clauseId, seen)
  if (blocks.length === ids.length) throw new AppError('content/refused', { what: 'last' })
  for (const { id } of [...blocks].reverse()) deleteClause(doc, id)
}
