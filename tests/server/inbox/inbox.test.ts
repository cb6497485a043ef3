import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import type { Inbox, InboxItem } from '../../../shared/inbox/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { placesFor } from '../../../shared/signing/places.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { refuseWrites } from '../support/breakdowns.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let documentId: string
let clauseId: string

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  documentId = (await server.documentOf('covenant')).id
  clauseId = (await clausesOf(await person('stc.officer'), documentId)).clauses[3]?.id ?? ''
})
afterAll(() => server.close())

type Refused = { code: string }
const call = async <T>(account: string, method: string, path: string, body?: object) =>
  (await person(account)).call<T & Refused>(method, path, body)
const inbox = async (account: string) => (await call<Inbox>(account, 'GET', '/api/inbox')).body
const kinds = async (account: string) => (await inbox(account)).items.map(({ kind }) => kind)
const idOf = async (account: string) =>
  (
    await server.platform.database.read
      .selectFrom('account')
      .select('id')
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
  ).id
const open = async (account: string, body: string, more: object = {}) =>
  (
    await call<ThreadView>(account, 'POST', `/api/documents/${documentId}/threads`, {
      clauseId,
      body,
      ...more,
    })
  ).body.id
const reply = (account: string, threadId: string, body: string) =>
  call<{ id: string }>(account, 'POST', `/api/threads/${threadId}/replies`, { body })
const read = (account: string, items: readonly InboxItem[]) =>
  call<Inbox>(account, 'POST', '/api/inbox/read', { ids: items.map(({ id }) => id) })

describe('[P17] who is called', () => {
  test('a person, and everybody of an agency but whoever calls', async () => {
    const stnmt = await idOf('stnmt.officer')
    const id = await open('snv.officer', `Nhờ @[person:${stnmt}] và @[agency:snv] xem.`)
    expect((await inbox('stnmt.officer')).items).toMatchObject([
      {
        kind: 'mention',
        whom: 'person',
        threadId: id,
        documentId,
        document: 'covenant',
        clauseId,
        read: false,
        by: { agencyId: 'snv' },
        excerpt: expect.stringMatching(/^Nhờ @.+ và @Sở Nội vụ xem\.$/),
      },
    ])
    expect((await inbox('snv.head')).items).toMatchObject([{ kind: 'mention', whom: 'agency' }])
    expect(await kinds('snv.officer')).toEqual([])
    expect(await kinds('stnmt.head')).toEqual([])
  })

  test('changed words call whom they had not called before, once', async () => {
    const skhcn = await idOf('skhcn.officer')
    const vpub = await idOf('vpub.officer')
    const id = await open('snv.officer', `@[person:${skhcn}] xem`)
    await call('snv.officer', 'PATCH', `/api/threads/${id}`, {
      body: `@[person:${skhcn}] và @[person:${vpub}] xem`,
    })
    expect(await kinds('skhcn.officer')).toEqual(['mention'])
    expect(await kinds('vpub.officer')).toEqual(['mention'])
  })

  test('nobody of another agency by an agency’s own thread', async () => {
    const before = await kinds('snv.head')
    const own = await idOf('stc.head')
    await open('stc.officer', `@[person:${own}] @[agency:stc] MARKER`, { audience: 'agency' })
    expect(await kinds('stc.head')).toEqual(['mention'])
    for (const account of ['snv.head', 'vpdbqh.head', 'bantdkt.observer'])
      expect(JSON.stringify(await inbox(account))).not.toContain('MARKER')
    expect(await kinds('snv.head')).toEqual(before)
    // Whoever leaves the agency leaves its threads behind.
    const move = (agencyId: string) =>
      server.platform.database.write((tx) =>
        tx.updateTable('account').set({ agency_id: agencyId }).where('id', '=', own).execute(),
      )
    await move('skhdt')
    expect(JSON.stringify(await inbox('stc.head'))).not.toContain('MARKER')
    await move('stc')
    expect(await kinds('stc.head')).toEqual(['mention'])
  })
})

test('[P17] an answer reaches everybody who has spoken, and only once who is also called', async () => {
  const id = await open('skhdt.officer', 'Ai biết?')
  const skhdt = await idOf('skhdt.officer')
  await reply('skhcn.head', id, 'Tôi.')
  await reply('vpub.head', id, `@[person:${skhdt}] tôi nữa.`)
  expect(await kinds('skhdt.officer')).toEqual(['mention', 'reply'])
  expect(await kinds('skhcn.head')).toEqual(['reply'])
  expect(await kinds('vpub.head')).toEqual([])
  const [first] = (await inbox('skhcn.head')).items
  expect(first).toMatchObject({ threadId: id, by: { agencyId: 'vpub' } })
})

