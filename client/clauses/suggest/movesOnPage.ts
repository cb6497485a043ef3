import type { Block } from '../../../shared/clauses/clause.ts'
import { parentIndexes } from '../../../shared/clauses/numbering.ts'
import { uniqueIds } from '../../../shared/clauses/uniqueIds.ts'
import { neededMoves } from '../../../shared/proposals/neededMoves.ts'
import type { Line } from '../../../shared/proposals/placeMoves.ts'
import type { MovesOnPage } from './markSource.ts'

/** Most letters, one's own and those of others, change nothing of this: the last answer is kept. */
let last: { about: string; moves: MovesOnPage } | null = null

export function movesOnPage(
  base: readonly Block[],
  after: readonly Line[],
  isOwnCopy: (clauseId: string) => boolean,
): MovesOnPage {
  const ids = uniqueIds(base)
  const before = base.map(({ level }, index) => ({ id: ids[index] ?? '', level }))
  const about = [
    ...before.map(({ id, level }) => `${id} ${level}`),
    ...after.map(({ id, level }) => `${id} ${level} ${isOwnCopy(id)}`),
  ].join('\n')
  if (last?.about === about) return last.moves
  const moved = neededMoves(before, after, isOwnCopy)
  const moves = { moved, along: followersOf(before, after, moved) }
  last = { about, moves }
  return moves
}

function followersOf(
  before: readonly Line[],
  after: readonly Line[],
  moved: ReadonlySet<string>,
): Set<string> {
  const along = new Set<string>()
  if (moved.size === 0) return along
  const now = parentsOf(after)
  for (const [id, parent] of parentsOf(before)) {
    const goes = parent !== null && (moved.has(parent) || along.has(parent))
    if (goes && now.get(id) === parent && !moved.has(id)) along.add(id)
  }
  return along
}

function parentsOf(lines: readonly Line[]): Map<string, string | null> {
  const parents = parentIndexes(lines.map(({ level }) => level))
  return new Map(lines.map(({ id }, index) => [id, lines[parents[index] ?? -1]?.id ?? null]))
}
