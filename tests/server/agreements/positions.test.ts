import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PositionView } from '../../../shared/agreements/api.ts'
import { deleteClause, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { Readiness } from '../../../shared/locking/api.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { allAgree, clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let writer: TestPeer

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  writer = await openDocument(server, await person('vpub.officer'), id)
})
afterAll(async () => {
  await writer.leave()
  await server.close()
})

type Refused = { code: string; details: Record<string, string> }
const put = async (account: string, clauseId: string, body: object) =>
  (await person(account)).call<PositionView & Refused>(
    'PUT',
    `/api/documents/${id}/clauses/${clauseId}/position`,
    body,
  )
const putAll = async (account: string, body: object) =>
  (await person(account)).call<{ positions: PositionView[] } & Refused>(
    'PUT',
    `/api/documents/${id}/positions`,
    body,
  )
const positions = async () =>
  (
    await (
      await person('bantdkt.observer')
    ).call<{ positions: PositionView[] }>('GET', `/api/documents/${id}/positions`)
  ).body.positions
const outdated = async () =>
  (await positions()).filter(({ standing }) => standing === 'outdated').map((p) => p.clauseId)
const clauses = async () => clausesOf(await person('stc.officer'), id)
const readiness = async () =>
  (await (await person('stc.officer')).call<Readiness>('GET', `/api/documents/${id}/readiness`))
    .body
const rewrite = async (clauseId: string, text: string) => {
  writer.write((_, doc) => setClauseText(doc, clauseId, text))
  await writer.saved()
}

test('a head takes a position on one clause, changes it and takes it back', async () => {
  const [clause] = (await clauses()).clauses
  if (!clause) throw new Error('no clause')
  const { id: clauseId, hash } = clause
  const taken = await put('stc.head', clauseId, { position: 'objects', hash, note: 'Chưa rõ' })
  expect(taken.status).toBe(200)
  await hears(writer, 'position')
  const mine = {
    clauseId,
    agencyId: 'stc',
    position: 'objects',
    hash,
    standing: 'counts',
    note: 'Chưa rõ',
    by: { agencyId: 'stc', name: 'Thủ trưởng Sở Tài chính' },
  }
  expect(taken.body).toMatchObject(mine)
  expect(await positions()).toMatchObject([mine])
  await put('stc.head', clauseId, { position: 'agreed', hash })
  const now = await positions()
  expect(now).toHaveLength(1)
  expect(now[0]).toMatchObject({ position: 'agreed' })
  expect(now[0]?.note).toBeUndefined()
  expect((await put('stc.head', clauseId, { position: 'none', hash })).body.position).toBe('none')
  expect(await positions()).toEqual([])
  expect((await auditEvents(server)).slice(-3)).toEqual(Array(3).fill('position.taken'))
})

test('the structure has a position of its own', async () => {
  const { structureHash } = await clauses()
  const taken = await put('stc.head', 'structure', { position: 'reserved', hash: structureHash })
  expect(taken.body).toMatchObject({ clauseId: 'structure', standing: 'counts' })
})

test('a position on words that are gone is refused with the hash that stands', async () => {
  const { clauses: list, contentHash, structureHash } = await clauses()
  const stale = 'a'.repeat(64)
  const [first] = list
  const one = await changesNothing(server, () =>
    put('stc.head', first?.id ?? '', { position: 'agreed', hash: stale }),
  )
  expect(one).toMatchObject({
    status: 409,
    body: { code: 'position/stale-hash', details: { hash: first?.hash } },
  })
  const structure = await changesNothing(server, () =>
    put('stc.head', 'structure', { position: 'agreed', hash: first?.hash }),
  )
  expect(structure.body.details).toEqual({ hash: structureHash })
  const all = await changesNothing(server, () =>
    putAll('stc.head', { position: 'agreed', contentHash: stale }),
  )
  expect(all).toMatchObject({
    status: 409,
    body: { code: 'position/stale-hash', details: { contentHash } },
  })
})

