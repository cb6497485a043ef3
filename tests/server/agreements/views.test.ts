import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonalView } from '../../../shared/agreements/api.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { Readiness } from '../../../shared/locking/api.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let writer: TestPeer

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('regulation')).id
  writer = await openDocument(server, await person('vpub.officer'), id)
})
afterAll(async () => {
  await writer.leave()
  await server.close()
})

type Refused = { code: string; details: Record<string, string> }
const put = async (account: string, clauseId: string, body: object) =>
  (await person(account)).call<PersonalView & Refused>(
    'PUT',
    `/api/documents/${id}/clauses/${clauseId}/view`,
    body,
  )
const ask = async <T>(what: string) =>
  (await (await person('bantdkt.observer')).call<T>('GET', `/api/documents/${id}/${what}`)).body
const views = async () => (await ask<{ views: PersonalView[] }>('views')).views
const clauses = async () => clausesOf(await person('stc.officer'), id)
const words = async () => {
  const clause = (await clauses()).clauses.find(({ level, text }) => level === 'paragraph' && text)
  if (!clause) throw new Error('no clause')
  return clause
}

test('[P12] an officer’s view is shown under his name and counts for nothing', async () => {
  const { id: clauseId, hash } = await words()
  const before = await ask<Readiness>('readiness')
  const note = 'Nên nói rõ <script>alert(1)</script> mức chi'
  const left = await put('stc.officer', clauseId, { view: 'objects', hash, note })
  expect(left.status).toBe(200)
  await hears(writer, 'position')
  const mine = { clauseId, agencyId: 'stc', view: 'objects', hash, standing: 'counts', note }
  expect(left.body).toMatchObject(mine)
  expect(await views()).toMatchObject([{ ...mine, by: { agencyId: 'stc' } }])
  expect(await ask('positions')).toEqual({ positions: [] })
  expect(await ask<Readiness>('readiness')).toEqual(before)
})

test('[P12] two officers of one agency have a view each; a later one replaces one’s own alone', async () => {
  const { id: clauseId, hash } = await words()
  await put('snv.officer', clauseId, { view: 'reserved', hash })
  await put('stc.officer', clauseId, { view: 'agreed', hash })
  const found = (await views()).map(({ agencyId, view, note }) => [agencyId, view, note])
  expect(found.sort()).toEqual([
    ['snv', 'reserved', undefined],
    ['stc', 'agreed', undefined],
  ])
  expect((await put('snv.officer', clauseId, { view: 'none', hash })).status).toBe(200)
  expect((await views()).map(({ agencyId }) => agencyId)).toEqual(['stc'])
})

test('[P12] a view is of the words it was left on, and says so when they change', async () => {
  const { id: clauseId, text, hash } = await words()
  await put('stc.officer', clauseId, { view: 'agreed', hash })
  writer.write((_, doc) => setClauseText(doc, clauseId, `${text} x`))
  await writer.saved()
  expect((await views()).map(({ standing }) => standing)).toEqual(['outdated'])
  const refused = await changesNothing(server, () =>
    put('stc.officer', clauseId, { view: 'agreed', hash }),
  )
  expect([refused.status, refused.body.code]).toEqual([409, 'position/stale-hash'])
  expect(refused.body.details.hash).toBe((await words()).hash)
  writer.write((_, doc) => setClauseText(doc, clauseId, text))
  await writer.saved()
  expect((await views()).map(({ standing }) => standing)).toEqual(['counts'])
})

test('a foreign clause, a head, an observer and nonsense are refused, and leave nothing', async () => {
  const { id: clauseId, hash } = await words()
  const other = (await server.documentOf('plan')).id
  const foreign = (await clausesOf(await person('stc.officer'), other)).clauses[0]
  const cases: [string, string, object, number, string][] = [
    [
      'stc.officer',
      foreign?.id ?? '',
      { view: 'agreed', hash: foreign?.hash },
      404,
      'clause/not-found',
    ],
    ['stc.head', clauseId, { view: 'agreed', hash }, 403, 'auth/forbidden'],
    ['bantdkt.observer', clauseId, { view: 'agreed', hash }, 403, 'auth/forbidden'],
    ['stc.officer', clauseId, { view: 'yes', hash }, 400, 'input/invalid'],
    ['stc.officer', clauseId, { view: 'agreed', hash, agencyId: 'snv' }, 400, 'input/invalid'],
    [
      'stc.officer',
      clauseId,
      { view: 'agreed', hash, note: 'x'.repeat(4_001) },
      400,
      'input/invalid',
    ],
  ]
  for (const [account, clause, body, status, code] of cases) {
    const refused = await changesNothing(server, () => put(account, clause, body))
    expect([account, refused.status, refused.body.code]).toEqual([account, status, code])
  }
})

test('views are left while drafting only, and stay to be read', async () => {
  const { hash, id: clauseId } = await words()
  await lock(person, id)
  const refused = await changesNothing(server, () =>
    put('stc.officer', clauseId, { view: 'none', hash }),
  )
  expect([refused.status, refused.body.code]).toEqual([409, 'document/wrong-phase'])
  expect(await views()).toHaveLength(1)
  await unlock(person, id)
})
