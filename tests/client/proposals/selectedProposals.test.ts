import { expect, test } from 'vitest'
import { ApiError } from '../../../client/base/apiError.ts'
import {
  decideMany,
  decideOne,
  fateOnRecord,
  lookUp,
} from '../../../client/proposals/decisions/decideMany.ts'
import {
  countByAgency,
  proposalsOn,
  shareOf,
} from '../../../client/proposals/decisions/selectedProposals.ts'
import { homeOf } from '../../../client/proposals/homeOf.ts'
import type { BlocActor } from '../../../shared/accounts/account.ts'
import type { ErrorCode } from '../../../shared/base/errors.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'

const proposal = (id: string, change: object = {}) =>
  ({
    id,
    kind: 'edit',
    status: 'open',
    clauseId: 'a',
    baseHash: 'h',
    baseText: 'một',
    text: 'hai',
    agencyId: 'stc',
    author: { id: 'officer', name: '', agencyId: 'stc' },
    ...change,
  }) as unknown as ProposalView
const clause = (id: string, hash = 'h') =>
  ({ id, level: 'point', label: 'a', text: 'một', hash, parentId: null }) as unknown as ClauseView
const ids = (list: readonly ProposalView[]) => list.map(({ id }) => id)

test('[UX-34] an insertion stands beside the clause that it comes after, also behind another insertion', () => {
  const list = [
    proposal('1', { kind: 'insert', clauseId: 'n', afterClauseId: 'a' }),
    proposal('2', { kind: 'insert', clauseId: 'm', afterClauseId: 'n' }),
    proposal('3', { kind: 'insert', clauseId: 't', afterClauseId: undefined }),
    proposal('4', { clauseId: 'b' }),
    proposal('5', { clauseId: 'a', status: 'rejected' }),
  ]
  expect(list.map((one) => homeOf(one, list))).toEqual(['a', 'a', '', 'b', 'a'])
  expect(ids(proposalsOn(list, ['a', 'c']))).toEqual(['1', '2'])
  expect(proposalsOn(list, [])).toEqual([])
  const circle = [
    proposal('1', { kind: 'insert', clauseId: 'n', afterClauseId: 'm' }),
    proposal('2', { kind: 'insert', clauseId: 'm', afterClauseId: 'n' }),
  ]
  expect(proposalsOn(circle, ['a'])).toEqual([])
})

test('[P11] his own are counted apart, and none is accepted unseen whose clause has moved on, or that others compete with', () => {
  const actor = {
    userId: 'chair',
    agencyId: 'vpdbqh',
    agencyRole: 'lead',
    role: 'head',
    mandated: false,
  } as unknown as BlocActor
  const list = [
    proposal('fresh'),
    proposal('moved', { clauseId: 'b' }),
    proposal('gone', { clauseId: 'khong-con' }),
    proposal('one', { clauseId: 'c' }),
    proposal('other', { clauseId: 'c', kind: 'delete', text: '' }),
    proposal('rivalled', { clauseId: 'd' }),
    proposal('own', {
      clauseId: 'd',
      author: { id: 'chair', name: '', agencyId: 'vpdbqh' },
      agencyId: 'vpdbqh',
    }),
  ]
  const scene = { deputyActs: false }
  // Nor where the other one was not selected.
  const beyond = proposal('beyond', { clauseId: 'e' })
  const share = shareOf([...list, proposal('near', { clauseId: 'e' })], {
    proposals: [...list, beyond, proposal('near', { clauseId: 'e' })],
    clauses: [clause('a'), clause('b', 'khac'), ...['c', 'd', 'e'].map((id) => clause(id))],
    actor,
    scene,
  })
  expect(ids(share.acceptable)).toEqual(['fresh'])
  expect(ids(share.disputed)).toEqual(['moved', 'gone', 'one', 'other', 'rivalled', 'near'])
  expect(ids(share.rejectable)).toEqual(['fresh', ...ids(share.disputed)])
  expect(ids(share.own)).toEqual(['own'])
  expect(countByAgency(list)).toEqual([
    ['stc', 6],
    ['vpdbqh', 1],
  ])
  const member = { ...actor, userId: 'x', agencyRole: 'member' } as BlocActor
  expect(shareOf(list, { proposals: list, clauses: [], actor: member, scene }).rejectable).toEqual(
    [],
  )
})

