import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepSessions } from '../../../server/versions/sessionVersions.ts'
import { deleteClause, insertClause, readBody, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { DiffView, VersionView } from '../../../shared/versions/api.ts'
import { marked } from '../../shared/diff/marked.ts'
import { clause } from '../../support/builders.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { type Clauses, clausesOf, crowd, lock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let stc: TestPeer
let snv: TestPeer

beforeEach(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('plan')).id
  stc = await openDocument(server, await person('stc.officer'), id)
  snv = await openDocument(server, await person('snv.officer'), id)
})
afterEach(async () => {
  await stc.leave()
  await snv.leave()
  await server.close()
})

type List = {
  versions: VersionView[]
  now: { revision: number; authors: { name: string }[] } | null
}
const call = async <T>(method: string, path: string, body?: unknown, account = 'stc.officer') =>
  (await person(account)).call<T>(method, path, body)
const list = async () => (await call<List>('GET', `/api/documents/${id}/versions`)).body
const name = async (title: string) =>
  (await call<VersionView>('POST', `/api/documents/${id}/versions`, { name: title })).body
const restore = (versionId: string, body: object = {}, account = 'stc.officer') =>
  call<VersionView & { code: string }>('POST', `/api/versions/${versionId}/restore`, body, account)
const diff = async (from: string, to: string) =>
  (await call<DiffView>('GET', `/api/documents/${id}/diff?from=${from}&to=${to}`)).body
const now = async (): Promise<Clauses> => clausesOf(await person('stc.officer'), id)
const textOf = async (clauseId: string) =>
  (await now()).clauses.find((each) => each.id === clauseId)?.text
const clauseAt = async (index: number) => {
  const found = (await now()).clauses[index]
  if (!found) throw new Error('no such clause')
  return found
}
const write = async (peer: TestPeer, clauseId: string, text: string) => {
  peer.write((_, doc) => void setClauseText(doc, clauseId, text))
  await peer.saved()
}

test('[P16] a named version keeps the text; it is listed, read, and found in the chain', async () => {
  const before = await now()
  const kept = await name('Bản trình hội nghị')
  expect(kept).toMatchObject({
    kind: 'named',
    name: 'Bản trình hội nghị',
    contentHash: before.contentHash,
  })
  await hears(snv, 'version')
  await write(stc, before.clauses[2]?.id ?? '', 'Lời khác')
  const { versions, now: since } = await list()
  expect(versions.map((version) => version.id)).toEqual([kept.id])
  expect(since?.authors.map((author) => author.name)).toEqual([
    expect.stringContaining('Sở Tài chính'),
  ])
  const read = await call<VersionView & { clauses: unknown[] }>('GET', `/api/versions/${kept.id}`)
  expect(read.body.clauses).toEqual(before.clauses)
  expect(await auditEvents(server)).toContain('version.named')
})

test('[B34] an old version reads the same, hash and text, after half of the clauses are gone and 200 edits have come', async () => {
  const before = await now()
  const kept = await name('Gốc')
  const half = before.clauses.filter((_, index) => index % 2 === 1).map((each) => each.id)
  stc.write((_, doc) => half.forEach((clauseId) => void deleteClause(doc, clauseId)))
  await stc.saved()
  for (let i = 0; i < 200; i += 1)
    stc.write((_, doc) => void setClauseText(doc, before.clauses[0]?.id ?? '', `Lời ${i}`))
  await stc.saved()
  const read = await call<VersionView & Clauses>('GET', `/api/versions/${kept.id}`)
  expect(read.body.clauses).toEqual(before.clauses)
  expect(read.body.contentHash).toBe(before.contentHash)
  const items = (await diff(kept.id, 'now')).items
  expect(items.filter(({ kind }) => kind === 'removed').map((item) => item.clauseId)).toEqual(half)
})

test('[P16] restoring writes a new edit: text and hash are as they were, the present is kept, everybody hears of it', async () => {
  const before = await now()
  const kept = await name('Gốc')
  const [, second, third] = before.clauses
  await write(stc, second?.id ?? '', 'Điều đã sửa')
  stc.write((_, doc) => {
    deleteClause(doc, third?.id ?? '')
    insertClause(doc, second?.id ?? '', clause('moi', 'paragraph', 'Thêm vào'))
  })
  await stc.saved()
  const { epoch } = await server.documentOf('plan')
  const present = await now()
  const answer = await restore(kept.id)
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({
    kind: 'restore',
    contentHash: present.contentHash,
    restored: { versionId: kept.id, clauseId: null },
  })
  expect((await now()).contentHash).toBe(before.contentHash)
  await hears(snv, 'version', 2)
  expect(snv.notices).toContainEqual(
    expect.objectContaining({
      type: 'version',
      restored: expect.objectContaining({ clauseId: null }),
    }),
  )
  expect((await server.documentOf('plan')).epoch).toBe(epoch)
  expect((await auditEvents(server)).at(-1)).toBe('version.restored')
  // And back again.
  await restore(answer.body.id)
  expect((await now()).contentHash).toBe(present.contentHash)
})

test('[P16] one clause comes back alone, where it stood', async () => {
  const before = await now()
  const kept = await name('Gốc')
  const [first, second, third] = before.clauses
  await write(stc, first?.id ?? '', 'Đầu đã sửa')
  stc.write((_, doc) => void deleteClause(doc, third?.id ?? ''))
  await stc.saved()
  expect((await restore(kept.id, { clauseId: third?.id })).status).toBe(200)
  const after = await now()
  expect(after.clauses.slice(0, 3).map((each) => [each.id, each.text])).toEqual([
    [first?.id, 'Đầu đã sửa'],
    [second?.id, second?.text],
    [third?.id, third?.text],
  ])
})

