import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertClause, readBody, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { ClauseOrigin } from '../../../shared/versions/api.ts'
import { clause } from '../../support/builders.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { clausesOf, crowd } from '../support/people.ts'

let server: TestServer
let person: ReturnType<typeof crowd>
let id: string
let stc: TestPeer
let snv: TestPeer

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('plan')).id
  stc = await openDocument(server, await person('stc.officer'), id)
  snv = await openDocument(server, await person('snv.officer'), id)
})
afterAll(async () => {
  await stc.leave()
  await snv.leave()
  await server.close()
})

const origin = async (account: string, clauseId: string) =>
  (await person(account)).call<ClauseOrigin & { code: string }>(
    'GET',
    `/api/documents/${id}/clauses/${clauseId}/origin`,
  )

test('[P16] a clause says who brought it, whose its words are, and what was said, agreed and restored', async () => {
  stc.write((_, doc) => void insertClause(doc, null, clause('moi', 'text', 'một hai ba')))
  await stc.saved()
  const officer = await person('stc.officer')
  const kept = await officer.call<{ id: string }>('POST', `/api/documents/${id}/versions`, {
    name: 'Có mục mới',
  })
  await snv.until(() => readBody(snv.doc)[0]?.id === 'moi', 'news')
  snv.write((_, doc) => void setClauseText(doc, 'moi', 'một hai ba bốn'))
  await snv.saved()
  for (const audience of ['all', 'agency'])
    await officer.call('POST', `/api/documents/${id}/threads`, {
      clauseId: 'moi',
      body: 'Xem lại',
      audience,
    })
  const { clauses } = await clausesOf(officer, id)
  const hash = clauses.find((each) => each.id === 'moi')?.hash
  await (await person('vpub.head')).call('PUT', `/api/documents/${id}/clauses/moi/position`, {
    position: 'agreed',
    hash,
  })
  const { body } = await origin('stc.officer', 'moi')
  expect(body.first?.by.agencyId).toBe('stc')
  expect(body.authors.map(({ by, words }) => [by.agencyId, words])).toEqual([
    ['stc', 3],
    ['snv', 1],
  ])
  expect(body.positions).toMatchObject([
    { agencyId: 'vpub', position: 'agreed', by: { agencyId: 'vpub' } },
  ])
  expect(body.threads).toHaveLength(2)
  // What one agency says among itself is nobody else's.
  expect((await origin('snv.officer', 'moi')).body.threads).toHaveLength(1)

  await officer.call('POST', `/api/versions/${kept.body.id}/restore`, { clauseId: 'moi' })
  const after = (await origin('stc.officer', 'moi')).body
  expect(after.authors.map(({ by, words }) => [by.agencyId, words])).toEqual([['stc', 3]])
  expect(after.restores).toMatchObject([{ by: { agencyId: 'stc' } }])
})

test('[P16] a clause of the template was brought by nobody of the bloc; one that is not there is not found', async () => {
  const { clauses } = await clausesOf(await person('stc.officer'), id)
  const template = await origin('stc.officer', clauses[2]?.id ?? '')
  expect(template.body.first?.by).toMatchObject({ name: '', agencyId: null })
  expect(await origin('stc.officer', 'khong-co')).toMatchObject({
    status: 404,
    body: { code: 'clause/not-found' },
  })
})
