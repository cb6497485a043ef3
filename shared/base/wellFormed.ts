/** Half of a pair: UTF-8 has no bytes for it, so that it comes back from disk as another letter than it went. */
const LONE_SURROGATE = /\p{Surrogate}/u

export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text)

/** Where in a value, keys included, there is half a letter: the way to it, null where all is whole. */
export function findMalformed(value: unknown): string[] | null {
  if (typeof value === 'string') return isWellFormed(value) ? null : []
  if (typeof value !== 'object' || value === null) return null
  for (const [key, one] of Object.entries(value)) {
    if (!isWellFormed(key)) return []
    const way = findMalformed(one)
    if (way) return [key, ...way]
  }
  return null
}
