import * as Y from 'yjs'

/** `length` letters or elements of one client, from this one on. */
export type Span = { client: number; clock: number; length: number }

export type DeleteSet = Y.Transaction['deleteSet']

export const holdsId = (set: DeleteSet, { client, clock }: { client: number; clock: number }) =>
  (set.clients.get(client) ?? []).some((one) => one.clock <= clock && clock < one.clock + one.len)

/** The parts of a span that a set names. */
export function common(set: DeleteSet, span: Span): Span[] {
  return (set.clients.get(span.client) ?? []).flatMap(({ clock, len }) => {
    const from = Math.max(clock, span.clock)
    const to = Math.min(clock + len, span.clock + span.length)
    return from < to ? [{ client: span.client, clock: from, length: to - from }] : []
  })
}

export function withSpans(set: DeleteSet, spans: readonly Span[]): DeleteSet {
  if (spans.length === 0) return set
  return Y.mergeDeleteSets([set, setOf(spans)])
}

export function withoutSpan(set: DeleteSet, { client, clock, length }: Span): DeleteSet {
  const kept: Span[] = []
  for (const [owner, ranges] of set.clients)
    for (const range of ranges) {
      const end = range.clock + range.len
      const meets = owner === client && range.clock < clock + length && clock < end
      const before = meets ? Math.max(clock - range.clock, 0) : range.len
      const after = meets ? Math.max(end - (clock + length), 0) : 0
      if (before > 0) kept.push({ client: owner, clock: range.clock, length: before })
      if (after > 0) kept.push({ client: owner, clock: end - after, length: after })
    }
  return Y.mergeDeleteSets([setOf(kept)])
}

function setOf(spans: readonly Span[]): DeleteSet {
  const set = Y.mergeDeleteSets([])
  for (const { client, clock, length } of spans) {
    const ranges = set.clients.get(client) ?? []
    set.clients.set(client, ranges)
    ranges.push({ clock, len: length } as (typeof ranges)[number])
  }
  return set
}

/**
 * Yjs deletes what a step has inserted from the last client to the first, and an editor keeps a clause that is not
 * empty: so one's own letters come last here, behind clauses that the server has written anew.
 */
export function putOwnLast(set: DeleteSet, own: number): void {
  const ranges = set.clients.get(own)
  if (!ranges) return
  set.clients.delete(own)
  set.clients.set(own, ranges)
}
