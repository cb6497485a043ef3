import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteClause } from '../../../shared/clauses/yjs.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let documentId: string
let clauseId: string

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  documentId = (await server.documentOf('covenant')).id
  const { clauses } = await clausesOf(await person('stc.officer'), documentId)
  clauseId = clauses.find(({ label }) => label === 'Điều 1')?.id ?? ''
})
afterAll(() => server.close())

type Refused = { code: string }
const open = async (account: string, body: object) =>
  (await person(account)).call<ThreadView & Refused>(
    'POST',
    `/api/documents/${documentId}/threads`,
    { clauseId, body: 'Đề nghị làm rõ.', ...body },
  )
const act = async (account: string, threadId: string, what: string, body?: object) =>
  (await person(account)).call<ThreadView & Refused>(
    'POST',
    `/api/threads/${threadId}/${what}`,
    body,
  )
const seen = async (account: string) =>
  (
    await (
      await person(account)
    ).call<{ threads: ThreadView[] }>('GET', `/api/documents/${documentId}/threads`)
  ).body.threads

test('[P10] a thread is opened, answered, resolved and reopened by its agency', async () => {
  const opened = await open('stc.officer', { quote: 'Mục tiêu', body: 'Đề nghị'.normalize('NFD') })
  expect(opened.status).toBe(201)
  expect(opened.body).toMatchObject({
    clauseId,
    audience: 'all',
    status: 'open',
    agencyId: 'stc',
    author: { agencyId: 'stc', name: 'Cán bộ đầu mối Sở Tài chính' },
    body: 'Đề nghị',
    quote: 'Mục tiêu',
    detached: false,
    replies: [],
  })
  const { id } = opened.body
  const reply = await act('snv.clerk', id, 'replies', { body: 'Nhất trí.' })
  expect([reply.status, reply.body]).toMatchObject([
    201,
    { body: 'Nhất trí.', author: { agencyId: 'snv' } },
  ])
  const resolved = await act('stc.clerk', id, 'resolve')
  expect(resolved.body).toMatchObject({
    status: 'resolved',
    resolvedBy: { agencyId: 'stc' },
    replies: [{ body: 'Nhất trí.' }],
  })
  const again = await changesNothing(server, () => act('stc.head', id, 'resolve'))
  expect([again.status, again.body.code]).toEqual([409, 'thread/wrong-status'])
  const reopened = await act('stc.head', id, 'reopen', { reason: 'chưa xong' })
  expect(reopened.body).toMatchObject({ status: 'open', reason: 'chưa xong' })
  expect(reopened.body.resolvedBy).toBeUndefined()
  expect((await auditEvents(server)).slice(-4)).toEqual([
    'thread.opened',
    'thread.replied',
    'thread.resolved',
    'thread.reopened',
  ])
})

test('[P10] another agency’s thread is closed only by the lead’s head, with a reason', async () => {
  const { id } = (await open('vpub.officer', {})).body
  for (const account of ['snv.head', 'vpdbqh.officer', 'bantdkt.observer']) {
    const refused = await changesNothing(server, () =>
      act(account, id, 'resolve', { reason: 'xong' }),
    )
    expect([refused.status, refused.body.code]).toEqual([403, 'auth/forbidden'])
  }
  const bare = await changesNothing(server, () => act('vpdbqh.head', id, 'resolve'))
  expect([bare.status, bare.body.code]).toEqual([400, 'input/invalid'])
  const blank = await changesNothing(server, () =>
    act('vpdbqh.head', id, 'resolve', { reason: '  ' }),
  )
  expect(blank.status).toBe(400)
  const closed = await act('vpdbqh.head', id, 'resolve', { reason: 'đã tiếp thu' })
  expect(closed.body).toMatchObject({ status: 'resolved', reason: 'đã tiếp thu' })
  expect((await act('vpub.officer', id, 'reopen')).status).toBe(200)
})

