import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DocumentView } from '../../../shared/documents/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { clausesOf, crowd, lock, PARTIES, unlock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
const at = () => `/api/documents/${id}`
const patch = async (account: string, body: unknown) =>
  (await person(account)).call<DocumentView & { code: string }>('PATCH', at(), body)
const lastFacts = async () => {
  const row = await server.platform.database.read
    .selectFrom('audit')
    .select(['event', 'facts'])
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  return { event: row.event, ...JSON.parse(row.facts) }
}

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
})
afterAll(() => server.close())

test('a document answers everything the contract names', async () => {
  const member = await person('stc.officer')
  const { status, body } = await member.call<DocumentView>('GET', at())
  expect(status).toBe(200)
  const clauses = await clausesOf(member, id)
  expect(body).toMatchObject({
    id,
    blocId: server.blocId,
    kind: 'covenant',
    edition: 1,
    phase: 'drafting',
    revision: 1,
    schemaVersion: 2,
    agreementPolicy: 'all',
    parties: [...PARTIES],
    signers: [...PARTIES],
    number: null,
    date: '2022-02-28',
    lastFailure: null,
    contentHash: clauses.contentHash,
    structureHash: clauses.structureHash,
  })
  expect(clauses.revision).toBe(1)
  expect(clauses.clauses.filter(({ level }) => level === 'article').map((c) => c.label)).toEqual([
    'Điều 1',
    'Điều 2',
    'Điều 3',
    'Điều 4',
    'Điều 5',
  ])
})

test('the lead’s head and officer change what is printed, and the structure hash with it', async () => {
  const before = (await (await person('stc.officer')).call<DocumentView>('GET', at())).body
  const title = 'BẢN GIAO ƯỚC\nnăm 2022'
  const answer = await patch('vpdbqh.officer', {
    title: title.normalize('NFD'),
    place: 'Phan Rang',
  })
  expect([answer.status, answer.body.title, answer.body.place]).toEqual([200, title, 'Phan Rang'])
  expect(answer.body.structureHash).not.toBe(before.structureHash)
  expect(answer.body.contentHash).not.toBe(before.contentHash)
  expect(await lastFacts()).toEqual({
    event: 'document.described',
    changes: {
      title: { from: before.title, to: title },
      place: { from: 'Ninh Thuận', to: 'Phan Rang' },
    },
  })
  const back = await patch('vpdbqh.head', { title: before.title, place: before.place })
  expect(back.body.contentHash).toBe(before.contentHash)
})

test('recipients and signing titles are replaced whole; only parties have titles', async () => {
  const { signingTitles } = (await (await person('stc.officer')).call<DocumentView>('GET', at()))
    .body
  const answer = await patch('vpdbqh.head', {
    recipients: ['Lưu: VT'],
    signingTitles: { stc: 'GIÁM ĐỐC' },
  })
  expect(answer.body).toMatchObject({ recipients: ['Lưu: VT'], signingTitles: { stc: 'GIÁM ĐỐC' } })
  for (const agency of ['bantdkt', 'khong-co']) {
    const refused = await changesNothing(server, () =>
      patch('vpdbqh.head', { signingTitles: { [agency]: 'TRƯỞNG BAN' } }),
    )
    expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
  }
  await patch('vpdbqh.head', { recipients: [], signingTitles })
})

test('number and date are the clerk’s, and no hash knows them', async () => {
  const before = (await (await person('stc.officer')).call<DocumentView>('GET', at())).body
  const answer = await patch('vpdbqh.clerk', { number: '01/GƯTĐ', date: '2022-03-01' })
  expect(answer.body).toMatchObject({ number: '01/GƯTĐ', date: '2022-03-01' })
  expect(answer.body.contentHash).toBe(before.contentHash)
  expect(await lastFacts()).toMatchObject({
    event: 'document.numbered',
    changes: { number: { from: null, to: '01/GƯTĐ' } },
  })
  const cleared = await patch('vpdbqh.clerk', { number: null, date: '2022-02-28' })
  expect(cleared.body.number).toBeNull()
})

test.each([
  ['vpdbqh.clerk', { title: 'Khác' }],
  ['vpdbqh.head', { number: '02' }],
  ['vpdbqh.officer', { title: 'Khác', number: '02' }],
  ['vpdbqh.clerk', { title: 'Khác', number: '02' }],
  ['snv.head', { title: 'Khác' }],
  ['stc.clerk', { number: '02' }],
  ['bantdkt.observer', { place: 'Khác' }],
  ['snv.head', {}],
  ['bantdkt.observer', {}],
])('%s may not send %j', async (account, body) => {
  const answer = await changesNothing(server, () => patch(account, body))
  expect([answer.status, answer.body.code]).toEqual([403, 'auth/forbidden'])
})

test.each([
  { title: '' },
  { title: 'x'.repeat(501) },
  { date: '2022-02-30' },
  { date: '28/02/2022' },
  { recipients: 'Lưu: VT' },
  { phase: 'locked' },
  { number: '' },
])('%j is no patch', async (body) => {
  const answer = await changesNothing(server, () => patch('vpdbqh.head', body))
  expect([answer.status, answer.body.code]).toEqual([400, 'input/invalid'])
})

test('a patch that changes nothing answers the document and leaves no entry', async () => {
  const { title } = (await (await person('stc.officer')).call<DocumentView>('GET', at())).body
  for (const body of [{}, { title }]) {
    const answer = await changesNothing(server, () => patch('vpdbqh.head', body))
    expect([answer.status, answer.body.title]).toEqual([200, title])
  }
  expect((await patch('vpdbqh.clerk', {})).status).toBe(200)
})

test('once locked only number and date change, and the hashes are the recorded ones', async () => {
  const locked = await lock(person, id)
  const refused = await changesNothing(server, () => patch('vpdbqh.head', { title: 'Khác' }))
  expect([refused.status, refused.body.code]).toEqual([409, 'document/wrong-phase'])
  const numbered = await patch('vpdbqh.clerk', { number: '01/GƯTĐ' })
  expect(numbered.body).toMatchObject({
    number: '01/GƯTĐ',
    phase: 'locked',
    contentHash: locked.contentHash,
    structureHash: locked.structureHash,
  })
  await unlock(person, id)
  expect((await auditEvents(server)).slice(-3)).toEqual([
    'document.locked',
    'document.numbered',
    'document.unlocked',
  ])
})
