import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { Readiness } from '../../../shared/locking/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let points: [ClauseView, ClauseView, ClauseView, ...ClauseView[]]

beforeEach(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  const { clauses } = await clausesOf(await person('stc.officer'), id)
  points = clauses.filter(({ level }) => level === 'point') as typeof points
})
afterEach(() => server.close())

type Body = ProposalView & { code: string; details: Record<string, string> }
const propose = async (account: string, draft: object) =>
  (await person(account)).call<Body>('POST', `/api/documents/${id}/proposals`, draft)
const proposeAll = async (account: string, items: object[], note?: string) =>
  (await person(account)).call<{ proposals: ProposalView[]; code: string }>(
    'POST',
    `/api/documents/${id}/proposals/batch`,
    { items, ...(note !== undefined && { note }) },
  )
const decide = async (account: string, proposal: { id: string }, what: string, body?: object) =>
  (await person(account)).call<Body>('POST', `/api/proposals/${proposal.id}/${what}`, body)
const undo = async (account: string, act: string, as?: string) =>
  (await person(account)).call<{ code: string; kept: boolean }>(
    'POST',
    `/api/documents/${id}/acts/${act}/undo`,
    as === undefined ? {} : { act: as },
  )
const now = async () => clausesOf(await person('stc.officer'), id)
const textOf = async (clauseId: string) =>
  (await now()).clauses.find((each) => each.id === clauseId)?.text
const listed = async (account: string) =>
  (
    await (
      await person(account)
    ).call<{ proposals: ProposalView[] }>('GET', `/api/documents/${id}/proposals`)
  ).body.proposals
const edit = (clause: ClauseView, text: string) => ({
  clauseId: clause.id,
  baseHash: clause.hash,
  text,
})
const write = async (account: string, clauseId: string, text: string) => {
  const peer = await openDocument(server, await person(account), id)
  peer.write((_, doc) => void setClauseText(doc, clauseId, text))
  await peer.saved()
  await peer.leave()
}
const ACT = 'a'.repeat(21)
const AGAIN = 'b'.repeat(21)