test('[P10] a thread for one’s own agency is in nobody else’s answer of any kind', async () => {
  const [own, other] = await Promise.all(
    ['stc.clerk', 'vpdbqh.officer'].map(async (account) =>
      openDocument(server, await person(account), documentId),
    ),
  )
  if (!own || !other) throw new Error('nobody came')
  const chain = await auditEvents(server)
  const { id } = (await open('stc.officer', { audience: 'agency', body: 'Việc nội bộ' })).body
  await act('stc.head', id, 'replies', { body: 'Rõ' })
  await act('stc.head', id, 'resolve')
  await act('stc.head', id, 'reopen')
  expect(await auditEvents(server)).toEqual(chain)
  expect((await seen('stc.clerk')).some((thread) => thread.id === id)).toBe(true)
  for (const account of ['vpdbqh.head', 'snv.head', 'bantdkt.observer'])
    expect(JSON.stringify(await seen(account))).not.toContain(id)
  for (const [what, body] of [
    ['replies', { body: 'Tôi thấy' }],
    ['resolve', { reason: 'xong' }],
    ['reopen', { reason: 'xong' }],
  ] as const) {
    const refused = await changesNothing(server, () => act('vpdbqh.head', id, what, body))
    const unknown = await act('vpdbqh.head', 'a'.repeat(21), what, body)
    expect([refused.status, refused.body]).toEqual([404, unknown.body])
  }
  // A public act afterwards tells that the private notices would have come by now.
  const { id: shown } = (await open('stc.officer', {})).body
  const heard = (peer: typeof own) =>
    peer.notices.flatMap((notice) => (notice.type === 'thread' ? [notice.threadId] : []))
  await other.until(() => heard(other).includes(shown), 'the public notice')
  expect(heard(other)).toEqual([shown])
  await own.until(() => heard(own).includes(shown), 'the public notice')
  expect(heard(own)).toEqual([id, id, id, id, shown])
  await own.leave()
  await other.leave()
})

test('an unknown clause has no threads, nor has one of another document', async () => {
  const plan = await server.documentOf('plan')
  const { clauses } = await clausesOf(await person('stc.officer'), plan.id)
  const foreign = clauses[1]?.id ?? ''
  for (const wrong of ['khong-co', 'structure', 'x'.repeat(64), foreign]) {
    const refused = await changesNothing(server, () => open('stc.officer', { clauseId: wrong }))
    expect([refused.status, refused.body.code]).toEqual([404, 'clause/not-found'])
  }
})

test('a thread outlives its clause, detached', async () => {
  const { clauses } = await clausesOf(await person('stc.officer'), documentId)
  const doomed = clauses.filter(({ level }) => level === 'point').at(-1)?.id ?? ''
  const { id } = (await open('stc.officer', { clauseId: doomed })).body
  const peer = await openDocument(server, await person('snv.officer'), documentId)
  peer.write((_, doc) => deleteClause(doc, doomed))
  await peer.saved()
  const thread = (await seen('vpub.head')).find((each) => each.id === id)
  expect(thread).toMatchObject({ detached: true, status: 'open' })
  expect((await act('snv.officer', id, 'replies', { body: 'Đã bỏ.' })).status).toBe(201)
  await hears(peer, 'thread')
  await peer.leave()
})

test('threads go on after the lock', async () => {
  await lock(person, documentId)
  const { status, body } = await open('skhdt.officer', {})
  expect(status).toBe(201)
  expect((await act('skhdt.officer', body.id, 'resolve')).status).toBe(200)
  await unlock(person, documentId)
})

test.each([
  ['an empty body', { body: '   ' }],
  ['an overlong body', { body: 'x'.repeat(10_001) }],
  ['an unknown audience', { audience: 'lead' }],
  ['an unknown field', { agencyId: 'snv' }],
  ['an anchor that is no base64', { anchor: '!!' }],
])('%s is refused', async (_, body) => {
  const refused = await changesNothing(server, () => open('stc.officer', body))
  expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
})
