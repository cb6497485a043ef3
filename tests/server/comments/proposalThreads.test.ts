import { afterAll, beforeAll, expect, test } from 'vitest'
import { letterWords } from '../../../server/inbox/mail/letterWords.ts'
import { type Language, sayWith } from '../../../shared/base/dictionary.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import type { Inbox } from '../../../shared/inbox/api.ts'
import { headline } from '../../../shared/inbox/headline.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let documentId: string
let clauses: ClauseView[]

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  documentId = (await server.documentOf('covenant')).id
  clauses = (await clausesOf(await person('stc.officer'), documentId)).clauses.filter(
    ({ level }) => level === 'point',
  )
})
afterAll(() => server.close())

type Refused = { code: string; details: unknown }
const call = async <T>(account: string, method: string, path: string, body?: object) =>
  (await person(account)).call<T & Refused>(method, path, body)
const propose = async (account: string, draft: object) =>
  (await call<ProposalView>(account, 'POST', `/api/documents/${documentId}/proposals`, draft)).body
const edit = (index: number) => {
  const { id: clauseId, hash: baseHash, text } = clauses[index] as ClauseView
  return { clauseId, baseHash, text: `${text} thêm` }
}
const talk = async (account: string, about: { id: string; clauseId: string }, more: object = {}) =>
  call<ThreadView>(account, 'POST', `/api/documents/${documentId}/threads`, {
    clauseId: about.clauseId,
    proposalId: about.id,
    body: 'Vì sao?',
    ...more,
  })
const accountNamed = (account: string) =>
  server.platform.database.read
    .selectFrom('account')
    .select('name')
    .where('account', '=', account)
    .executeTakeFirstOrThrow()
const threads = async (account: string) =>
  (await call<{ threads: ThreadView[] }>(account, 'GET', `/api/documents/${documentId}/threads`))
    .body.threads
const seen = async (account: string, { id }: { id: string }) =>
  (await threads(account)).find((thread) => thread.id === id)

test('[P11] a proposal has threads of its own; its author hears of what is said, and they stay when it is decided', async () => {
  const proposal = await propose('stc.officer', edit(0))
  const opened = await talk('snv.clerk', proposal)
  expect([opened.status, opened.body]).toMatchObject([
    201,
    { proposalId: proposal.id, clauseId: proposal.clauseId, detached: false, audience: 'all' },
  ])
  const { id } = opened.body
  const inbox = async () =>
    (await call<Inbox>('stc.officer', 'GET', '/api/inbox')).body.items.filter(
      (item) => 'threadId' in item && item.threadId === id,
    )
  expect(await inbox()).toMatchObject([{ kind: 'reply', about: 'proposal' }])
  const told = async (language: Language) =>
    (await inbox()).map((item) =>
      headline((key, values) => sayWith(letterWords, language, key, values ?? {}), item),
    )
  const clerk = (await accountNamed('snv.clerk')).name
  expect(await told('vi')).toEqual([`${clerk} góp ý về đề nghị của bạn`])
  expect(await told('en')).toEqual([`${clerk} commented on your suggestion`])
  await call('vpub.head', 'POST', `/api/threads/${id}/replies`, { body: 'Nhất trí.' })
  // He has said nothing there yet: it is his by the proposal alone.
  expect(await inbox()).toMatchObject([{ about: 'proposal' }, { about: 'proposal' }])
  await call('stc.officer', 'POST', `/api/threads/${id}/replies`, { body: 'Cho rõ.' })
  expect(await inbox()).toHaveLength(2)
  await call('snv.clerk', 'POST', `/api/threads/${id}/replies`, { body: 'Đã rõ.' })
  expect((await inbox())[0]).toMatchObject({ kind: 'reply', about: 'thread' })
  expect((await told('vi'))[0]).toBe(`${clerk} trả lời góp ý mà bạn tham gia`)

  await call('vpdbqh.head', 'POST', `/api/proposals/${proposal.id}/reject`)
  expect(await seen('stc.officer', opened.body)).toMatchObject({
    proposalId: proposal.id,
    status: 'open',
    detached: false,
    replies: [{ body: 'Nhất trí.' }, { body: 'Cho rõ.' }, { body: 'Đã rõ.' }],
  })
  // There is more to say about what was decided.
  expect((await talk('stc.officer', proposal)).status).toBe(201)
  expect((await call('snv.head', 'POST', `/api/threads/${id}/resolve`)).status).toBe(200)
})

