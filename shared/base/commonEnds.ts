/** How many items two lists, or UTF-16 units two texts, have in common at the start, and how many of the others at the end. */
export function commonEnds(
  one: ArrayLike<unknown>,
  other: ArrayLike<unknown>,
): { start: number; end: number } {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start += 1
  let end = 0
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1
  return { start, end }
}
