import { expect, test } from 'vitest'
import { ApiError } from '../../../client/base/apiError.ts'
import { decideMany } from '../../../client/proposals/decisions/decideMany.ts'
import {
  countByAgency,
  homeOf,
  proposalsOn,
  shareOf,
} from '../../../client/proposals/decisions/selectedProposals.ts'
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
    proposal('own', { author: { id: 'chair', name: '', agencyId: 'vpdbqh' }, agencyId: 'vpdbqh' }),
  ]
  const scene = { deputyActs: false }
  const share = shareOf(list, {
    clauses: [clause('a'), clause('b', 'khac'), clause('c')],
    actor,
    scene,
  })
  expect(ids(share.acceptable)).toEqual(['fresh'])
  expect(ids(share.disputed)).toEqual(['moved', 'gone', 'one', 'other'])
  expect(ids(share.rejectable)).toEqual(['fresh', ...ids(share.disputed)])
  expect(ids(share.own)).toEqual(['own'])
  expect(countByAgency(list)).toEqual([
    ['stc', 5],
    ['vpdbqh', 1],
  ])
  const member = { ...actor, userId: 'x', agencyRole: 'member' } as BlocActor
  expect(shareOf(list, { clauses: [], actor: member, scene }).rejectable).toEqual([])
})

const refused = (code: ErrorCode | 'network') => new ApiError(code, 409)

test('[P11] of several, one that cannot be decided stops no other, and each says what became of it', async () => {
  const errors: Record<string, Error> = {
    b: refused('proposal/stale-base'),
    c: refused('proposal/decided'),
  }
  const tried: string[] = []
  const decide = async ({ id }: ProposalView) => {
    tried.push(id)
    if (errors[id]) throw errors[id]
  }
  const { fates, error } = await decideMany(
    ['a', 'b', 'c', 'd'].map((id) => proposal(id)),
    decide,
  )
  expect([...fates.values()]).toEqual(['done', 'disputed', 'taken', 'done'])
  expect([error, tried]).toEqual([null, ['a', 'b', 'c', 'd']])
})

test('[P11] without a network the rest is left as it is', async () => {
  const lost = refused('network')
  const decide = async ({ id }: ProposalView) => {
    if (id === 'b') throw lost
  }
  const { fates, error } = await decideMany(
    ['a', 'b', 'c'].map((id) => proposal(id)),
    decide,
  )
  expect([...fates.values()]).toEqual(['done', 'left', 'left'])
  expect(error).toBe(lost)
})