test('[P11] a thread about a clause to come has its place until the proposal is decided', async () => {
  const proposal = await propose('stc.officer', {
    kind: 'insert',
    clauseId: 'diem-se-them',
    afterClauseId: clauses[1]?.id,
    level: 'point',
    text: 'Điểm sẽ thêm',
  })
  const { body } = await talk('snv.officer', proposal)
  expect(body).toMatchObject({ clauseId: 'diem-se-them', detached: false })
  await call('vpdbqh.head', 'POST', `/api/proposals/${proposal.id}/reject`)
  expect(await seen('snv.officer', body)).toMatchObject({ detached: true })
})

test('[P10] what an agency says of a proposal among its own people is nowhere else', async () => {
  const proposal = await propose('stc.officer', edit(2))
  const marker = 'chỉ-trong-sở-nội-vụ'
  const { body } = await talk('snv.officer', proposal, { audience: 'agency', body: marker })
  expect(await seen('snv.clerk', body)).toMatchObject({ body: marker, audience: 'agency' })
  for (const account of ['stc.officer', 'vpdbqh.head']) {
    expect(JSON.stringify(await threads(account))).not.toContain(marker)
    expect(JSON.stringify((await call<Inbox>(account, 'GET', '/api/inbox')).body)).not.toContain(
      marker,
    )
  }
  expect(JSON.stringify(await auditEvents(server))).not.toContain(body.id)
})

test('a thread is about a proposal of this document and its clause, and hangs on no words', async () => {
  const proposal = await propose('stc.officer', edit(3))
  const plan = (await server.documentOf('plan')).id
  await changesNothing(server, async () => {
    expect((await talk('snv.officer', { ...proposal, id: 'k'.repeat(21) })).body.code).toBe(
      'proposal/not-found',
    )
    for (const [more, at] of [
      [{ clauseId: clauses[0]?.id }, 'body.clauseId'],
      [{ quote: 'lời' }, 'body.anchor'],
      [{ anchor: 'AAAA' }, 'body.anchor'],
    ] as const)
      expect((await talk('snv.officer', proposal, more)).body).toMatchObject({
        code: 'input/invalid',
        details: { problems: [{ at }] },
      })
    const elsewhere = await call('snv.officer', 'POST', `/api/documents/${plan}/threads`, {
      clauseId: proposal.clauseId,
      proposalId: proposal.id,
      body: 'Vì sao?',
    })
    expect(elsewhere.body.code).toBe('proposal/not-found')
    expect((await talk('bantdkt.observer', proposal)).body.code).toBe('auth/forbidden')
  })
})

const listed = async () =>
  (
    await call<{ proposals: ProposalView[] }>(
      'vpdbqh.head',
      'GET',
      `/api/documents/${documentId}/proposals`,
    )
  ).body.proposals

test('[P30] nobody talks about a late proposal in a thread: no audience is as small as those who know of it', async () => {
  const before = await listed()
  for (const { id } of before.filter(({ status }) => status === 'open'))
    await call('vpdbqh.head', 'POST', `/api/proposals/${id}/reject`)
  await lock(person, documentId)
  const witness = await openDocument(server, await person('vpdbqh.head'), documentId)
  const peer = await openDocument(server, await person('stc.officer'), documentId)
  peer.write((_, doc) => void setClauseText(doc, clauses[4]?.id ?? '', 'sửa muộn'))
  await hears(witness, 'proposal')
  await witness.leave()
  const late = (await listed()).find(({ origin }) => origin === 'late') as ProposalView
  expect((await talk('vpdbqh.head', late)).body.code).toBe('input/invalid')
  expect((await talk('vpub.officer', late)).body.code).toBe('proposal/not-found')
  await unlock(person, documentId)
})