test('[P17] words that are taken back are in nobody’s inbox', async () => {
  const id = await open('skhdt.clerk', 'Hỏi')
  const answer = await reply('skhcn.clerk', id, 'Đáp')
  expect(await kinds('skhdt.clerk')).toEqual(['reply'])
  await call('skhcn.clerk', 'DELETE', `/api/threads/${id}/replies/${answer.body.id}`)
  expect(await kinds('skhdt.clerk')).toEqual([])
})

test('[P17] a row stands if and only if what it tells of does', async () => {
  const stnmt = await idOf('stnmt.head')
  const mend = await refuseWrites(server, {
    table: 'inbox_item',
    what: 'insert',
    when: `new.account_id = '${stnmt}'`,
  })
  const failed = await changesNothing(server, () =>
    call('snv.officer', 'POST', `/api/documents/${documentId}/threads`, {
      clauseId,
      body: `@[person:${stnmt}]`,
    }),
  )
  expect(failed.status).toBe(500)
  await mend()
  expect(await kinds('stnmt.head')).toEqual([])
})

describe('[UX-80] unread, and what one wants to hear of', () => {
  test('what is read stays, and is not counted', async () => {
    const { items, unread } = await inbox('skhdt.officer')
    expect(unread).toBe(2)
    const after = await read('skhdt.officer', items.slice(0, 1))
    expect([after.body.unread, after.body.items[0]?.read]).toEqual([1, true])
    const foreign = await read('skhcn.head', items)
    expect(foreign.status).toBe(200)
    expect((await inbox('skhdt.officer')).unread).toBe(1)
  })

  test('each kind is turned off by itself; a signature that is due cannot be', async () => {
    const choose = (body: object) => call<Inbox>('skhdt.officer', 'PUT', '/api/inbox/choices', body)
    expect((await choose({ reply: false })).body).toMatchObject({
      choices: { mention: true, reply: false, decided: true, changed: true },
      items: [{ kind: 'mention' }],
    })
    expect((await choose({ reply: true })).body.items).toHaveLength(2)
    const refused = await changesNothing(server, () => choose({ signature: false }))
    expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
  })

  test.each([
    ['no ids', { ids: [] }],
    ['too many', { ids: Array.from({ length: 201 }, () => 'x') }],
    ['an unknown field', { ids: ['x'], account: 'snv.head' }],
  ])('%s are refused', async (_, body) => {
    const refused = await changesNothing(server, () =>
      call('stc.head', 'POST', '/api/inbox/read', body),
    )
    expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
  })

  test('it is one’s own: nobody without a session, nothing for the operator', async () => {
    const nobody = await server.visitor().call<Refused>('GET', '/api/inbox')
    expect([nobody.status, nobody.body.code]).toEqual([401, 'auth/required'])
    expect(await inbox('operator')).toMatchObject({ unread: 0, items: [] })
  })

  test('a notice goes to those alone who have something new', async () => {
    const stnmt = await idOf('stnmt.clerk')
    const [called, other] = await Promise.all(
      ['stnmt.clerk', 'stnmt.officer'].map(async (account) =>
        openDocument(server, await person(account), documentId),
      ),
    )
    await open('snv.clerk', `@[person:${stnmt}]`)
    const shown = await open('snv.clerk', 'Cho mọi người')
    for (const peer of [called, other])
      await peer?.until(
        () => peer.notices.some((one) => one.type === 'thread' && one.threadId === shown),
        'the later notice',
      )
    const told = (peer: typeof called) =>
      peer?.notices.filter(({ type }) => type === 'inbox').length
    expect([told(called), told(other)]).toEqual([1, 0])
    await called?.leave()
    await other?.leave()
  })
})

