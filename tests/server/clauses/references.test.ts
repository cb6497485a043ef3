import { afterEach, beforeEach, expect, test } from 'vitest'
import { gatherPrintSource } from '../../../server/signing/gatherPrintSource.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { insertClause, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { Blocker, Readiness } from '../../../shared/locking/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { printedTexts } from '../../../shared/signing/sealedDocument.ts'
import { cites, clause, run } from '../../support/builders.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { addBloc, clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let officer: Visitor
let covenant: string
let plan: string
beforeEach(async () => {
  server = await startTestServer()
  person = crowd(server)
  officer = await person('stc.officer')
  covenant = (await server.documentOf('covenant')).id
  plan = (await server.documentOf('plan')).id
})
afterEach(() => server.close())

const find = async (document: string, matches: (clause: ClauseView) => boolean) => {
  const found = (await clausesOf(officer, document)).clauses.find(matches)
  if (!found) throw new Error('no such clause')
  return found
}
const article = (document: string, label: string) =>
  find(document, (clause) => clause.label === label)
const clauseNow = (document: string, id: string) => find(document, (clause) => clause.id === id)

/** Gives a clause these words, as an editor would. */
async function rewrite(document: string, id: string, ...content: ReturnType<typeof run>[]) {
  const peer = await openDocument(server, officer, document)
  peer.write((_, doc) => setClauseText(doc, id, content))
  await peer.saved()
  await peer.leave()
}
/** A new article before all others. */
async function newFirstArticle(document: string) {
  const first = await article(document, 'Điều 1')
  const { clauses } = await clausesOf(officer, document)
  const before = clauses[clauses.findIndex(({ id }) => id === first.id) - 1]
  const peer = await openDocument(server, officer, document)
  peer.write((_, doc) => insertClause(doc, before?.id ?? null, clause('new1', 'article', 'Mới')))
  await peer.saved()
  await peer.leave()
}
const remove = (document: string, id: string) =>
  officer.call('POST', `/api/documents/${document}/clauses/${id}/delete`)

test('[P02] /clauses says the label of now; the hash is of the target, whatever its number', async () => {
  const target = await article(covenant, 'Điều 3')
  const { id } = await article(covenant, 'Điều 1')
  await rewrite(covenant, id, run('Theo '), cites(target.id, 'Điều 8'), run('./.'))
  const before = await clauseNow(covenant, id)
  expect(before.text).toBe('Theo Điều 3./.')
  await newFirstArticle(covenant)
  const after = await clauseNow(covenant, id)
  expect(after.text).toBe('Theo Điều 4./.')
  expect(after.hash).toBe(before.hash)
  await remove(covenant, target.id)
  const broken = await clauseNow(covenant, id)
  expect(broken.text).toBe('Theo {{Điều 8}}./.')
  expect(broken.hash).toBe(before.hash)
  const { blockers } = (
    await officer.call<Readiness>('GET', `/api/documents/${covenant}/readiness`)
  ).body
  expect(blockers).toContainEqual({ code: 'text/placeholder', clauseId: id, text: '{{Điều 8}}' })
})

test('[P02] a reference to another document of the bloc has its name, follows it, and its editors hear of it', async () => {
  const target = await article(covenant, 'Điều 3')
  const { id } = await find(plan, ({ text }) => text.includes('18 chỉ tiêu'))
  await rewrite(plan, id, run('Thực hiện '), cites(target.id, 'Điều 1', covenant))
  const text = async () => (await clauseNow(plan, id)).text
  expect(await text()).toBe('Thực hiện Điều 3 Bản giao ước thi đua')
  const peer = await openDocument(server, officer, plan)
  await newFirstArticle(covenant)
  await hears(peer, 'reference')
  expect(await text()).toBe('Thực hiện Điều 4 Bản giao ước thi đua')
  const asked = () => officer.call('GET', `/api/documents/${plan}/references`)
  expect((await asked()).body).toEqual({
    references: [{ document: covenant, clause: target.id, words: 'Điều 4 Bản giao ước thi đua' }],
  })
  const { citations } = (
    await officer.call<{ citations: { words: string }[] }>(
      'GET',
      `/api/documents/${covenant}/citations`,
    )
  ).body
  expect(citations).toMatchObject([{ document: plan, clause: id, target: target.id }])
  expect(citations[0]?.words).toMatch(/mục III Kế hoạch$/)
  await remove(covenant, target.id)
  expect(await text()).toBe('Thực hiện {{Điều 1}}')
  expect((await asked()).body).toMatchObject({ references: [{ words: null }] })
  await peer.leave()
})