test('one word on everything covers every clause, the tables and the structure', async () => {
  const { clauses: list, contentHash } = await clauses()
  const answer = await putAll('stc.head', { position: 'agreed', contentHash })
  const mine = answer.body.positions.filter(({ agencyId }) => agencyId === 'stc')
  expect(new Set(mine.map(({ clauseId }) => clauseId))).toEqual(
    new Set([...list.map(({ id }) => id), 'structure']),
  )
  expect(
    mine.every(({ position, standing }) => position === 'agreed' && standing === 'counts'),
  ).toBe(true)
  expect(list.some(({ level }) => level === 'table')).toBe(true)
  expect((await putAll('stc.head', { position: 'none', contentHash })).body.positions).toEqual([])
})

test('[P12] one character makes exactly that clause fall, and counts again when it returns', async () => {
  await allAgree(person, id)
  expect(await readiness()).toEqual({ ready: true, blockers: [] })
  const { clauses: list } = await clauses()
  const clause = list.find(({ label, text }) => label === '2' && text !== '')
  if (!clause) throw new Error('no clause')
  await rewrite(clause.id, `${clause.text}x`)
  expect(new Set(await outdated())).toEqual(new Set([clause.id]))
  const { blockers } = await readiness()
  expect(blockers).toHaveLength(7)
  expect(blockers[0]).toEqual({
    code: 'position/outdated',
    clauseId: clause.id,
    agencyId: 'vpdbqh',
  })
  await rewrite(clause.id, clause.text)
  expect(await outdated()).toEqual([])
  expect((await readiness()).ready).toBe(true)
})

test('[P12] a deleted clause makes the structure fall, and an earlier word on it names nothing', async () => {
  await allAgree(person, id)
  const { clauses: list } = await clauses()
  const doomed = list.filter(({ level }) => level === 'point').at(-1)?.id ?? ''
  writer.write((_, doc) => deleteClause(doc, doomed))
  await writer.saved()
  expect(new Set(await outdated())).toEqual(new Set(['structure', doomed]))
  expect(new Set((await readiness()).blockers.map(({ clauseId }) => clauseId))).toEqual(
    new Set(['structure']),
  )
  // The next word on everything wipes what was said of clauses that are gone.
  await allAgree(person, id)
  expect(await outdated()).toEqual([])
})

test('a changed title asks everybody again', async () => {
  await allAgree(person, id)
  const lead = await person('vpdbqh.head')
  await lead.call('PATCH', `/api/documents/${id}`, { place: 'Phan Rang' })
  await hears(writer, 'document')
  expect(new Set(await outdated())).toEqual(new Set(['structure']))
  await lead.call('PATCH', `/api/documents/${id}`, { place: 'Ninh Thuận' })
  expect(await outdated()).toEqual([])
})

test('an unknown clause is not found', async () => {
  const hash = 'a'.repeat(64)
  for (const wrong of ['khong-co', 'a%20b']) {
    const refused = await changesNothing(server, () =>
      put('stc.head', wrong, { position: 'agreed', hash }),
    )
    expect([refused.status, refused.body.code]).toEqual([404, 'clause/not-found'])
  }
})

test('positions are taken while drafting only', async () => {
  const { contentHash, structureHash } = await lock(person, id)
  const refused = await changesNothing(server, () =>
    put('stc.head', 'structure', { position: 'none', hash: structureHash }),
  )
  expect([refused.status, refused.body.code]).toEqual([409, 'document/wrong-phase'])
  const all = await changesNothing(server, () =>
    putAll('stc.head', { position: 'none', contentHash }),
  )
  expect(all.body.code).toBe('document/wrong-phase')
  // Not a head: the role is judged before the phase.
  expect((await putAll('stc.officer', { position: 'none', contentHash })).status).toBe(403)
  await unlock(person, id)
})

test.each([
  { position: 'yes', hash: 'a'.repeat(64) },
  { position: 'agreed', hash: 'A'.repeat(64) },
  { position: 'agreed' },
  { position: 'agreed', hash: 'a'.repeat(64), agencyId: 'snv' },
  { position: 'agreed', hash: 'a'.repeat(64), note: '' },
])('%j is no position', async (body) => {
  const refused = await changesNothing(server, () => put('stc.head', 'structure', body))
  expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
})
