import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../../server/audit/verifyAudit.ts'
import { seedSample } from '../../../server/sample/seedSample.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import type { BlocView } from '../../../shared/documents/api.ts'
import type { Readiness } from '../../../shared/locking/api.ts'
import { startTestServer, type TestServer } from '../../support/testServer.ts'
import { clausesOf, PARTIES } from '../support/people.ts'
import { allRows, auditEvents } from '../support/rows.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('the sample bloc has the agencies, people and documents of the contract', async () => {
  const officer = await server.signIn('stc.officer')
  const { body: list } = await officer.call<{ blocs: { id: string }[] }>('GET', '/api/blocs')
  expect(list.blocs.map(({ id }) => id)).toEqual([server.blocId])
  const { body: bloc } = await officer.call<BlocView>('GET', `/api/blocs/${server.blocId}`)
  expect(bloc.agencies.map(({ code, role }) => [code, role])).toEqual([
    ['vpdbqh', 'lead'],
    ['snv', 'deputy'],
    ...PARTIES.slice(2).map((code) => [code, 'member']),
    ['bantdkt', 'observer'],
  ])
  expect(bloc.people).toHaveLength(22)
  expect(bloc.people.some(({ role }) => role === 'operator')).toBe(false)
  expect(bloc.documents.map(({ kind, phase, edition }) => [kind, phase, edition])).toEqual([
    ['covenant', 'drafting', 1],
    ['plan', 'drafting', 1],
    ['regulation', 'drafting', 1],
  ])
})

test('every account signs in with the sample password', async () => {
  for (const account of ['vpdbqh.head', 'skhdt.clerk', 'bantdkt.observer', 'operator'])
    await server.signIn(account)
})

test('the operator belongs to no bloc', async () => {
  const operator = await server.signIn('operator')
  expect((await operator.call('GET', '/api/blocs')).body).toEqual({ blocs: [] })
  expect((await operator.call('GET', `/api/blocs/${server.blocId}`)).status).toBe(404)
})

test('threads stand on clauses that exist', async () => {
  const officer = await server.signIn('stc.officer')
  let count = 0
  for (const kind of ['covenant', 'plan', 'regulation'] as const) {
    const { id } = await server.documentOf(kind)
    const { body } = await officer.call<{ threads: ThreadView[] }>(
      'GET',
      `/api/documents/${id}/threads`,
    )
    const { clauses } = await clausesOf(officer, id)
    for (const thread of body.threads) {
      count += 1
      expect(thread.detached).toBe(false)
      const text = clauses.find(({ id }) => id === thread.clauseId)?.text
      if (thread.quote) expect(text).toContain(thread.quote)
    }
  }
  expect(count).toBe(5)
})

test('at first only positions and proposals block the lock', async () => {
  const officer = await server.signIn('stc.officer')
  for (const kind of ['covenant', 'plan', 'regulation'] as const) {
    const { id } = await server.documentOf(kind)
    const { body } = await officer.call<Readiness>('GET', `/api/documents/${id}/readiness`)
    expect(body.ready).toBe(false)
    expect(new Set(body.blockers.map(({ code }) => code))).toEqual(new Set(['position/missing']))
  }
})

test('the chain begins with the bloc and its documents, and holds', async () => {
  expect(await auditEvents(server)).toEqual([
    'bloc.created',
    'document.created',
    'document.created',
    'document.created',
  ])
  expect(await verifyAudit(server.platform.database.read)).toEqual([
    { blocId: server.blocId, entries: 4, broken: null },
  ])
})

test('it is seeded once: a second start changes nothing', async () => {
  const before = await allRows(server)
  await seedSample(server.platform)
  expect(await allRows(server)).toEqual(before)
})
