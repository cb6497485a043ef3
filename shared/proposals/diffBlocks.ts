import { ClauseId } from '../base/ids.ts'
import { carriedText } from '../clauses/carriedText.ts'
import type { Block, BlockLevel } from '../clauses/clause.ts'
import { uniqueIds } from '../clauses/uniqueIds.ts'
import { neededMoves } from './neededMoves.ts'

/** What one person did to one clause, as a proposal can say it; `text` is {@link carriedText}. */
export type BlockChange =
  | { kind: 'edit'; clauseId: string; before: Block; text: string; level: BlockLevel }
  | { kind: 'delete'; clauseId: string; before: Block }
  | {
      kind: 'insert'
      clauseId: string
      afterClauseId: string | null
      text: string
      level: BlockLevel
    }
  | {
      kind: 'move'
      clauseId: string
      before: Block
      afterClauseId: string | null
      text: string
      level: BlockLevel
    }

/**
 * The changes from one body to another, one per clause: deletions first, then what stands in the new body, in its
 * order. A clause is moved with all that belongs to it, so what goes along with another is no move of its own; one that
 * was both moved and rewritten is one move with new words. Bold and the like are not compared, since nobody agrees to them.
 * @param newId names inserted blocks that have no id of their own
 * @param couldMove whether its author may have moved this clause; of two that changed places it is that one
 */
export function diffBlocks(
  before: readonly Block[],
  after: readonly Block[],
  newId: () => string,
  couldMove: (clauseId: string) => boolean = () => true,
): BlockChange[] {
  const oldIds = uniqueIds(before)
  const old = new Map(oldIds.map((id, index) => [id, { block: before[index] as Block, index }]))
  const found = uniqueIds(after)
  const kept = new Set(found.filter((id) => old.has(id)))
  const names = found.map((id) => (kept.has(id) || isOwnId(id) ? id : newId()))
  const moved = neededMoves(linesOf(before, oldIds), linesOf(after, names), couldMove)

  const changes: BlockChange[] = oldIds
    .filter((id) => !kept.has(id))
    .map((id) => ({ kind: 'delete', clauseId: id, before: (old.get(id) as Old).block }))
  for (const [index, block] of after.entries()) {
    const clauseId = names[index] as string
    const afterClauseId = names[index - 1] ?? null
    const [text, level] = [carriedText(block), block.level]
    const was = old.get(found[index] as string)
    if (!was) changes.push({ kind: 'insert', clauseId, afterClauseId, text, level })
    else if (moved.has(clauseId))
      changes.push({ kind: 'move', clauseId, before: was.block, afterClauseId, text, level })
    else if (text !== carriedText(was.block) || level !== was.block.level)
      changes.push({ kind: 'edit', clauseId, before: was.block, text, level })
  }
  return changes
}

const linesOf = (blocks: readonly Block[], ids: readonly string[]) =>
  blocks.map(({ level }, index) => ({ id: ids[index] ?? '', level }))

type Old = { block: Block; index: number }

/** A second copy of an id, or none at all, is no name to put into a text. */
const isOwnId = (id: string) => !id.includes('~') && ClauseId.safeParse(id).success
