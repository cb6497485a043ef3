import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { queryKey } from '../../../client/base/queryKey.ts'
import { freshenThreads } from '../../../client/documents/freshenThreads.ts'
import { staleAfter } from '../../../client/documents/useNotices.ts'
import type { DocumentId } from '../../../shared/base/ids.ts'

const ID = 'document' as DocumentId
let client: QueryClient
let stop: () => void
let staled: number

beforeEach(() => {
  vi.useFakeTimers()
  client = new QueryClient({ defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } })
  staled = 0
  client.getQueryCache().subscribe((event) => {
    const isThreads = event.query.queryHash === JSON.stringify(queryKey.threads(ID))
    if (isThreads && event.type === 'updated' && event.action.type === 'invalidate') staled += 1
  })
  stop = freshenThreads(client, ID)
})
afterEach(() => {
  stop()
  client.clear()
  vi.useRealTimers()
})

const threads = (...proposalIds: (string | undefined)[]) =>
  client.setQueryData(
    queryKey.threads(ID),
    proposalIds.map((proposalId) => ({ ...(proposalId && { proposalId }) })),
  )
/** As the server lists them now. */
const proposals = (statuses: Record<string, string>) =>
  client.setQueryData(
    queryKey.proposals(ID),
    Object.entries(statuses).map(([id, status]) => ({ id, status })),
  )
/** How often the threads went stale by the end of this time; each time they come anew. */
const after = (ms: number) => {
  vi.advanceTimersByTime(ms)
  client.setQueryData(queryKey.threads(ID), (now: object[] = []) => [...now])
  return staled
}

test('a notice about proposals alone asks for no thread', () => {
  expect(staleAfter({ type: 'proposal' }, ID)).not.toContainEqual(queryKey.threads(ID))
})

test('threads are asked for anew when a proposal that one is about is decided, or open again', () => {
  threads(undefined, 'a')
  proposals({ a: 'open', b: 'open' })
  expect(after(5_000)).toBe(0)
  proposals({ a: 'open', b: 'rejected', c: 'open' })
  expect(after(5_000), 'nobody has said anything of b').toBe(0)
  proposals({ a: 'accepted', b: 'rejected', c: 'open' })
  expect(after(5_000)).toBe(1)
  proposals({ a: 'accepted', b: 'rejected', c: 'withdrawn' })
  expect(after(5_000), 'a was decided before').toBe(1)
  proposals({ a: 'open', b: 'rejected', c: 'withdrawn' })
  expect(after(5_000)).toBe(2)
})

test('thirty that are decided one by one within a second make one question, the last of them included', () => {
  const ids = Array.from({ length: 30 }, (_, n) => `p${n}`)
  threads(...ids)
  const listed = (decided: number) =>
    Object.fromEntries(ids.map((id, n) => [id, n < decided ? 'rejected' : 'open']))
  proposals(listed(0))
  for (let n = 1; n <= 30; n++) {
    proposals(listed(n))
    vi.advanceTimersByTime(30)
  }
  expect(after(1_000)).toBe(1)
  expect(after(5_000)).toBe(1)
})

test('a document that is no longer open asks for nothing', () => {
  threads('a')
  proposals({ a: 'open' })
  proposals({ a: 'rejected' })
  stop()
  proposals({ a: 'open' })
  expect(after(5_000)).toBe(0)
})