describe('[P11] made', () => {
  test('a proposal is a row: everybody reads it, hears of it, and the text stays', async () => {
    const witness = await openDocument(server, await person('snv.clerk'), id)
    const before = await now()
    const made = await propose('stc.officer', { ...edit(points[0], 'lời mới'), note: 'Cho gọn' })
    expect([made.status, made.body]).toMatchObject([
      201,
      {
        kind: 'edit',
        clauseId: points[0].id,
        baseHash: points[0].hash,
        baseText: points[0].text,
        text: 'lời mới',
        note: 'Cho gọn',
        origin: 'suggestion',
        status: 'open',
        agencyId: 'stc',
        supporters: [],
      },
    ])
    await hears(witness, 'proposal')
    await witness.leave()
    expect(await now()).toEqual(before)
    for (const account of ['stc.head', 'vpub.officer', 'bantdkt.observer'])
      expect(await listed(account)).toEqual([made.body])
    expect((await auditEvents(server)).at(-1)).toBe('proposal.made')
    const readiness = await (await person('vpub.head')).call<Readiness>(
      'GET',
      `/api/documents/${id}/readiness`,
    )
    expect(readiness.body.blockers).toContainEqual({
      code: 'proposal/open',
      clauseId: points[0].id,
      proposalId: made.body.id,
    })
  })

  test.each<[string, () => object, number, string]>([
    [
      'a stale hash',
      () => edit({ ...points[0], hash: points[1].hash }, 'x'),
      409,
      'proposal/stale-base',
    ],
    [
      'a foreign clause',
      () => edit({ ...points[0], id: 'khong-co' }, 'x'),
      404,
      'clause/not-found',
    ],
    ['no hash', () => ({ clauseId: points[0].id, text: 'x' }), 400, 'input/invalid'],
    [
      'no words',
      () => ({ clauseId: points[0].id, baseHash: points[0].hash }),
      400,
      'input/invalid',
    ],
    ['the words that stand there', () => edit(points[0], points[0].text), 400, 'input/invalid'],
    [
      'a clause as a table',
      () => ({ ...edit(points[0], 'x'), level: 'table' }),
      400,
      'input/invalid',
    ],
    ['an unknown field', () => ({ ...edit(points[0], 'x'), force: true }), 400, 'input/invalid'],
    [
      'a note of 1 MB',
      () => ({ ...edit(points[0], 'x'), note: 'x'.repeat(1_000_000) }),
      413,
      'input/too-large',
    ],
    [
      'a long note',
      () => ({ ...edit(points[0], 'x'), note: 'x'.repeat(2_001) }),
      400,
      'input/invalid',
    ],
    ['too many words', () => edit(points[0], 'x'.repeat(200_001)), 400, 'input/invalid'],
    [
      'a new clause after nothing',
      () => ({
        kind: 'insert',
        clauseId: 'moi',
        afterClauseId: 'khong-co',
        level: 'point',
        text: 'x',
      }),
      404,
      'clause/not-found',
    ],
    [
      'a new clause of a name that is taken',
      () => ({
        kind: 'insert',
        clauseId: points[0].id,
        afterClauseId: null,
        level: 'point',
        text: 'x',
      }),
      409,
      'proposal/stale-base',
    ],
    [
      'a new clause called structure',
      () => ({
        kind: 'insert',
        clauseId: 'structure',
        afterClauseId: null,
        level: 'point',
        content: { runs: [{ text: 'x', marks: [] }] },
      }),
      422,
      'content/refused',
    ],
  ])('%s is refused and leaves nothing', async (_, draft, status, code) => {
    const refused = await changesNothing(server, () => propose('stc.officer', draft()))
    expect([refused.status, refused.body.code]).toEqual([status, code])
  })

  test('of a batch all or none; one that was split goes in behind its first half', async () => {
    const half = [
      edit(points[0], 'nửa đầu'),
      {
        kind: 'insert',
        clauseId: 'nua-sau',
        afterClauseId: points[0].id,
        level: 'point',
        text: 'nửa sau',
      },
      {
        kind: 'insert',
        clauseId: 'nua-ba',
        afterClauseId: 'nua-sau',
        level: 'point',
        text: 'nửa ba',
      },
    ]
    const wrong = [...half, edit({ ...points[1], id: 'khong-co' }, 'x')]
    const refused = await changesNothing(server, () => proposeAll('stc.officer', wrong))
    expect([refused.status, refused.body.code]).toEqual([404, 'clause/not-found'])
    const { body } = await proposeAll('stc.officer', half, 'Tách ra')
    expect(body.proposals).toMatchObject([
      { kind: 'edit', note: 'Tách ra' },
      { kind: 'insert', afterClauseId: points[0].id },
      { kind: 'insert', afterClauseId: 'nua-sau' },
    ])
    expect(new Set(body.proposals.map(({ batchId }) => batchId)).size).toBe(1)
    for (const each of [...body.proposals].reverse())
      expect((await decide('vpdbqh.head', each, 'accept')).status).toBe(200)
    const { clauses } = await now()
    const at = clauses.findIndex(({ id }) => id === points[0].id)
    expect(clauses.slice(at, at + 3).map(({ text }) => text)).toEqual([
      'nửa đầu',
      'nửa sau',
      'nửa ba',
    ])
  })

  test('only while it is drafted', async () => {
    await lock(person, id)
    const refused = await changesNothing(server, () => propose('stc.officer', edit(points[0], 'x')))
    expect([refused.status, refused.body.code]).toEqual([409, 'document/wrong-phase'])
  })
})

