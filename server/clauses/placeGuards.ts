import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { BlockLevel } from '../../shared/clauses/clause.ts'
import { parentIndexes } from '../../shared/clauses/numbering.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { type Subtree, subtreeOf } from './structureCommands.ts'

/** What an act did is no more as it left it. */
export const gone = (why: 'place' | 'clause' | 'words') => new AppError('act/gone', { why })

/** @throws {AppError} act/gone */
export function standing(doc: Y.Doc, clauseId: string): Subtree {
  if (!uniqueIds(readBody(doc)).includes(clauseId)) throw gone('clause')
  return subtreeOf(doc, clauseId, null)
}

/** @throws {AppError} act/gone where one of them stands again */
export function demandAbsent(doc: Y.Doc, ids: readonly string[]): void {
  const there = new Set(uniqueIds(readBody(doc)))
  if (ids.some((id) => there.has(id))) throw gone('clause')
}

/**
 * Blocks go back only to where all others keep what they hang under.
 * @throws {AppError} act/gone
 */
export function demandPlace(
  rest: readonly { id: string; level: BlockLevel }[],
  after: string | null,
  levels: readonly BlockLevel[],
): void {
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1
  if (after !== null && at === 0) throw gone('place')
  const before = parentIndexes(rest.map(({ level }) => level))
  const restLevels = rest.map(({ level }) => level)
  const now = parentIndexes([...restLevels.slice(0, at), ...levels, ...restLevels.slice(at)])
  const shifted = (index: number) => (index < at ? index : index + levels.length)
  const isKept = before.every((parent, i) => {
    const parentNow = now[shifted(i)] ?? null
    return parentNow === (parent === null ? null : shifted(parent))
  })
  if (!isKept) throw gone('place')
}
