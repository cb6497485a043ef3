/**
 * A longest run of numbers, not necessarily neighbours, each of which is larger than the one before.
 * @param numbers all different
 */
export function risingRun(numbers: readonly number[]): Set<number> {
  /** `ends[n]`: index of the smallest number that ends a rising run of n + 1. */
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, number] of numbers.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[ends[middle] as number] as number) < number) low = middle + 1
      else high = middle
    }
    previous[index] = low > 0 ? (ends[low - 1] as number) : -1
    ends[low] = index
  }
  const run = new Set<number>()
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] as number)
    run.add(numbers[index] as number)
  return run
}