test('[P09] nothing is told of a document of another bloc: it is as good as gone', async () => {
  const { id } = await article(plan, 'I')
  const foreign = await addBloc(server, 'khac')
  const target = await article(covenant, 'Điều 3')
  await server.platform.database.write((tx) =>
    tx.updateTable('document').set({ bloc_id: foreign }).where('id', '=', covenant).execute(),
  )
  await rewrite(plan, id, cites(target.id, 'Điều 2', covenant))
  expect((await clauseNow(plan, id)).text).toBe('{{Điều 2}}')
})

test('[LC2] what was locked goes on saying what it said then, and is printed so, until it is opened again', async () => {
  const target = await article(covenant, 'Điều 3')
  const { id } = await find(plan, ({ text }) => text.includes('18 chỉ tiêu'))
  await rewrite(plan, id, run('Thực hiện '), cites(target.id, 'Điều 1', covenant), run('.'))
  await lock(person, plan)
  await newFirstArticle(covenant)
  const asLocked = 'Thực hiện Điều 3 Bản giao ước thi đua.'
  expect((await clauseNow(plan, id)).text).toBe(asLocked)
  const { database } = server.platform
  const document = await server.app.deps.rooms.read(plan).then(() => server.documentOf('plan'))
  const row = await database.read
    .selectFrom('document')
    .selectAll()
    .where('id', '=', plan)
    .executeTakeFirstOrThrow()
  const source = await database.write((tx) =>
    gatherPrintSource(
      tx,
      {
        ...document,
        blocId: document.blocId,
        lockedAt: row.locked_at,
        lockedContent: row.locked_content,
        lockedStructure: row.locked_structure,
        lockedVersion: row.locked_version,
        sealAttempt: null,
        currentFile: null,
        completedAt: null,
      },
      null,
      0,
    ),
  )
  expect([...printedTexts(source)].join('')).toContain(asLocked)
  await unlock(person, plan)
  expect((await clauseNow(plan, id)).text).toBe('Thực hiện Điều 4 Bản giao ước thi đua.')
})

test('[LC1] a reference to a clause of another document that is gone holds the lock', async () => {
  const target = await article(covenant, 'Điều 3')
  const { id } = await article(plan, 'I')
  await rewrite(plan, id, cites(target.id, 'Điều 3', covenant))
  await remove(covenant, target.id)
  const lead = await person('vpdbqh.head')
  await lead.stepUp()
  const refused = await changesNothing(server, () =>
    lead.call<{ code: string; details: { blockers: Blocker[] } }>(
      'POST',
      `/api/documents/${plan}/lock`,
    ),
  )
  expect(refused.body.code).toBe('document/not-ready')
  expect(refused.body.details.blockers).toContainEqual({
    code: 'text/placeholder',
    clauseId: id,
    text: '{{Điều 3}}',
  })
})

test('a late proposal carries references along, and they are live again once it is accepted', async () => {
  const target = await article(covenant, 'Điều 3')
  const { id } = await article(covenant, 'Điều 1')
  await rewrite(covenant, id, run('Theo '), cites(target.id, 'Điều 3'))
  const peer = await openDocument(server, officer, covenant)
  await lock(person, covenant)
  peer.write((_, doc) =>
    setClauseText(doc, id, [run('Nay theo '), cites(target.id), run(' và '), cites('khong-co')]),
  )
  await peer.closed
  const deputy = await person('snv.head')
  const late = async () =>
    (
      await deputy.call<{ proposals: ProposalView[] }>(
        'GET',
        `/api/documents/${covenant}/proposals`,
      )
    ).body.proposals
  await expect.poll(async () => (await late()).length).toBe(1)
  const [proposal] = await late()
  expect(proposal?.text).toBe('Nay theo Điều 3 và {{Điều 9}}')
  await unlock(person, covenant)
  await newFirstArticle(covenant)
  expect((await late())[0]?.text).toBe('Nay theo Điều 4 và {{Điều 9}}')
  const accepted = await deputy.call('POST', `/api/proposals/${proposal?.id}/accept`)
  expect(accepted.status).toBe(200)
  expect((await clauseNow(covenant, id)).text).toBe('Nay theo Điều 4 và {{Điều 9}}')
})
