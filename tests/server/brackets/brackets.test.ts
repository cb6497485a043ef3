import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sha256 } from '../../../shared/base/ids.ts'
import type { Brackets, BracketView } from '../../../shared/brackets/api.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { refuseWrites } from '../support/breakdowns.ts'
import { hears, openDocument } from '../support/peers.ts'
import { allAgree, clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let clauseId: string
let writer: TestPeer

const TEXT = 'Các cơ quan nộp báo cáo trong 10 ngày làm việc.'

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  writer = await openDocument(server, await person('vpub.officer'), id)
  const { clauses } = await clausesOf(await person('stc.head'), id)
  clauseId = clauses.find(({ level, text }) => level === 'paragraph' && text)?.id ?? ''
  await rewrite(TEXT)
})
afterAll(async () => {
  await writer.leave()
  await server.close()
})

type Answer = Brackets & { code: string; details: Record<string, string> }
const rewrite = async (text: string) => {
  writer.write((_, doc) => setClauseText(doc, clauseId, text))
  await writer.saved()
}
const clause = async () => {
  const found = (await clausesOf(await person('stc.head'), id)).clauses.find(
    (each) => each.id === clauseId,
  )
  if (!found) throw new Error('no clause')
  return found
}
const call = async (account: string, method: string, path: string, body?: object) =>
  (await person(account)).call<Answer>(method, `/api/documents/${id}/${path}`, body)
const list = async () => (await call('bantdkt.observer', 'GET', 'brackets')).body
const only = async (): Promise<BracketView> => {
  const { brackets } = await list()
  expect(brackets).toHaveLength(1)
  return brackets[0] as BracketView
}
const propose = async (account: string, words: string, span?: string) => {
  const { text, hash } = await clause()
  const from = text.indexOf(span ?? '')
  return call(account, 'POST', `clauses/${clauseId}/brackets`, {
    hash,
    words,
    ...(span !== undefined && { span: { from, to: from + span.length } }),
  })
}
const act = (
  account: string,
  what: 'support' | 'settle',
  seen: BracketView,
  option: number,
  more = {},
) =>
  call(
    account,
    what === 'support' ? 'PUT' : 'POST',
    `clauses/${clauseId}/brackets/${seen.index}/${what}`,
    {
      hash: seen.hash,
      option: seen.options[option]?.hash,
      ...more,
    },
  )
const support = (account: string, seen: BracketView, option: number, supports = true) =>
  act(account, 'support', seen, option, { supports })

test('[P14] three wordings, each with who proposes and supports it; one is kept; the rest is history', async () => {
  const opened = await propose('stc.officer', '15 ngày', '10 ngày')
  expect(opened.status).toBe(201)
  await hears(writer, 'position')
  await propose('snv.officer', '20 ngày', '15 ngày')
  expect((await clause()).text).toBe(
    'Các cơ quan nộp báo cáo trong [10 ngày / 15 ngày / 20 ngày] làm việc.',
  )
  const seen = await only()
  expect(seen.options.map(({ text, proposedBy }) => [text, proposedBy?.agencyId])).toEqual([
    ['10 ngày', undefined],
    ['15 ngày', 'stc'],
    ['20 ngày', 'snv'],
  ])
  await support('vpub.head', seen, 1)
  await support('stc.head', seen, 1)
  await support('snv.head', seen, 0)
  // An agency supports one at most: the later word counts.
  await support('snv.head', seen, 2)
  const supporters = async () =>
    (await only()).options.map(({ supportedBy }) => supportedBy.map(({ agencyId }) => agencyId))
  expect(await supporters()).toEqual([[], ['vpub', 'stc'], ['snv']])
  await support('vpub.head', seen, 1, false)
  expect(await supporters()).toEqual([[], ['stc'], ['snv']])

  // Bound to the words: they fall when those change, and count again when they return.
  const { text } = await clause()
  await rewrite(text.replace('15 ngày', '15 ngày lịch'))
  expect(await supporters()).toEqual([[], [], ['snv']])
  await rewrite(text)
  expect(await supporters()).toEqual([[], ['stc'], ['snv']])

  const kept = await act('vpdbqh.head', 'settle', await only(), 1)
  expect(kept.status).toBe(200)
  expect(kept.body.brackets).toEqual([])
  expect((await clause()).text).toBe('Các cơ quan nộp báo cáo trong 15 ngày làm việc.')
  expect((await list()).decisions[0]).toMatchObject({
    clauseId,
    text: '[10 ngày / 15 ngày / 20 ngày]',
    chosen: '15 ngày',
    outcome: 'kept',
    by: { agencyId: 'vpdbqh' },
  })
  expect((await auditEvents(server)).at(-1)).toBe('bracket.settled')
})

