import type * as Y from 'yjs'

/** Letters `from` up to but not including `to` of one client. */
export type IdRange = { client: number; from: number; to: number }

type Deletes = Pick<Y.Transaction['deleteSet'], 'clients'>

export const rangesOf = (deletes: Deletes): IdRange[] =>
  [...deletes.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, from: clock, to: clock + len })),
  )

/** What of the range lies in none of the others, in order. */
export function without(range: IdRange, others: readonly IdRange[]): IdRange[] {
  let left = [range]
  for (const other of others)
    if (other.client === range.client)
      left = left.flatMap(({ client, from, to }) =>
        [
          { client, from, to: Math.min(to, other.from) },
          { client, from: Math.max(from, other.to), to },
        ].filter((part) => part.from < part.to),
      )
  return left
}
