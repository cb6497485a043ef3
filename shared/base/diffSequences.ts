import { commonEnds } from './commonEnds.ts'

/** `removed` items of the old sequence from `at` on give way to `added` items of the new one from `from` on. */
export type Hunk = { at: number; removed: number; from: number; added: number }

/** Steps that one comparison may take: some tens of milliseconds. */
const EFFORT = 1_000_000

/**
 * The fewest removals and additions that turn one sequence into another (Myers, in linear space), in order, with
 * something common between any two. Sequences that differ so much that finding them would take long are given in
 * fewer, larger pieces.
 * @param effort how many steps it may take
 */
export function diffSequences(
  before: readonly string[],
  after: readonly string[],
  effort = EFFORT,
): Hunk[] {
  const { start, end } = commonEnds(before, after)
  const names = new Map<string, number>()
  const name = (item: string) => {
    const known = names.get(item) ?? names.size
    names.set(item, known)
    return known
  }
  const old = Int32Array.from(before.slice(start, before.length - end), name)
  const fresh = Int32Array.from(after.slice(start, after.length - end), name)
  const hunks: Hunk[] = []
  const add = (at: number, to: number, from: number, until: number) => {
    const last = hunks.at(-1)
    const next = { at: at + start, removed: to - at, from: from + start, added: until - from }
    if (last && last.at + last.removed === next.at && last.from + last.added === next.from) {
      last.removed += next.removed
      last.added += next.added
    } else hunks.push(next)
  }
  const left = { steps: effort }
  /** Ranges still to be compared, the first on top. */
  const waiting: Range[] = [{ at: 0, to: old.length, from: 0, until: fresh.length }]
  for (let range = waiting.pop(); range; range = waiting.pop()) {
    let { at, to, from, until } = range
    while (at < to && from < until && old[at] === fresh[from]) {
      at += 1
      from += 1
    }
    while (at < to && from < until && old[to - 1] === fresh[until - 1]) {
      to -= 1
      until -= 1
    }
    if (at === to && from === until) continue
    const isOneSided = at === to || from === until
    const middle = isOneSided ? null : findMiddle(old, fresh, { at, to, from, until }, left)
    if (!middle) add(at, to, from, until)
    else
      waiting.push(
        { at: middle.x, to, from: middle.y, until },
        { at, to: middle.x, from, until: middle.y },
      )
  }
  return hunks
}

type Range = { at: number; to: number; from: number; until: number }

type Point = { x: number; y: number }

/**
 * A point that a shortest way from the beginning to the end of a range passes, looked for from both ends at once.
 * @param range neither side of which is empty, and no end of which is common
 * @param left what the search may cost; null when it would cost more
 */
function findMiddle(
  old: Int32Array,
  fresh: Int32Array,
  { at, to, from, until }: Range,
  left: { steps: number },
): Point | null {
  const [n, m] = [to - at, until - from]
  const most = Math.min(Math.ceil((n + m) / 2), Math.ceil(Math.sqrt(Math.max(0, left.steps))))
  const delta = n - m
  const isOdd = (delta & 1) !== 0
  const forth = new Walk(old, fresh, { at, from, sign: 1, n, m }, most)
  const back = new Walk(old, fresh, { at: to - 1, from: until - 1, sign: -1, n, m }, most)
  for (let cost = 0; cost <= most && left.steps > 0; cost += 1) {
    for (let k = forth.first(cost); k <= forth.last(cost); k += 2) {
      const x = forth.step(k, cost)
      if (isOdd && forth.holds(x, k) && back.reaches(delta - k, n - x))
        return { x: at + x, y: from + x - k }
    }
    for (let k = back.first(cost); k <= back.last(cost); k += 2) {
      const x = back.step(k, cost)
      if (!isOdd && back.holds(x, k) && forth.reaches(delta - k, n - x))
        return { x: to - x, y: until - x + k }
    }
    left.steps -= forth.takeSteps() + back.takeSteps()
  }
  return null
}

type Start = { at: number; from: number; sign: 1 | -1; n: number; m: number }

/** All shortest ways from one corner of a range, one step more with each cost. */
class Walk {
  readonly #old: Int32Array
  readonly #fresh: Int32Array
  readonly #start: Start
  readonly #zero: number
  /** How far each diagonal leads into the old side; -1 where nobody has been. */
  readonly #ends: Int32Array
  /** Diagonals that have left the range on either side lead nowhere any more. */
  #low = 0
  #high = 0
  #steps = 0

  constructor(old: Int32Array, fresh: Int32Array, start: Start, most: number) {
    this.#old = old
    this.#fresh = fresh
    this.#start = start
    this.#zero = most + 1
    this.#ends = new Int32Array(2 * most + 3).fill(-1)
    this.#ends[this.#zero + 1] = 0
  }

  first = (cost: number): number => this.#low - cost
  last = (cost: number): number => cost - this.#high

  /** Goes one step on, and as far as both sides are alike. */
  step(k: number, cost: number): number {
    const { at, from, sign, n, m } = this.#start
    const [ends, zero] = [this.#ends, this.#zero]
    const below = ends[zero + k - 1] as number
    const above = ends[zero + k + 1] as number
    let x = k === -cost || (k !== cost && below < above) ? above : below + 1
    const begin = x
    while (x < n && x - k < m && this.#old[at + sign * x] === this.#fresh[from + sign * (x - k)])
      x += 1
    this.#steps += 1 + x - begin
    ends[zero + k] = x
    if (x > n) this.#high += 2
    else if (x - k > m) this.#low += 2
    return x
  }

  holds = (x: number, k: number): boolean => x <= this.#start.n && x - k <= this.#start.m

  /** Whether somebody has come as far as `x` on this diagonal. */
  reaches(k: number, x: number): boolean {
    const end = Math.abs(k) < this.#zero ? (this.#ends[this.#zero + k] as number) : -1
    return end >= x && end >= 0 && this.holds(end, k)
  }

  takeSteps(): number {
    const steps = this.#steps
    this.#steps = 0
    return steps
  }
}