test('[P14] two decide at once: one outcome, and the loser is told and on record', async () => {
  await rewrite('Nộp trong [10 ngày / 15 ngày].')
  const seen = await only()
  const [lead, deputy] = await Promise.all([
    act('vpdbqh.head', 'settle', seen, 0),
    act('snv.head', 'settle', seen, 1),
  ])
  expect([lead.status, deputy.status].sort()).toEqual([200, 409])
  const [winner, loser] = lead.status === 200 ? ['10 ngày', deputy] : ['15 ngày', lead]
  expect([loser.body.code, loser.body.details.kept]).toEqual(['bracket/decided', winner])
  expect((await clause()).text).toBe(`Nộp trong ${winner}.`)
  const { decisions } = await list()
  const both = decisions.filter(({ text }) => text === '[10 ngày / 15 ngày]')
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['kept', 'lost'])
  expect(both.find(({ outcome }) => outcome === 'kept')?.chosen).toBe(winner)
  expect(both.find(({ outcome }) => outcome === 'lost')?.chosen).not.toBe(winner)
  expect((await auditEvents(server)).slice(-2)).toEqual(['bracket.settled', 'bracket.lost'])
  // The same brackets put back are open again, and can be decided anew.
  await rewrite('Nộp trong [10 ngày / 15 ngày].')
  expect((await act('snv.head', 'settle', await only(), 1)).status).toBe(200)
  expect((await clause()).text).toBe('Nộp trong 15 ngày.')
})

test('[P14] what others type beside the bracket while it is decided stays', async () => {
  await rewrite('Nộp trong [10 ngày / 15 ngày] làm việc.')
  const seen = await only()
  const settled = act('vpdbqh.head', 'settle', seen, 1)
  writer.write((_, doc) =>
    setClauseText(doc, clauseId, 'Nộp trong [10 ngày / 15 ngày] làm việc, đủ.'),
  )
  await writer.saved()
  const answer = await settled
  if (answer.status === 200) expect((await clause()).text).toBe('Nộp trong 15 ngày làm việc, đủ.')
  else expect(answer.body.code).toBe('clause/stale-hash')
})

test('[P14] text, decision, what was said of it and the entry in the chain come together or not at all', async () => {
  await rewrite('Nộp trong [10 ngày / 15 ngày].')
  await support('stc.head', await only(), 0)
  // Signed in before the disk refuses anything.
  for (const account of ['vpdbqh.head', 'stc.officer']) await person(account)
  for (const table of ['bracket_decision', 'audit']) {
    const mend = await refuseWrites(server, { table, what: 'insert', when: 'true' })
    const seen = await only()
    const failed = await changesNothing(server, () => act('vpdbqh.head', 'settle', seen, 1))
    expect(failed.status).toBe(500)
    await mend()
    expect(await only()).toEqual(seen)
  }
  for (const table of ['bracket_word', 'audit']) {
    const mend = await refuseWrites(server, { table, what: 'insert', when: 'true' })
    const failed = await changesNothing(server, () => propose('stc.officer', '20 ngày', '15 ngày'))
    expect(failed.status).toBe(500)
    await mend()
    expect((await clause()).text).toBe('Nộp trong [10 ngày / 15 ngày].')
  }
  expect((await act('vpdbqh.head', 'settle', await only(), 1)).status).toBe(200)
  // What was said of it went with it: put back, it is spoken for by nobody.
  await rewrite('Nộp trong [10 ngày / 15 ngày].')
  expect((await only()).options.map(({ supportedBy }) => supportedBy)).toEqual([[], []])
})

test('[P14] of two brackets with the same words each has its own supporters, also once the other is settled', async () => {
  await rewrite('Nộp [10 ngày / 15 ngày], sửa [10 ngày / 20 ngày].')
  const supporters = async () =>
    (await list()).brackets.map(({ options }) =>
      options.map(({ supportedBy }) => supportedBy.map(({ agencyId }) => agencyId)),
    )
  const [first, second] = (await list()).brackets as [BracketView, BracketView]
  await support('stc.head', first, 0)
  await support('vpub.head', second, 0)
  expect(await supporters()).toEqual([
    [['stc'], []],
    [['vpub'], []],
  ])
  await act('vpdbqh.head', 'settle', first, 1)
  expect((await clause()).text).toBe('Nộp 15 ngày, sửa [10 ngày / 20 ngày].')
  expect(await supporters()).toEqual([[['vpub'], []]])
  // Nor does a later one with these words, in front of it, take over who supports it.
  await propose('stc.officer', '10 ngày', '15 ngày')
  expect((await clause()).text).toBe('Nộp [15 ngày / 10 ngày], sửa [10 ngày / 20 ngày].')
  expect(await supporters()).toEqual([
    [[], []],
    [['vpub'], []],
  ])
})

test('[P14] whose wording it is, who supports it and who no longer does is in the chain of acts', async () => {
  await rewrite('Nộp trong 10 ngày.')
  const start = (await auditEvents(server)).length
  await propose('stc.officer', '15 ngày', '10 ngày')
  const seen = await only()
  await support('vpub.head', seen, 1)
  await support('vpub.head', seen, 1, false)
  // It supports nothing: nothing is taken back.
  await changesNothing(server, () => support('vpub.head', seen, 1, false))
  expect((await auditEvents(server)).slice(start)).toEqual([
    'bracket.proposed',
    'bracket.supported',
    'bracket.unsupported',
  ])
})

