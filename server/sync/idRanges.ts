import type * as Y from 'yjs'

/** Letters `from` up to but not including `to` of one client. */
export type IdRange = { client: number; from: number; to: number }

type Deletes = Pick<Y.Transaction['deleteSet'], 'clients'>

const rangesOf = (deletes: Deletes): IdRange[] =>
  [...deletes.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
  )

/** Many ranges, sorted and joined once: whoever sends a delete set decides how many it names, and in which order. */
export class IdRanges {
  readonly #byClient = new Map<number, { from: number; to: number }[]>()

  constructor(ranges: Iterable<IdRange>) {
    const sorted = [...ranges].filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)
    for (const { client, from, to } of sorted) {
      const own = this.#byClient.get(client) ?? []
      const last = own.at(-1)
      if (last && from <= last.to) last.to = Math.max(last.to, to)
      else own.push({ from, to })
      this.#byClient.set(client, own)
    }
  }

  static ofDeletes = (deletes: Deletes): IdRanges => new IdRanges(rangesOf(deletes))

  /** What of the range lies in none of these, in order. */
  outside({ client, from, to }: IdRange): IdRange[] {
    const own = this.#byClient.get(client) ?? []
    const left: IdRange[] = []
    let start = from
    for (let i = firstEndingAfter(own, from); i < own.length && start < to; i += 1) {
      const other = own[i]
      if (!other || other.from >= to) break
      if (start < other.from) left.push({ client, from: start, to: other.from })
      start = Math.max(start, other.to)
    }
    if (start < to) left.push({ client, from: start, to })
    return left
  }
}

function firstEndingAfter(ranges: readonly { to: number }[], at: number): number {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.to ?? 0) > at) high = middle
    else low = middle + 1
  }
  return low
}