test('[P17] changed since we agreed: there while the words differ, gone when they return', async () => {
  const planId = (await server.documentOf('plan')).id
  const head = await person('stc.head')
  const { clauses, contentHash } = await clausesOf(head, planId)
  await head.call('PUT', `/api/documents/${planId}/positions`, { position: 'agreed', contentHash })
  const own = async (account: string) =>
    (await inbox(account)).items.filter(({ kind }) => kind === 'changed')
  expect(await own('stc.head')).toEqual([])
  const clause = clauses.find(({ level, text }) => level !== 'table' && text.length > 20)
  const peer = await openDocument(server, await person('snv.officer'), planId)
  const write = async (text: string) => {
    peer.write((_, doc) => setClauseText(doc, clause?.id ?? '', text))
    await peer.saved()
  }
  await write(`${clause?.text} thêm`)
  const [item] = await own('stc.head')
  expect(item).toMatchObject({ clauseIds: [clause?.id], documentId: planId, read: false })
  expect(await own('stc.officer')).toHaveLength(1)
  for (const account of ['stc.clerk', 'snv.head', 'bantdkt.observer'])
    expect(await own(account)).toEqual([])
  if (item) await read('stc.head', [item])
  expect(await own('stc.head')).toMatchObject([{ read: true }])
  await write(`${clause?.text} thêm nữa`)
  expect(await own('stc.head')).toMatchObject([{ read: false }])
  await write(clause?.text ?? '')
  expect(await own('stc.head')).toEqual([])
  await peer.leave()
})

test('[P17] the author hears what became of a proposal', async () => {
  const regulationId = (await server.documentOf('regulation')).id
  await lock(person, regulationId)
  const lead = await openDocument(server, await person('vpdbqh.head'), regulationId)
  const author = await openDocument(server, await person('stc.officer'), regulationId)
  const { clauses } = await clausesOf(await person('stc.officer'), regulationId)
  const clause = clauses.find(({ level, text }) => level !== 'table' && text.length > 20)
  author.write((_, doc) => setClauseText(doc, clause?.id ?? '', `${clause?.text} muộn`))
  await hears(lead, 'proposal')
  const { body } = await call<{ proposals: ProposalView[] }>(
    'stc.officer',
    'GET',
    `/api/documents/${regulationId}/proposals`,
  )
  const proposal = body.proposals.find(({ status }) => status === 'open')
  await call('snv.head', 'POST', `/api/proposals/${proposal?.id}/reject`, { reason: 'đã muộn' })
  expect((await inbox('stc.officer')).items).toContainEqual(
    expect.objectContaining({
      kind: 'decided',
      outcome: 'rejected',
      reason: 'đã muộn',
      proposalId: proposal?.id,
      by: expect.objectContaining({ agencyId: 'snv' }),
    }),
  )
  expect(await kinds('stc.clerk')).not.toContain('decided')
  await lead.leave()
  await unlock(person, regulationId)
})

test('[P17] a signature is due to whoever may give it now: the person first, then the seal', async () => {
  const signers = ['vpdbqh', 'stc'] as never[]
  // As sealing and signing leave the rows; a real file is the matter of their own tests.
  await server.platform.database.write(async (tx) => {
    await tx
      .updateTable('document')
      .set({ phase: 'signing' })
      .where('id', '=', documentId)
      .execute()
    for (const { id, agencyId, kind, rank } of placesFor(signers))
      await tx
        .insertInto('signing_place')
        .values({
          document_id: documentId,
          place_id: id,
          agency_id: agencyId,
          kind,
          rank,
          status: 'open',
          account_id: null,
          signed_at: null,
          certificate_sha256: null,
        })
        .execute()
  })
  const due = async (account: string) =>
    (await inbox(account)).items.flatMap((item) => (item.kind === 'signature' ? item.placeId : []))
  expect(await due('stc.head')).toEqual(['stc:person'])
  for (const account of ['stc.clerk', 'stc.officer', 'snv.head'])
    expect(await due(account)).toEqual([])
  await server.platform.database.write((tx) =>
    tx
      .updateTable('signing_place')
      .set({ status: 'signed' })
      .where('place_id', '=', 'stc:person')
      .execute(),
  )
  expect(await due('stc.head')).toEqual([])
  expect(await due('stc.clerk')).toEqual(['stc:seal'])
  // Read of one sealed file is not read of the next, though a further signature in it is no news.
  const revision = (number: number, sha256: string) =>
    server.platform.database.write((tx) =>
      tx
        .insertInto('sealed_revision')
        .values({ document_id: documentId, number, sha256, size: 1, place_id: null, at: number })
        .execute(),
    )
  const isRead = async () =>
    (await inbox('stc.clerk')).items.find(({ kind }) => kind === 'signature')?.read
  await revision(0, 'a'.repeat(64))
  await read('stc.clerk', (await inbox('stc.clerk')).items)
  await revision(1, 'b'.repeat(64))
  expect(await isRead()).toBe(true)
  await server.platform.database.write((tx) => tx.deleteFrom('sealed_revision').execute())
  await revision(0, 'c'.repeat(64))
  expect(await isRead()).toBe(false)
})
