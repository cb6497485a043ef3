import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { Inbox } from '../../../shared/inbox/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd } from '../support/people.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let points: ClauseView[]

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  const { clauses } = await clausesOf(await person('stc.officer'), id)
  points = clauses.filter(({ level }) => level === 'point')
})
afterAll(() => server.close())

const call = async <T>(account: string, method: string, path: string, body?: object) =>
  (await person(account)).call<T>(method, path, body)
const propose = async (clause: ClauseView | undefined): Promise<string> => {
  const draft = { clauseId: clause?.id, baseHash: clause?.hash, text: 'lời mới' }
  const way = `/api/documents/${id}/proposals`
  return (await call<ProposalView>('stc.officer', 'POST', way, draft)).body.id
}
const decide = async (account: string, proposalId: string, what: string, body?: object) => {
  const { status } = await call(account, 'POST', `/api/proposals/${proposalId}/${what}`, body)
  expect(status).toBeLessThan(300)
}
const decisions = async () =>
  (await call<Inbox>('stc.officer', 'GET', '/api/inbox')).body.items.filter(
    ({ kind }) => kind === 'decided',
  )
const rows = () =>
  server.platform.database.read
    .selectFrom('inbox_item')
    .select(['key', 'actor_id'])
    .where('kind', '=', 'decided')
    .execute()

test('[P17] the author hears of a decision, not of support, and who it was that decided last', async () => {
  const ACT = 'a'.repeat(21)
  const proposalId = await propose(points[0])
  await decide('vpub.head', proposalId, 'support')
  await decide('vpub.head', proposalId, 'unsupport')
  expect(await rows()).toEqual([])
  await decide('vpdbqh.head', proposalId, 'accept', { act: ACT })
  const accepted = await decisions()
  expect(accepted).toMatchObject([{ outcome: 'accepted', by: { agencyId: 'vpdbqh' } }])
  await call('stc.officer', 'POST', '/api/inbox/read', { ids: accepted.map((item) => item.id) })
  await call('vpdbqh.head', 'POST', `/api/documents/${id}/acts/${ACT}/undo`, {})
  // Open again: what was told is not so.
  expect(await rows()).toEqual([])
  await decide('snv.head', proposalId, 'reject', { reason: 'chưa cần' })
  expect(await decisions()).toMatchObject([
    { outcome: 'rejected', by: { agencyId: 'snv' }, read: false },
  ])
})

test('[P17] whose proposal is not accepted is told at once, in whatever is open', async () => {
  const author = await openDocument(server, await person('stc.officer'), id)
  await decide('vpdbqh.head', await propose(points[1]), 'reject', { reason: 'chưa cần' })
  await hears(author, 'inbox')
  await author.leave()
})

test('[P17] an acceptance and its undo are heard at once, in whatever is open', async () => {
  const act = 'b'.repeat(21)
  const author = await openDocument(server, await person('stc.officer'), id)
  await decide('vpdbqh.head', await propose(points[2]), 'accept', { act })
  await hears(author, 'inbox', 1)
  await call('vpdbqh.head', 'POST', `/api/documents/${id}/acts/${act}/undo`, {})
  await hears(author, 'inbox', 2)
  await author.leave()
})