const refused = (code: ErrorCode) => new ApiError(code, 409)
const lost = new ApiError('network', 0)
const list = ['a', 'b', 'c', 'd'].map((id) => proposal(id))
const toTheEnd = { goesOn: () => true, onItem: () => {} }
const never = async (): Promise<never> => {
  throw new Error('the record is read only where an answer was lost')
}

test('[P11] of several, one that cannot be decided stops no other, and each says what became of it', async () => {
  const errors: Record<string, Error> = {
    b: refused('proposal/stale-base'),
    c: refused('proposal/decided'),
  }
  const tried: string[] = []
  const send = async ({ id }: ProposalView) => {
    tried.push(id)
    if (errors[id]) throw errors[id]
  }
  const at: number[] = []
  const { fates, error } = await decideMany(list, (one) => decideOne(() => send(one), never), {
    ...toTheEnd,
    onItem: (n) => at.push(n),
  })
  expect([...fates.values()]).toEqual(['done', 'disputed', 'taken', 'done'])
  expect([error, tried, at]).toEqual([null, ['a', 'b', 'c', 'd'], [1, 2, 3, 4]])
})

test.each([
  ['unknown', ['done', 'unknown', 'left', 'left'], lost],
  ['left', ['done', 'left', 'left', 'left'], lost],
  ['done', ['done', 'done', 'done', 'done'], null],
  ['taken', ['done', 'taken', 'done', 'done'], null],
] as const)(
  '[P11] where the answer about one is lost and the record says “%s”, that is what it is said to be',
  async (onRecord, expected, why) => {
    const { fates, error } = await decideMany(
      list,
      ({ id }) =>
        decideOne(
          async () => {
            if (id === 'b') throw lost
          },
          async () => onRecord,
        ),
      toTheEnd,
    )
    expect([[...fates.values()], error]).toEqual([expected, why])
  },
)

test('[P11] a refusal that says nothing was done leaves the rest; a server that failed midway may have done it', async () => {
  const say = async (error: Error) =>
    (
      await decideOne(
        async () => {
          throw error
        },
        async () => 'unknown',
      )
    ).fate
  expect(await say(new ApiError('auth/forbidden', 403))).toBe('left')
  expect(await say(new ApiError('server/busy', 503))).toBe('unknown')
  expect(await say(new ApiError('unreadable', 200))).toBe('unknown')
})

test('[UX-34] stopped, it decides the one at hand and leaves the others', async () => {
  let stopped = false
  const decide = async ({ id }: ProposalView) => {
    if (id === 'b') stopped = true
    return { fate: 'done' as const, error: null }
  }
  const { fates, error } = await decideMany(list, decide, { ...toTheEnd, goesOn: () => !stopped })
  expect([[...fates.values()], error]).toEqual([['done', 'done', 'left', 'left'], null])
})

test('[P11] the record tells one’s own decision from another’s', () => {
  const by = (id: string, status: string) => proposal('a', { status, decidedBy: { id } })
  expect(fateOnRecord(by('chair', 'accepted'), 'accept', 'chair')).toBe('done')
  expect(fateOnRecord(by('deputy', 'accepted'), 'accept', 'chair')).toBe('taken')
  expect(fateOnRecord(by('chair', 'rejected'), 'accept', 'chair')).toBe('taken')
  expect(fateOnRecord(by('chair', 'rejected'), 'reject', 'chair')).toBe('done')
  expect(fateOnRecord(proposal('a'), 'accept', 'chair')).toBe('left')
  expect(fateOnRecord(undefined, 'accept', 'chair')).toBe('unknown')
})

test('[P11] the record is asked again while there is no network, not for ever, and not once stopped', async () => {
  let tries = 0
  const none = async () => {
    tries += 1
    throw lost
  }
  const pause = async () => {}
  expect(await lookUp(none, pause, () => true)).toBe('unknown')
  expect(tries).toBe(5)
  expect(await lookUp(none, pause, () => false)).toBe('unknown')
  expect(tries).toBe(6)
  const back = async () => (tries++ < 8 ? none() : ('done' as const))
  expect(await lookUp(back, pause, () => true)).toBe('done')
})
