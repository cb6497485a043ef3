export type Chance = {
  /** 0 … below - 1 */
  below(below: number): number
  /** True once in `n` times. */
  oneIn(n: number): boolean
  /** @throws for an empty list */
  pick<T>(list: readonly T[]): T
}

/** A small seeded generator (mulberry32), so that a failing seed can be named. */
export function seeded(seed: number): Chance {
  let state = seed
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % bound
  }
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick(list) {
      if (list.length === 0) throw new Error('nothing to pick from')
      return list[below(list.length)] as (typeof list)[number]
    },
  }
}
