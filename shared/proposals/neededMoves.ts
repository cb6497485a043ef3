import { risingRun } from '../base/risingRun.ts'
import { parentIndexes } from '../clauses/numbering.ts'
import { type Line, moveLines, moveNow, type Pending, placeNow } from './placeMoves.ts'

/**
 * Which clauses somebody has to be said to have moved, so that moving each with all that belongs to it
 * (`moveLines`) makes one order of the other. What goes along with another is not named.
 * @param before what stood in the text
 * @param after the same blocks in their new order, at their new levels, with new ones among them
 * Where that is too much to be tried out, as in what a hostile author sends after the lock, each is named that does not stand in
 * order any more.
 * @param couldMove whether this person may have moved it: of two that changed places it is that one
 */
export function neededMoves(
  before: readonly Line[],
  after: readonly Line[],
  couldMove: (id: string) => boolean,
): ReadonlySet<string> {
  const places = new Map(before.map(({ id }, index) => [id, index]))
  const kept = after.filter(({ id }) => places.has(id))
  const placeOf = ({ id }: Line) => places.get(id) ?? 0
  const still = stillPlaces(kept, placeOf, couldMove)
  const moved = new Set(kept.filter((line) => !still.has(placeOf(line))).map(({ id }) => id))
  const added = after.length - kept.length
  const count = moved.size + added
  if (moved.size === 0 || count * (before.length + after.length) > TRIED_AT_MOST) return moved
  const needed = withoutFollowers(before, kept, moved)
  // Levels that change, headings that left without what hung under them: whatever comes out wrong is named too.
  for (let tries = 0; tries < 2 * PATIENCE; tries += 1) {
    const inOrder = [true, false].flatMap((early) => misplaced(before, after, needed, { early }))
    // For whoever accepts them in another order; no clause is named for it that its author did not take up.
    const orders = otherOrders(after, needed, added)
    const others = orders.flatMap((sequence) =>
      misplaced(before, after, needed, { early: true, sequence }),
    )
    const wrong = [...inOrder, ...others]
    const named = wrong.find(couldMove) ?? inOrder[0]
    if (named === undefined) return needed
    for (const id of tries < PATIENCE ? [named] : wrong) needed.add(id)
  }
  return needed
}

/** Places of the blocks that stayed: first of those that cannot have been moved, then of as many others as fit among them. */
function stillPlaces(
  kept: readonly Line[],
  placeOf: (line: Line) => number,
  couldMove: (id: string) => boolean,
): Set<number> {
  const still = risingRun(kept.filter(({ id }) => !couldMove(id)).map(placeOf))
  let low = -1
  let between: number[] = []
  const close = (high: number) => {
    for (const place of risingRun(between.filter((place) => place > low && place < high)))
      still.add(place)
    low = high
    between = []
  }
  for (const line of kept) {
    const place = placeOf(line)
    if (couldMove(line.id)) between.push(place)
    else if (still.has(place)) close(place)
  }
  close(Number.POSITIVE_INFINITY)
  return still
}

/** Without what hangs under the same clause as before, right behind what it stood behind, where that was moved. */
function withoutFollowers(
  before: readonly Line[],
  kept: readonly Line[],
  moved: ReadonlySet<string>,
): Set<string> {
  const [was, now] = [contextOf(before), contextOf(kept)]
  return new Set(
    [...moved].filter((id) => {
      const [old, own] = [was.get(id), now.get(id)]
      const follows =
        own?.parent !== undefined && own.parent === old?.parent && own.previous === old.previous
      return !(follows && moved.has(own.parent as string))
    }),
  )
}

function contextOf(lines: readonly Line[]) {
  const parents = parentIndexes(lines.map(({ level }) => level))
  return new Map(
    lines.map(({ id }, index) => [
      id,
      { parent: lines[parents[index] ?? -1]?.id, previous: lines[index - 1]?.id },
    ]),
  )
}

/** So often the smallest set is looked for; whoever shuffles a whole text has most of it named. */
const PATIENCE = 20

/** Blocks times what is moved or new: a hundredth of a second for each try. A whole plan with a hundred moves is well below. */
const TRIED_AT_MOST = 200_000

/** Deletions first or last; the rest as it stands in the text, or as said. */
type Order = { early: boolean; sequence?: readonly Line[] }

/** So many moves, beside so many new blocks, are tried in every order; more of them from the end of the text alone. */
const EVERY_ORDER_OF = 4
const BESIDE_NEW = 20

function otherOrders(
  after: readonly Line[],
  needed: ReadonlySet<string>,
  added: number,
): (readonly Line[])[] {
  if (needed.size > EVERY_ORDER_OF || added > BESIDE_NEW) return [after.toReversed()]
  const rest = after.filter(({ id }) => !needed.has(id))
  const moves = after.filter(({ id }) => needed.has(id))
  return permutations(moves).map((sequence) => [...sequence, ...rest])
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((others) => [item, ...others]),
  )
}

/**
 * Accepts them all in this order, and looks.
 * @returns from the first block that is not where it should be: those that have not been named yet
 */
function misplaced(
  before: readonly Line[],
  after: readonly Line[],
  needed: ReadonlySet<string>,
  { early, sequence = after }: Order,
): string[] {
  const stays = new Set(after.map(({ id }) => id))
  const known = new Map(before.map(({ id, level }) => [id, level]))
  let lines = early ? before.filter(({ id }) => stays.has(id)) : before
  const waiting = new Map(
    after.flatMap(({ id }, index): [string, Pending][] => {
      const kind = known.has(id) ? 'move' : 'insert'
      if (kind === 'move' && !needed.has(id)) return []
      return [[id, { kind, clauseId: id, after: after[index - 1]?.id ?? null }]]
    }),
  )
  for (const { id, level } of sequence) {
    const one = waiting.get(id)
    waiting.delete(id)
    if (one?.kind === 'move') {
      const move = { clauseId: id, after: one.after, level }
      const taken = moveNow(lines, move, [...waiting.values()])
      // Alone is a makeshift for whoever accepts in another order.
      if (taken && !taken.isAlone) lines = moveLines(lines, taken, level)
    } else if (one) lines = inserted(lines, { id, level }, one.after, [...waiting.values()])
    else if (known.has(id) && known.get(id) !== level)
      lines = lines.map((line) => (line.id === id ? { id, level } : line))
  }
  const made = lines.filter(({ id }) => stays.has(id))
  const index = after.findIndex(({ id }, n) => made[n]?.id !== id)
  if (index < 0) return []
  return after.slice(index).flatMap(({ id }) => (known.has(id) && !needed.has(id) ? id : []))
}

function inserted(
  lines: readonly Line[],
  line: Line,
  after: string | null,
  pending: readonly Pending[],
): readonly Line[] {
  const place = placeNow(lines, line.level, after, pending) ?? null
  return lines.toSpliced(lines.findIndex(({ id }) => id === place) + 1, 0, line)
}