test('[P16] where nothing is different a restore leaves no trace', async () => {
  const kept = await name('Gốc')
  const answer = await changesNothing(server, () => restore(kept.id))
  expect(answer).toMatchObject({ status: 200, body: { id: kept.id } })
})

test('[B52] words that somebody has not sent yet come in with the restored text', async () => {
  const { id: clauseId } = await clauseAt(2)
  await write(stc, clauseId, 'Các đơn vị nộp báo cáo đúng hạn')
  const kept = await name('Gốc')
  await write(stc, clauseId, 'Các đơn vị nộp báo cáo trước ngày 15')
  await snv.until(() => JSON.stringify(readBody(snv.doc)).includes('trước ngày 15'), 'news')
  await snv.leave()
  setClauseText(snv.doc, clauseId, 'Các đơn vị thành viên nộp báo cáo trước ngày 15')
  await restore(kept.id)
  snv = await TestPeer.join(`${server.syncUrl}/${id}`, {
    headers: { cookie: (await person('snv.officer')).cookie },
    doc: snv.doc,
  })
  await snv.saved()
  expect(await textOf(clauseId)).toBe('Các đơn vị thành viên nộp báo cáo đúng hạn')
})

test('[P16] a diff says who put in and who took out each word', async () => {
  const { id: clauseId } = await clauseAt(2)
  await write(stc, clauseId, 'Các đơn vị nộp báo cáo trước ngày 15')
  const kept = await name('Gốc')
  await snv.until(() => JSON.stringify(readBody(snv.doc)).includes('trước ngày 15'), 'news')
  await write(snv, clauseId, 'Các đơn vị thành viên nộp báo cáo trước ngày 30')
  const { items, people } = await diff(kept.id, 'now')
  const changed = items.filter(({ kind }) => kind !== 'same')
  expect(changed.map((item) => marked(item.parts ?? []))).toEqual([
    'Các đơn vị {+thành viên +}nộp báo cáo trước ngày [-15-]{+30+}',
  ])
  expect(people.map((each) => each.agencyId)).toEqual(['snv'])
  const signs = changed[0]?.parts?.filter((part) => part.kind !== 'same').map(({ by }) => by)
  expect(new Set(signs)).toEqual(new Set([people[0]?.id]))
})

test('[P16] a session of writing becomes a version when it is over, once, and an hour of it is one too', async () => {
  const { id: clauseId } = await clauseAt(2)
  await keepSessions(server.app.deps)
  expect((await list()).versions).toEqual([])
  await write(stc, clauseId, 'Một')
  await keepSessions(server.app.deps)
  expect((await list()).versions).toEqual([])
  server.advanceClock(6 * 60_000)
  await keepSessions(server.app.deps)
  await keepSessions(server.app.deps)
  const [version, ...others] = (await list()).versions
  expect(others).toEqual([])
  expect(version).toMatchObject({ kind: 'session', name: null, by: { agencyId: 'stc' } })
  await write(snv, clauseId, 'Hai')
  server.advanceClock(61 * 60_000)
  await write(stc, clauseId, 'Ba')
  await keepSessions(server.app.deps)
  expect((await list()).versions).toHaveLength(2)
})

test('[P16] the lock makes a version, and a locked text is not restored', async () => {
  const kept = await name('Gốc')
  await lock(crowd(server), id)
  expect((await list()).versions[0]).toMatchObject({ kind: 'lock' })
  const refused = await changesNothing(server, () => restore(kept.id))
  expect(refused).toMatchObject({ status: 409, body: { code: 'document/wrong-phase' } })
})

test('[P16] a diff backwards, an unknown point and a version of another text are refused', async () => {
  const kept = await name('Gốc')
  await write(stc, (await clauseAt(2)).id, 'Khác')
  const later = await name('Sau')
  const other = (await server.documentOf('covenant')).id
  const ask = async (path: string) => {
    const { status, body } = await call<{ code: string }>('GET', path)
    return `${status} ${body.code}`
  }
  expect(await ask(`/api/documents/${id}/diff?from=${later.id}&to=${kept.id}`)).toBe(
    '400 input/invalid',
  )
  expect(await ask(`/api/documents/${id}/diff?from=999999&to=now`)).toBe('400 input/invalid')
  expect(await ask(`/api/documents/${id}/diff?from=x&to=now`)).toBe('400 input/invalid')
  expect(await ask(`/api/documents/${other}/diff?from=${kept.id}&to=now`)).toBe(
    '404 version/not-found',
  )
  expect(await ask(`/api/versions/${'a'.repeat(21)}`)).toBe('404 version/not-found')
})

test('[UX-54] whoever comes back is told how many clauses others have changed since', async () => {
  type Visit = { visit: { revision: number; changes: number } | null }
  const visit = async () => (await call<Visit>('GET', `/api/documents/${id}/visit`)).body.visit
  expect(await visit()).toBeNull()
  const { id: clauseId } = await clauseAt(2)
  await write(stc, clauseId, 'Một')
  const { revision } = await now()
  await stc.leave()
  await expect.poll(visit).toEqual({ revision, at: expect.any(String), changes: 0 })
  await snv.until(() => JSON.stringify(readBody(snv.doc)).includes('Một'), 'news')
  await write(snv, clauseId, 'Hai')
  await write(snv, (await clauseAt(4)).id, 'Ba')
  expect(await visit()).toMatchObject({ revision, changes: 2 })
})
