import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/base/errors.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import { REPLACE_LIMIT } from '../../../shared/vietnamese/replaceMatches.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock } from '../support/people.ts'
import { changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
})
afterAll(() => server.close())

let names = 0
const newName = () => {
  names += 1
  return `act${String(names).padStart(18, '0')}`
}
const now = async () => (await clausesOf(await person('stc.officer'), id)).clauses
const shown = async () => (await now()).map(({ id: one, text, level }) => [one, level, text])
const post = async (path: string, body: object, account = 'stc.officer') =>
  (await person(account)).call<{
    code: string
    details: { why?: string }
    count: number
    kept: boolean
  }>('POST', `/api/documents/${id}${path}`, body)
const undo = async (act: string, account?: string) => {
  const as = newName()
  const { status, body } = await post(`/acts/${act}/undo`, { act: as }, account)
  return { status, code: body?.code, why: body?.details?.why, as }
}
const pair = async (): Promise<[ClauseView, ClauseView]> => {
  const clauses = await now()
  const at = clauses.findIndex(
    ({ level }, i) => level === 'paragraph' && clauses[i + 1]?.level === 'paragraph',
  )
  return clauses.slice(at, at + 2) as [ClauseView, ClauseView]
}

test('[UX-61] a move, a merge and a deletion are undone and redone by the server, with the ids they had', async () => {
  const before = await shown()
  const [above, below] = await pair()
  const clauses = await now()
  const first = clauses.find(({ level }) => level === 'article') as ClauseView
  for (const [path, body] of [
    [`/clauses/${below.id}/merge`, {}],
    [`/clauses/${first.id}/delete`, {}],
    [`/clauses/${above.id}/move`, { afterClauseId: below.id }],
  ] as const) {
    const act = newName()
    expect((await post(path, { ...body, act })).status, path).toBeLessThan(300)
    const done = await shown()
    expect(done, path).not.toEqual(before)
    const undone = await undo(act)
    expect(undone.status, path).toBe(200)
    expect(await shown(), path).toEqual(before)
    const redone = await undo(undone.as)
    expect([redone.status, await shown()], path).toEqual([200, done])
    expect((await undo(redone.as)).status, path).toBe(200)
    expect(await shown(), path).toEqual(before)
  }
})

test('[P04] an act is undone once, by whoever did it, while he may write, and while the text allows it', async () => {
  const [above, below] = await pair()
  const act = newName()
  await post(`/clauses/${below.id}/merge`, { act })
  await changesNothing(server, async () => {
    expect(await undo(act, 'snv.officer')).toMatchObject({ status: 409, why: 'forgotten' })
    expect(await undo(act, 'stc.clerk')).toMatchObject({ status: 403, code: 'auth/forbidden' })
  })
  const peer = await openDocument(server, await person('snv.officer'), id)
  peer.write(
    (_, doc) => void setClauseText(doc, above.id, `Của người khác: ${above.text} ${below.text}`),
  )
  await peer.saved()
  await peer.leave()
  expect((await undo(act)).status).toBe(200)
  expect((await now()).filter(({ id: one }) => [above.id, below.id].includes(one))).toMatchObject([
    { text: `Của người khác: ${above.text}` },
    { text: below.text },
  ])
  expect(await undo(act)).toMatchObject({ status: 409, code: 'act/gone', why: 'forgotten' })

  const removal = newName()
  await post(`/clauses/${below.id}/delete`, { act: removal })
  await post(`/clauses/${above.id}/delete`, {}, 'snv.officer')
  await changesNothing(server, async () => {
    expect(await undo(removal)).toMatchObject({ status: 409, why: 'place' })
  })
})

test('[B31] an undo or an act that the disk refuses changes nothing that is remembered, and can be tried again', async () => {
  const before = await shown()
  const [above, below] = await pair()
  const append = vi.spyOn(server.platform.database, 'append')
  const full = () =>
    append.mockRejectedValueOnce(new AppError('server/not-saving', { why: 'full' }))
  const moved = newName()
  const path = `/clauses/${above.id}/move`
  expect((await post(path, { afterClauseId: below.id, act: moved })).status).toBe(200)
  full()
  const clauses = await now()
  const stood = clauses[clauses.findIndex(({ id: one }) => one === below.id) - 1]
  const again = await post(path, { afterClauseId: stood?.id ?? null, act: newName() })
  expect(again.status).toBe(503)
  full()
  expect(await undo(moved)).toMatchObject({ status: 503, code: 'server/not-saving' })
  expect((await undo(moved)).status).toBe(200)
  expect(await shown()).toEqual(before)
  append.mockRestore()
})

test('[P06] words are replaced in a text that nobody has open, counted as they are on disk, and put back', async () => {
  const before = await shown()
  const act = newName()
  const { status, body } = await post('/replace', {
    text: 'thi dua',
    matchCase: false,
    by: 'TĐ',
    act,
  })
  expect(status).toBe(200)
  expect(body.count).toBeGreaterThan(3)
  const text = (await now()).map((clause) => clause.text).join('\n')
  expect(text).not.toMatch(/thi đua/iu)
  expect(text.split('TĐ').length - 1).toBeGreaterThanOrEqual(body.count)
  const none = await post('/replace', { text: 'không đâu có', matchCase: false, by: '' })
  expect([none.status, none.body.count]).toEqual([200, 0])
  const reader = await post('/replace', { text: 'TĐ', matchCase: true, by: '' }, 'bantdkt.observer')
  expect(reader.status).toBe(403)
  expect([body.kept, none.body.kept]).toEqual([true, false])
  const back = await post(`/acts/${act}/undo`, {})
  expect([back.status, back.body.count, back.body.kept]).toEqual([200, body.count, false])
  expect(await shown()).toEqual(before)
})

test('[P06] more than 5,000 places in one act are refused before any is written', async () => {
  const [, below] = await pair()
  const peer = await openDocument(server, await person('snv.officer'), id)
  peer.write((_, doc) => void setClauseText(doc, below.id, 'ô'.repeat(REPLACE_LIMIT + 1)))
  await peer.saved()
  const many = await changesNothing(server, () =>
    post('/replace', { text: 'ô', matchCase: true, by: 'x' }),
  )
  expect(many).toMatchObject({
    status: 413,
    body: { code: 'input/too-large', details: { of: 'matches', limit: 5_000 } },
  })
  peer.write((_, doc) => void setClauseText(doc, below.id, below.text))
  await peer.saved()
  await peer.leave()
})

test('[LC2] nothing is undone or replaced in a locked text', async () => {
  const act = newName()
  const [, below] = await pair()
  await post(`/clauses/${below.id}/merge`, { act })
  await lock(person, id)
  expect(await undo(act)).toMatchObject({ status: 409, code: 'document/wrong-phase' })
  const replaced = await post('/replace', { text: 'a', matchCase: false, by: 'b' })
  expect([replaced.status, replaced.body.code]).toEqual([409, 'document/wrong-phase'])
})