test('[P14] no lock while it is open; settled and agreed to, it locks, and the printed text has no bracket', async () => {
  await rewrite('Nộp trong [10 ngày / 15 ngày].')
  await allAgree(person, id)
  const lead = await person('vpdbqh.head')
  await lead.stepUp()
  const refused = await changesNothing(server, () => call('vpdbqh.head', 'POST', 'lock'))
  expect([refused.status, refused.body.code]).toEqual([409, 'document/not-ready'])
  expect(refused.body.details.blockers).toEqual([
    { code: 'bracket/open', clauseId, text: '[10 ngày / 15 ngày]' },
  ])
  await act('vpdbqh.head', 'settle', await only(), 0)
  await lock(person, id)
  const { clauses } = await clausesOf(lead, id)
  expect(clauses.some(({ text }) => /\[.*\]/.test(text))).toBe(false)
  const late = await changesNothing(server, () => propose('stc.officer', 'x', 'Nộp'))
  expect([late.status, late.body.code]).toEqual([409, 'document/wrong-phase'])
  await unlock(person, id)
})

test('[P14] words in a cell of a table have others beside them too, and are settled there', async () => {
  const now = async () =>
    (await clausesOf(await person('stc.head'), id)).clauses.find(({ level }) => level === 'table')
  const table = await now()
  const cells = (table?.text ?? '').split(/[\t\n]/)
  const paragraph = cells.findIndex((words) => words.length > 8)
  const old = cells[paragraph] ?? ''
  const beside = (more: object) =>
    call('stc.officer', 'POST', `clauses/${table?.id}/brackets`, {
      hash: table?.hash,
      words: 'lời khác',
      ...more,
    })
  expect((await changesNothing(server, () => beside({}))).body.code).toBe('input/invalid')
  const span = { from: 0, to: old.length }
  expect((await beside({ span, paragraph })).status).toBe(201)
  expect((await now())?.text).toBe(table?.text.replace(old, `[${old} / lời khác]`))
  const { brackets } = (await call('stc.head', 'GET', 'brackets')).body
  const bracket = brackets.find((one) => one.clauseId === table?.id) as BracketView
  expect(bracket.options[1]).toMatchObject({ text: 'lời khác', proposedBy: { agencyId: 'stc' } })
  const settled = await call(
    'vpdbqh.head',
    'POST',
    `clauses/${table?.id}/brackets/${bracket.index}/settle`,
    { hash: bracket.hash, option: bracket.options[0]?.hash },
  )
  expect(settled.status).toBe(200)
  expect((await now())?.hash).toBe(table?.hash)
})

test('what was not seen, is not there or may not be is refused, and changes nothing', async () => {
  await rewrite('Nộp trong [10 ngày / 15 ngày].')
  const seen = await only()
  const stale = { ...seen, hash: 'a'.repeat(64) as Sha256 }
  const gone = { ...seen, options: [{ ...seen.options[0], hash: 'b'.repeat(64) }] } as BracketView
  const table: [() => Promise<{ status: number; body: Answer }>, number, string][] = [
    [() => act('vpdbqh.head', 'settle', stale, 0), 409, 'clause/stale-hash'],
    [() => support('stc.head', stale, 0), 409, 'clause/stale-hash'],
    [() => act('vpdbqh.head', 'settle', gone, 0), 404, 'bracket/not-found'],
    [() => act('vpdbqh.head', 'settle', { ...seen, index: 7 }, 0), 404, 'bracket/not-found'],
    [() => support('stc.head', { ...seen, index: 7 }, 0), 404, 'bracket/not-found'],
    [() => act('stc.head', 'settle', seen, 0), 403, 'auth/forbidden'],
    [() => act('vpdbqh.officer', 'settle', seen, 0), 403, 'auth/forbidden'],
    [() => support('stc.officer', seen, 0), 403, 'auth/forbidden'],
    [() => propose('bantdkt.observer', 'x', 'Nộp'), 403, 'auth/forbidden'],
    [() => propose('stc.officer', 'a / b', 'Nộp'), 400, 'input/invalid'],
    [() => propose('stc.officer', 'x]', 'Nộp'), 400, 'input/invalid'],
    [() => propose('stc.officer', 'x', 'trong [10'), 400, 'input/invalid'],
    [
      () =>
        call('stc.officer', 'POST', 'clauses/khong-co/brackets', { hash: seen.hash, words: 'x' }),
      404,
      'clause/not-found',
    ],
  ]
  for (const [refusedAct, status, code] of table) {
    const { status: found, body } = await changesNothing(server, refusedAct)
    expect([found, body.code]).toEqual([status, code])
  }
})
