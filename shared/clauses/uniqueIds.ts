/**
 * Two people who move one clause at the same time leave two copies with one id; Yjs can't prevent it. Every item
 * that counts must be named all the same: in document order the first copy keeps the id, later ones are called
 * `id~2`, `id~3`. A block without an id is called `~1`, `~2`, … No real id can look like these.
 */
export function uniqueIds(blocks: readonly { id: string }[]): string[] {
  const taken = new Set<string>()
  const seen = new Map<string, number>()
  return blocks.map(({ id }) => {
    let count = seen.get(id) ?? 0
    let name: string
    do {
      count += 1
      name = count === 1 && id !== '' ? id : `${id}~${count}`
    } while (taken.has(name))
    seen.set(id, count)
    taken.add(name)
    return name
  })
}
