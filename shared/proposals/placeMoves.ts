import type { BlockLevel } from '../clauses/clause.ts'
import { holds, parentIndexes } from '../clauses/numbering.ts'
import { subtreeEnd } from '../clauses/subtree.ts'

/** A block as far as its place goes. */
export type Line = { id: string; level: BlockLevel }

/** A proposal of the same batch that is not in the text yet: what it puts where, null at the top. */
export type Pending = { kind: 'insert' | 'move'; clauseId: string; after: string | null }

/**
 * Where something goes that was proposed together with others, of which some are not accepted: behind the nearest
 * block before it that stands where the batch wants it. So the order in which they are accepted does not matter.
 * @param rest the blocks without those that are moved
 * @param after as it was proposed; null is the top
 * @param taken those that are moved: of these only what will leave them again can be stood behind
 * @returns undefined when the place is gone
 */
export function placeNow(
  rest: readonly Line[],
  level: BlockLevel,
  after: string | null,
  pending: readonly Pending[],
  taken: readonly Line[] = [],
): string | null | undefined {
  const parents = parentIndexes(rest.map((line) => line.level))
  const indexes = new Map(rest.map(({ id }, index) => [id, index]))
  const waiting = new Map(pending.map((one) => [one.clauseId, one]))
  let at = after
  for (let steps = 0; steps <= pending.length; steps += 1) {
    if (at === null) return null
    const index = indexes.get(at)
    const next =
      index === undefined
        ? (waiting.get(at) ?? leavingAgain(taken, at, waiting))
        : leaving(rest, parents, index, level, waiting)
    if (!next) return index === undefined ? undefined : at
    at = next.after
  }
  return undefined
}

/** The move that will take this block away, alone or with what it hangs under, and leave behind what is put there. */
function leaving(
  rest: readonly Line[],
  parents: readonly (number | null)[],
  index: number,
  level: BlockLevel,
  waiting: ReadonlyMap<string, Pending>,
): Pending | null {
  let isBelow = false
  for (let up: number | null = index; up !== null; up = parents[up] ?? null) {
    const line = rest[up] as Line
    isBelow ||= holds(line.level, level)
    const one = waiting.get(line.id)
    if (one?.kind === 'move' && !isBelow) return one
  }
  return null
}

/** The move that will take this block out of what is being moved. */
function leavingAgain(
  taken: readonly Line[],
  id: string,
  waiting: ReadonlyMap<string, Pending>,
): Pending | undefined {
  const parents = parentIndexes(taken.map((line) => line.level))
  const index = taken.findIndex((line) => line.id === id)
  for (let up: number | null = index; up !== null && up > 0; up = parents[up] ?? null) {
    const one = waiting.get((taken[up] as Line).id)
    if (one?.kind === 'move') return one
  }
  return undefined
}

export type Move = { clauseId: string; after: string | null; level: BlockLevel }

/**
 * What moves, and where to: the clause with all that belongs to it, or alone where its place is among that.
 * `first` and `count` say which blocks.
 */
export type Taken = { first: number; count: number; after: string | null; isAlone: boolean }

/** @returns null when clause or place are gone */
export function moveNow(
  lines: readonly Line[],
  { clauseId, after, level }: Move,
  pending: readonly Pending[],
): Taken | null {
  const first = lines.findIndex(({ id }) => id === clauseId)
  if (first < 0) return null
  const levels = lines.map((line) => line.level)
  const whole = subtreeEnd(levels, first) - first
  for (const count of [whole, 1]) {
    const taken = lines.slice(first, first + count)
    const place = placeNow(lines.toSpliced(first, count), level, after, pending, taken)
    if (place !== undefined) return { first, count, after: place, isAlone: count < whole }
  }
  return null
}

/** The order that it makes. @param level that the clause has then */
export function moveLines(
  lines: readonly Line[],
  { first, count, after }: Taken,
  level: BlockLevel,
): readonly Line[] {
  const rest = lines.toSpliced(first, count)
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1
  const [root, ...along] = lines.slice(first, first + count) as [Line, ...Line[]]
  return rest.toSpliced(at, 0, { ...root, level }, ...along)
}
