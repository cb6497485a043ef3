import { expect, test } from 'vitest'
import { filterThreads, isForMe, stateOf } from '../../../client/comments/threadFilter.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import { actor } from '../../support/builders.ts'

const me = { ...actor('member', 'officer'), userId: 'toi', agencyId: 'stc' } as ReturnType<
  typeof actor
>
const words = (author: string, agencyId: string, mentions: [kind: string, id: string][] = []) => ({
  author: { id: author, name: author, agencyId },
  at: '2026-01-01T00:00:00.000Z',
  body: '',
  mentions: mentions.map(([kind, id]) => ({ kind, id, from: 0, to: 0 })),
  deleted: false,
})
const thread = (id: string, agencyId: string, more: object = {}): ThreadView =>
  ({
    id,
    clauseId: 'a',
    audience: 'all',
    status: 'open',
    agencyId,
    detached: false,
    replies: [],
    ...words('ai', agencyId),
    ...more,
  }) as unknown as ThreadView

const none = { whose: 'all', clauseId: null, agencyId: null } as const
const ids = (threads: readonly ThreadView[], filter: object) =>
  filterThreads(
    threads,
    { ...none, ...filter },
    me,
    (id) => new Set(id === 'dieu' ? ['a', 'b'] : [id]),
  ).map((one) => one.id)

test('[UX-46] for me is what calls me or my agency, and where I have spoken; not what calls others', () => {
  const called = (kind: string, id: string) => thread('x', 'snv', words('ai', 'snv', [[kind, id]]))
  expect(isForMe(called('person', 'toi'), me)).toBe(true)
  expect(isForMe(called('agency', 'stc'), me)).toBe(true)
  expect(isForMe(called('person', 'stc'), me)).toBe(false)
  expect(isForMe(called('agency', 'snv'), me)).toBe(false)
  expect(isForMe(thread('x', 'stc'), me)).toBe(false)
  expect(isForMe(thread('x', 'snv', { replies: [words('toi', 'stc')] }), me)).toBe(true)
  expect(
    isForMe(thread('x', 'snv', { replies: [words('ai', 'snv', [['agency', 'stc']])] }), me),
  ).toBe(true)
})

test('[UX-46] filters narrow each other; a clause takes in what hangs under it', () => {
  const threads = [
    thread('one', 'stc'),
    thread('two', 'snv', { clauseId: 'b' }),
    thread('three', 'snv', { clauseId: 'c' }),
  ]
  expect(ids(threads, {})).toEqual(['one', 'two', 'three'])
  expect(ids(threads, { whose: 'agency' })).toEqual(['one'])
  expect(ids(threads, { agencyId: 'snv' })).toEqual(['two', 'three'])
  expect(ids(threads, { clauseId: 'dieu' })).toEqual(['one', 'two'])
  expect(ids(threads, { clauseId: 'dieu', agencyId: 'snv' })).toEqual(['two'])
})

test('[UX-45] a thread whose place is gone is under that, resolved or not', () => {
  expect(stateOf(thread('x', 'stc', { status: 'resolved' }))).toBe('resolved')
  expect(stateOf(thread('x', 'stc', { status: 'resolved', detached: true }))).toBe('detached')
})