describe('[P11] decided', () => {
  test('accepted, it is a forward edit of the decider that names the proposer', async () => {
    const { body } = await propose('stc.officer', edit(points[0], 'lời mới'))
    const accepted = await decide('snv.head', body, 'accept')
    expect(accepted.body).toMatchObject({ status: 'accepted', decidedBy: { agencyId: 'snv' } })
    expect(await textOf(points[0].id)).toBe('lời mới')
    const { read } = server.platform.database
    const log = await read
      .selectFrom('document_update')
      .innerJoin('account', 'account.id', 'account_id')
      .select(['account.account', 'seq'])
      .where('document_id', '=', id)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    const row = await read
      .selectFrom('proposal')
      .select('accepted_revision')
      .executeTakeFirstOrThrow()
    expect([log.account, log.seq]).toEqual(['snv.head', row.accepted_revision])
    const entry = await read
      .selectFrom('audit')
      .select(['event', 'facts', 'actor'])
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect([entry.event, JSON.parse(entry.facts).proposedBy]).toEqual([
      'proposal.accepted',
      body.author.id,
    ])
    expect(JSON.parse(entry.actor ?? '')).toMatchObject({ agencyId: 'snv' })
  })

  test('never one’s own, nor by a member or an officer', async () => {
    const { body } = await propose('vpdbqh.head', edit(points[0], 'của tôi'))
    for (const account of ['vpdbqh.head', 'vpdbqh.officer', 'stc.head', 'snv.clerk'])
      for (const what of ['accept', 'reject']) {
        const refused = await changesNothing(server, () => decide(account, body, what))
        expect([account, refused.body.code]).toEqual([account, 'auth/forbidden'])
      }
    expect((await decide('snv.head', body, 'accept')).status).toBe(200)
  })

  test('rejected or withdrawn, the text is exactly what it was', async () => {
    const before = await now()
    const { body: one } = await propose('stc.officer', edit(points[0], 'một'))
    const { body: two } = await propose('stc.officer', edit(points[1], 'hai'))
    const rejected = await decide('vpdbqh.head', one, 'reject', { reason: 'Trùng khoản 2' })
    expect(rejected.body).toMatchObject({ status: 'rejected', reason: 'Trùng khoản 2' })
    expect((await decide('stc.officer', two, 'withdraw')).body.status).toBe('withdrawn')
    expect(await now()).toEqual(before)
  })

  test('two deciders at once give one outcome and one record', async () => {
    for (const clause of points.slice(0, 5)) {
      const { body } = await propose('stc.officer', edit(clause, `mới ${clause.id}`))
      const answers = await Promise.all([
        decide('vpdbqh.head', body, 'accept'),
        decide('snv.head', body, 'accept'),
        decide('snv.head', body, 'reject'),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
      const { status } = (await listed('stc.officer')).find((each) => each.id === body.id) ?? {}
      expect(await textOf(clause.id)).toBe(status === 'accepted' ? `mới ${clause.id}` : clause.text)
      const records = await server.platform.database.read
        .selectFrom('audit')
        .select('event')
        .where('subject', '=', body.id)
        .execute()
      expect(records.map(({ event }) => event)).toEqual(['proposal.made', `proposal.${status}`])
    }
  })

  test('a level, a deletion, a move and a table’s cell', async () => {
    const { clauses } = await now()
    const table = clauses.find(({ level }) => level === 'table') as ClauseView
    const [a, b, c] = points
    const { body } = await proposeAll('stc.officer', [
      { clauseId: a.id, baseHash: a.hash, level: 'paragraph' },
      { kind: 'delete', clauseId: b.id, baseHash: b.hash },
      { kind: 'move', clauseId: c.id, baseHash: c.hash, afterClauseId: null },
      edit(table, table.text.replace('≥ 98', '≥ 98,5')),
    ])
    for (const each of body.proposals)
      expect((await decide('vpdbqh.head', each, 'accept')).status).toBe(200)
    const after = (await now()).clauses
    expect(after[0]).toMatchObject({ id: c.id, text: c.text, level: 'point' })
    expect(after.find(({ id }) => id === a.id)).toMatchObject({ level: 'paragraph', text: a.text })
    expect(after.some(({ id }) => id === b.id)).toBe(false)
    expect(after.find(({ id }) => id === table.id)?.text).toContain('≥ 98,5')
  })
})

/** Two Điều change places with all under them, then the second of these goes behind the third: as a draft says it. */
async function shuffled() {
  const { clauses } = await now()
  const ids = clauses.map((each) => each.id)
  const [one, two, three, four] = clauses.filter(({ level }) => level === 'article') as [
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
  ]
  const at = (clause: ClauseView) => ids.indexOf(clause.id)
  const last = (clause: ClauseView) => ids[at(clause) - 1] as string
  const part = (from: ClauseView, to: ClauseView) => ids.slice(at(from), at(to))
  const wanted = [
    ...ids.slice(0, at(one)),
    ...part(three, four),
    ...part(two, three),
    ...part(one, two),
    ...ids.slice(at(four)),
  ]
  const move = (clause: ClauseView, after: string) => ({
    kind: 'move',
    clauseId: clause.id,
    baseHash: clause.hash,
    afterClauseId: after,
  })
  // Behind the last of the third; and behind the last of what is moved itself.
  const items = [move(two, last(four)), move(one, last(three))]
  return { ids, wanted, items }
}

describe('[P11] moved', () => {
  test.each([
    ['first to last', (list: ProposalView[]) => list],
    ['last to first', (list: ProposalView[]) => list.toReversed()],
  ])(
    'Điều go with all under them; accepted from the %s they make the one order',
    async (_, turn) => {
      const { wanted, items } = await shuffled()
      const { body } = await proposeAll('stc.officer', items)
      for (const each of turn(body.proposals))
        expect((await decide('vpdbqh.head', each, 'accept')).status).toBe(200)
      expect((await now()).clauses.map((each) => each.id)).toEqual(wanted)
    },
  )

  test('taken back, all that went along goes back, and what was written there since stays', async () => {
    const { ids, items } = await shuffled()
    const { body } = await proposeAll('stc.officer', items.slice(1))
    const start = await now()
    await decide('vpdbqh.head', body.proposals[0] as ProposalView, 'accept', { act: ACT })
    expect((await now()).clauses.map((each) => each.id)).not.toEqual(ids)
    const below = ids[ids.indexOf(items[1]?.clauseId ?? '') + 1] as string
    await write('vpub.officer', below, 'viết thêm')
    expect((await undo('vpdbqh.head', ACT, AGAIN)).status).toBe(200)
    const back = await now()
    expect(back.structureHash).toBe(start.structureHash)
    expect(back.clauses.map((each) => each.id)).toEqual(ids)
    expect(await textOf(below)).toBe('viết thêm')
  })
})

describe('[P11] undone', () => {
  test('accept, undo, redo: the hash is the same, the proposal is open, then accepted again', async () => {
    const start = await now()
    const { body } = await propose('stc.officer', edit(points[0], 'lời mới'))
    await decide('vpdbqh.head', body, 'accept', { act: ACT })
    const made = await now()
    expect((await undo('snv.head', ACT)).body.code).toBe('act/gone')
    expect((await undo('vpdbqh.head', ACT, AGAIN)).body.kept).toBe(true)
    const back = await now()
    expect([back.contentHash, back.clauses]).toEqual([start.contentHash, start.clauses])
    expect(await listed('stc.officer')).toMatchObject([{ status: 'open' }])
    expect((await listed('stc.officer'))[0]).not.toHaveProperty('decidedBy')
    expect((await undo('vpdbqh.head', AGAIN)).status).toBe(200)
    expect((await now()).contentHash).toBe(made.contentHash)
    expect(await listed('stc.officer')).toMatchObject([{ status: 'accepted' }])
    expect((await auditEvents(server)).slice(-3)).toEqual([
      'proposal.accepted',
      'proposal.reopened',
      'proposal.accepted',
    ])
  })

  test('not where somebody has written there since', async () => {
    const { body } = await propose('stc.officer', edit(points[0], 'lời mới'))
    await decide('vpdbqh.head', body, 'accept', { act: ACT })
    await write('vpub.officer', points[0].id, 'lời mới hơn')
    const refused = await changesNothing(server, () => undo('vpdbqh.head', ACT))
    expect(refused.body.code).toBe('act/gone')
    expect(await listed('stc.officer')).toMatchObject([{ status: 'accepted' }])
  })
})

describe('[P11] where the clause has moved on', () => {
  const base = 'Các cơ quan nộp báo cáo trước ngày 15 tháng 11.'
  let clause: ClauseView
  beforeEach(async () => {
    await write('vpub.officer', points[0].id, base)
    clause = (await now()).clauses.find(({ id }) => id === points[0].id) as ClauseView
  })
  const hashNow = async () => (await now()).clauses.find(({ id }) => id === clause.id)?.hash

  test('the two are merged by words, on exactly the words that the decider has seen', async () => {
    const { body } = await propose(
      'stc.officer',
      edit(clause, base.replace('quan', 'quan, đơn vị')),
    )
    await write('vpub.officer', clause.id, base.replace('15', '20'))
    const silent = await changesNothing(server, () => decide('vpdbqh.head', body, 'accept'))
    expect([silent.body.code, silent.body.details.hash]).toEqual([
      'proposal/stale-base',
      await hashNow(),
    ])
    const seen = await hashNow()
    await write('vpub.officer', clause.id, base.replace('15', '21'))
    const late = await changesNothing(server, () =>
      decide('vpdbqh.head', body, 'accept', { onHash: seen }),
    )
    expect(late.body.code).toBe('proposal/stale-base')
    const merged = await decide('vpdbqh.head', body, 'accept', {
      onHash: await hashNow(),
      act: ACT,
    })
    expect(merged.body.status).toBe('accepted')
    expect(await textOf(clause.id)).toBe('Các cơ quan, đơn vị nộp báo cáo trước ngày 21 tháng 11.')
    await undo('vpdbqh.head', ACT)
    expect(await textOf(clause.id)).toBe(base.replace('15', '21'))
  })

  test('a conflict is never decided by the server', async () => {
    const { body } = await propose('stc.officer', edit(clause, base.replace('15', '16')))
    await write('vpub.officer', clause.id, base.replace('15', '20'))
    const onHash = await hashNow()
    const refused = await changesNothing(server, () =>
      decide('vpdbqh.head', body, 'accept', { onHash }),
    )
    expect(refused.body.code).toBe('proposal/stale-base')
  })
})

describe('[P11] supported', () => {
  test('by agencies, through who speaks for them, once each, while it is open', async () => {
    const { body } = await propose('stc.officer', edit(points[0], 'lời mới'))
    expect((await decide('vpub.officer', body, 'support')).body.code).toBe('auth/forbidden')
    await decide('vpub.head', body, 'support')
    await decide('snv.head', body, 'support')
    const twice = await changesNothing(server, () => decide('vpub.head', body, 'support'))
    expect(twice.body.supporters.map(({ agencyId }) => agencyId)).toEqual(['vpub', 'snv'])
    const less = await decide('snv.head', body, 'unsupport')
    expect(less.body.supporters).toMatchObject([{ agencyId: 'vpub', by: { agencyId: 'vpub' } }])
    await decide('vpdbqh.head', body, 'reject')
    const late = await changesNothing(server, () => decide('skhcn.head', body, 'support'))
    expect(late.body.code).toBe('proposal/decided')
  })
})
