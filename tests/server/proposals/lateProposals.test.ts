import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { recordLateUpdate, resumeLateUpdates } from '../../../server/proposals/lateProposals.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import {
  type bodyOf,
  deleteClause,
  insertClause,
  setClauseText,
} from '../../../shared/clauses/yjs.ts'
import type { Readiness } from '../../../shared/locking/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { clause } from '../../support/builders.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { refuseWrites } from '../support/breakdowns.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd, lock, unlock } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let points: ClauseView[]

beforeEach(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  const { clauses } = await clausesOf(await person('stc.officer'), id)
  points = clauses.filter(({ level }) => level === 'point')
})
afterEach(() => server.close())

type Refused = { code: string; details: Record<string, string> }
const listed = async (account: string) =>
  (
    await (
      await person(account)
    ).call<{ proposals: ProposalView[] }>('GET', `/api/documents/${id}/proposals`)
  ).body.proposals
const decide = async (account: string, proposalId: string, what: string, body?: object) =>
  (await person(account)).call<ProposalView & Refused>(
    'POST',
    `/api/proposals/${proposalId}/${what}`,
    body,
  )
const clauses = async () => (await clausesOf(await person('stc.officer'), id)).clauses
const textOf = async (clauseId: string) =>
  (await clauses()).find((each) => each.id === clauseId)?.text

/** Writes after the lock and waits until others hear of it. */
async function writeLate(account: string, ...changes: Parameters<TestPeer['write']>[0][]) {
  const witness = await openDocument(server, await person('snv.clerk'), id)
  const peer = await openDocument(server, await person(account), id)
  await peer.saved()
  peer.write((body, doc) => {
    for (const change of changes) change(body, doc)
  })
  expect((await peer.closed).code).toBe(4423)
  await hears(witness, 'proposal')
  await witness.leave()
}

const rewrite =
  (clauseId: string, text: string): Parameters<TestPeer['write']>[0] =>
  (_, doc) =>
    void setClauseText(doc, clauseId, text)

test('[P30] what was typed after the lock becomes one proposal per clause', async () => {
  await lock(person, id)
  const [edited, deleted, moved, indented, anchor] = points as [
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
  ]
  const all = await clauses()
  const index = all.findIndex((each) => each.id === indented.id)
  await writeLate(
    'stc.officer',
    (body) =>
      (
        body.get(index) as ReturnType<typeof bodyOf>['firstChild'] & {
          setAttribute(k: string, v: string): void
        }
      ).setAttribute('level', 'paragraph'),
    rewrite(edited.id, 'điểm viết muộn'),
    (_, doc) => void deleteClause(doc, deleted.id),
    (_, doc) => {
      deleteClause(doc, moved.id)
      insertClause(doc, null, clause(moved.id, 'point', moved.text))
      insertClause(doc, anchor.id, clause('them', 'point', 'điểm thêm'))
    },
  )
  const byAuthor = { agencyId: 'stc', name: 'Cán bộ đầu mối Sở Tài chính' }
  const common = { origin: 'late', status: 'open', agencyId: 'stc', author: byAuthor }
  const proposals = await listed('stc.officer')
  expect(proposals).toHaveLength(5)
  const of = (clauseId: string) => proposals.find((each) => each.clauseId === clauseId)
  expect(of(edited.id)).toMatchObject({
    ...common,
    kind: 'edit',
    baseHash: edited.hash,
    text: 'điểm viết muộn',
  })
  expect(of(deleted.id)).toMatchObject({
    ...common,
    kind: 'delete',
    baseHash: deleted.hash,
    text: '',
  })
  expect(of(moved.id)).toMatchObject({
    ...common,
    kind: 'move',
    baseHash: moved.hash,
    text: moved.text,
  })
  expect(of(moved.id)?.afterClauseId).toBeUndefined()
  expect(of(indented.id)).toMatchObject({ kind: 'edit', level: 'paragraph', text: indented.text })
  expect(of('them')).toMatchObject({
    ...common,
    kind: 'insert',
    afterClauseId: anchor.id,
    text: 'điểm thêm',
  })
  expect(of('them')?.baseHash).toBeUndefined()
  expect(await clauses()).toEqual(all)
  expect((await auditEvents(server)).at(-1)).toBe('proposal.late')

  // Opened again, the lead takes all of it, clause by clause.
  await unlock(person, id)
  for (const proposal of proposals) {
    const { status, body } = await decide('vpdbqh.head', proposal.id, 'accept')
    expect([status, body]).toMatchObject([
      200,
      { status: 'accepted', decidedBy: { agencyId: 'vpdbqh' } },
    ])
  }
  const now = await clauses()
  expect(now[0]).toMatchObject({ id: moved.id, text: moved.text, level: 'point' })
  expect(now.find((each) => each.id === edited.id)?.text).toBe('điểm viết muộn')
  expect(now.find((each) => each.id === indented.id)?.level).toBe('paragraph')
  expect(now.some((each) => each.id === deleted.id)).toBe(false)
  const added = now.findIndex((each) => each.id === 'them')
  expect([now[added]?.text, now[added - 1]?.id]).toEqual(['điểm thêm', anchor.id])
  expect((await auditEvents(server)).slice(-5)).toEqual(Array(5).fill('proposal.accepted'))
})

test('late proposals are shown to author, lead and deputy; to others they do not exist', async () => {
  await lock(person, id)
  await writeLate('stc.officer', rewrite(points[0]?.id ?? '', 'viết muộn'))
  for (const account of ['stc.officer', 'vpdbqh.clerk', 'snv.officer'])
    expect(await listed(account)).toHaveLength(1)
  const [proposal] = await listed('stc.officer')
  for (const account of ['stc.head', 'vpub.head', 'bantdkt.observer']) {
    expect(await listed(account)).toEqual([])
    for (const what of ['accept', 'reject', 'withdraw']) {
      const refused = await changesNothing(server, () => decide(account, proposal?.id ?? '', what))
      expect(refused).toMatchObject({ status: 404, body: { code: 'proposal/not-found' } })
    }
  }
  const blockers = async (account: string) =>
    (await (await person(account)).call<Readiness>('GET', `/api/documents/${id}/readiness`)).body
      .blockers
  const open = { code: 'proposal/open', clauseId: points[0]?.id }
  expect(await blockers('vpdbqh.officer')).toEqual([{ ...open, proposalId: proposal?.id }])
  expect(await blockers('vpub.head')).toEqual([open])
})

test('accepting needs drafting; rejecting and withdrawing work in every phase, once', async () => {
  await lock(person, id)
  await writeLate(
    'stc.officer',
    rewrite(points[0]?.id ?? '', 'một'),
    rewrite(points[1]?.id ?? '', 'hai'),
  )
  const [one, two] = (await listed('stc.officer')).map((each): string => each.id) as [
    string,
    string,
  ]
  const early = await changesNothing(server, () => decide('vpdbqh.head', one, 'accept'))
  expect(early).toMatchObject({ status: 409, body: { code: 'document/wrong-phase' } })
  const rejected = await decide('snv.head', one, 'reject', { reason: 'đã khóa' })
  expect(rejected.body).toMatchObject({
    status: 'rejected',
    reason: 'đã khóa',
    decidedBy: { agencyId: 'snv' },
  })
  const others = await changesNothing(server, () => decide('vpdbqh.head', two, 'withdraw'))
  expect(others.body.code).toBe('auth/forbidden')
  expect((await decide('stc.officer', two, 'withdraw')).body.status).toBe('withdrawn')
  for (const [account, proposal, what] of [
    ['vpdbqh.head', one, 'reject'],
    ['vpdbqh.head', two, 'reject'],
    ['stc.officer', one, 'withdraw'],
  ] as const) {
    const again = await changesNothing(server, () => decide(account, proposal, what))
    expect(again).toMatchObject({ status: 409, body: { code: 'proposal/decided' } })
  }
  await unlock(person, id)
  const late = await changesNothing(server, () => decide('vpdbqh.head', one, 'accept'))
  expect(late).toMatchObject({ status: 409, body: { code: 'proposal/decided' } })
  expect((await auditEvents(server)).filter((event) => event.startsWith('proposal.'))).toEqual([
    'proposal.late',
    'proposal.rejected',
    'proposal.withdrawn',
  ])
})

test('nobody decides his own; officers and members decide nothing', async () => {
  await lock(person, id)
  await writeLate('snv.head', rewrite(points[0]?.id ?? '', 'của tôi'))
  await unlock(person, id)
  const [proposal] = await listed('snv.head')
  for (const account of ['snv.head', 'snv.officer', 'vpdbqh.clerk'])
    for (const what of ['accept', 'reject']) {
      const refused = await changesNothing(server, () => decide(account, proposal?.id ?? '', what))
      expect(refused).toMatchObject({ status: 403, body: { code: 'auth/forbidden' } })
    }
  expect((await decide('vpdbqh.head', proposal?.id ?? '', 'accept')).status).toBe(200)
})

test('a proposal holds only for the words it started from', async () => {
  await lock(person, id)
  const clauseId = points[0]?.id ?? ''
  await writeLate('stc.officer', rewrite(clauseId, 'viết muộn'))
  await unlock(person, id)
  const peer = await openDocument(server, await person('vpub.officer'), id)
  peer.write(rewrite(clauseId, 'đã khác'))
  await peer.saved()
  const [proposal] = await listed('stc.officer')
  const refused = await changesNothing(server, () =>
    decide('vpdbqh.head', proposal?.id ?? '', 'accept'),
  )
  expect(refused).toMatchObject({ status: 409, body: { code: 'proposal/stale-base' } })
  expect(await textOf(clauseId)).toBe('đã khác')
  peer.write(rewrite(clauseId, points[0]?.text ?? ''))
  await peer.saved()
  await peer.leave()
  expect((await decide('vpdbqh.head', proposal?.id ?? '', 'accept')).status).toBe(200)
  expect(await textOf(clauseId)).toBe('viết muộn')
})

test('insertions that follow one another find their place though one is rejected', async () => {
  await lock(person, id)
  const after = points[0]?.id ?? ''
  await writeLate('stc.officer', (_, doc) => {
    for (const [name, before] of [
      ['mot', after],
      ['hai', 'mot'],
      ['ba', 'hai'],
    ] as const)
      insertClause(doc, before, clause(name, 'point', name))
  })
  await unlock(person, id)
  const proposals = await listed('stc.officer')
  expect(proposals.map(({ clauseId }) => clauseId)).toEqual(['mot', 'hai', 'ba'])
  const [one, two, three] = proposals.map((each): string => each.id) as [string, string, string]
  await decide('vpdbqh.head', two, 'reject')
  await decide('vpdbqh.head', three, 'accept')
  await decide('vpdbqh.head', one, 'accept')
  const ids = (await clauses()).map((each) => each.id)
  expect(ids.slice(ids.indexOf(after as ClauseView['id'])).slice(0, 3)).toEqual([
    after,
    'mot',
    'ba',
  ])
})

test('a cell written late is put into its cell; another shape is for the lead’s own hand', async () => {
  await lock(person, id)
  const table = (await clauses()).find(({ level }) => level === 'table')
  if (!table) throw new Error('no table')
  type Cell = {
    get(index: number): Cell
    insert(index: number, text: string): void
    delete(index: number, length: number): void
    clone(): unknown
  }
  const tableOf = (body: unknown, all: ClauseView[]) =>
    (body as Cell).get(all.findIndex((each) => each.id === table.id))
  const all = await clauses()
  await writeLate('stc.officer', (body) => {
    tableOf(body, all).get(1).get(3).get(0).get(0).insert(4, ',5')
  })
  await writeLate('skhdt.officer', (body) => {
    tableOf(body, all).delete(2, 1)
  })
  await unlock(person, id)
  const [cell, shape] = await listed('vpdbqh.head')
  const refused = await decide('vpdbqh.head', shape?.id ?? '', 'accept')
  expect(refused).toMatchObject({ status: 422, body: { code: 'content/refused' } })
  expect((await decide('vpdbqh.head', cell?.id ?? '', 'accept')).status).toBe(200)
  expect(await textOf(table.id)).toBe(table.text.replace('≥ 98', '≥ 98,5'))
})

test('the same change sent again makes no second proposal, a later one makes its own', async () => {
  await lock(person, id)
  const [one, two] = points.map((each): string => each.id) as [string, string]
  await writeLate('stc.officer', rewrite(one, 'muộn'))
  await writeLate('stc.officer', rewrite(one, 'muộn'), rewrite(two, 'muộn nữa'))
  expect((await listed('stc.officer')).map(({ clauseId }) => clauseId)).toEqual([one, two])
  const late = await server.platform.database.read
    .selectFrom('late_update')
    .select(['id', 'document_id as documentId'])
    .execute()
  await changesNothing(server, async () => {
    for (const each of late) await recordLateUpdate(server.app.deps, each)
  })
})

/** One tab that keeps writing while it is cut off: each time its connection ends, and the next brings all it has. */
async function stubbornTab(account: string) {
  const first = await openDocument(server, await person(account), id)
  await first.leave()
  let presence = 0
  const { cookie } = await person(account)
  return async (change: Parameters<TestPeer['write']>[0]) => {
    const known = await lateRows()
    first.change(change)
    const url = `${server.syncUrl}/${id}`
    const options = { headers: { cookie }, doc: first.doc, answers: false }
    const peer = await TestPeer.connect(url, options)
    presence += 1
    peer.sendPresence([[first.doc.clientID, presence, {}]])
    peer.sendStep2(Y.encodeStateAsUpdate(first.doc))
    expect((await peer.closed).code).toBe(4423)
    expect((await lateRows()).length).toBe(known.length + 1)
    await resumeLateUpdates(server.app.deps)
  }
}
const lateRows = () =>
  server.platform.database.read
    .selectFrom('late_update')
    .select(['id', 'document_id as documentId', 'client_id'])
    .orderBy('at')
    .execute()
const lastFacts = async () => {
  const entries = server.platform.database.read.selectFrom('audit').select('facts')
  return JSON.parse((await entries.orderBy('seq', 'desc').executeTakeFirstOrThrow()).facts)
}

test('[P30] what one tab wrote bit by bit is one proposal, which grows', async () => {
  await lock(person, id)
  const [one, two, three] = points.map((each): string => each.id) as [string, string, string]
  const writes = await stubbornTab('stc.officer')
  await writes((_, doc) => {
    setClauseText(doc, one, `${points[0]?.text} MU`)
    setClauseText(doc, two, 'rồi thôi')
  })
  const [fragment, dropped] = await listed('stc.officer')
  await writes((_, doc) => {
    setClauseText(doc, one, `${points[0]?.text} MUỘN`)
    setClauseText(doc, two, points[1]?.text ?? '')
    setClauseText(doc, three, 'thêm nữa')
  })
  const tabs = new Set((await lateRows()).map(({ client_id }) => client_id))
  expect([tabs.size, tabs.has(null)]).toEqual([1, false])
  const now = await listed('stc.officer')
  expect(now).toHaveLength(3)
  const of = (clauseId: string) => now.find((each) => each.clauseId === clauseId)
  expect(of(one)).toMatchObject({
    id: fragment?.id,
    status: 'open',
    text: `${points[0]?.text} MUỘN`,
    baseHash: points[0]?.hash,
  })
  expect(of(two)).toMatchObject({
    id: dropped?.id,
    status: 'withdrawn',
    decidedBy: { agencyId: 'stc' },
  })
  expect(of(three)).toMatchObject({ status: 'open', text: 'thêm nữa' })
  expect(await lastFacts()).toMatchObject({
    proposals: 1,
    replaced: [fragment?.id],
    withdrawn: [dropped?.id],
  })
  // Said again, it counts again.
  await writes(rewrite(two, 'rồi thôi'))
  expect((await listed('stc.officer')).at(-1)).toMatchObject({ status: 'open', text: 'rồi thôi' })
  // Neither the earlier bytes nor the later ones, taken up again, change anything.
  await changesNothing(server, async () => {
    await resumeLateUpdates(server.app.deps)
    for (const each of await lateRows()) await recordLateUpdate(server.app.deps, each)
  })
})

test('late bytes that only continue earlier ones are read together with them', async () => {
  await lock(person, id)
  const writes = await stubbornTab('stc.officer')
  const clauseId = points[0]?.id ?? ''
  await writes(rewrite(clauseId, `${points[0]?.text} MU`))
  const [fragment] = await listed('stc.officer')
  const peer = await openDocument(server, await person('stc.officer'), id)
  await peer.leave()
  const { database } = server.platform
  const row = await database.read.selectFrom('late_update').selectAll().executeTakeFirstOrThrow()
  Y.applyUpdate(peer.doc, row.bytes)
  peer.doc.clientID = Number(row.client_id)
  const bytes = Buffer.from(peer.change(rewrite(clauseId, `${points[0]?.text} MUỘN`)))
  const later = { ...row, id: 'tiep', bytes, sha256: 'b', at: row.at + 1 }
  await database.write((tx) => tx.insertInto('late_update').values(later).execute())
  await resumeLateUpdates(server.app.deps)
  expect(await listed('stc.officer')).toMatchObject([
    { id: fragment?.id, text: `${points[0]?.text} MUỘN` },
  ])
})

test('what is decided stays, and so does what another tab of the same person wrote', async () => {
  await lock(person, id)
  const [one, two] = points.map((each): string => each.id) as [string, string]
  const writes = await stubbornTab('stc.officer')
  const others = await stubbornTab('stc.officer')
  await writes((_, doc) => {
    setClauseText(doc, one, 'một')
    setClauseText(doc, two, 'hai')
  })
  await others(rewrite(one, 'khác'))
  const [first, second, foreign] = await listed('stc.officer')
  await decide('snv.head', first?.id ?? '', 'reject')
  await decide('stc.officer', second?.id ?? '', 'withdraw')
  await writes(rewrite(one, 'một đủ'))
  const now = await listed('stc.officer')
  expect(now.map(({ status, text }) => [status, text])).toEqual([
    ['rejected', 'một'],
    ['withdrawn', 'hai'],
    ['open', 'khác'],
    ['open', 'một đủ'],
  ])
  expect(now[2]?.id).toBe(foreign?.id)
})

test('late bytes that a crash kept from becoming proposals become them at the next start', async () => {
  await lock(person, id)
  const repair = await refuseWrites(server, { table: 'proposal', what: 'insert', when: '1' })
  const peer = await openDocument(server, await person('stc.officer'), id)
  await peer.saved()
  peer.write(rewrite(points[0]?.id ?? '', 'muộn'))
  expect((await peer.closed).code).toBe(4423)
  await repair()
  // A late update that nobody can read must not keep the others, nor the server, waiting.
  await server.platform.database.write(async (tx) => {
    const row = await tx.selectFrom('late_update').selectAll().executeTakeFirstOrThrow()
    const damaged = { ...row, id: 'hong', bytes: Buffer.from([255]), sha256: '', at: row.at - 1 }
    await tx.insertInto('late_update').values(damaged).execute()
  })
  await resumeLateUpdates(server.app.deps)
  expect(await listed('stc.officer')).toMatchObject([{ text: 'muộn', status: 'open' }])
  await changesNothing(server, () => resumeLateUpdates(server.app.deps))
})

test('a disk that refuses the row takes the words neither: the proposal is as open as before', async () => {
  await lock(person, id)
  const clauseId = points[0]?.id ?? ''
  await writeLate('stc.officer', rewrite(clauseId, 'viết muộn'))
  await unlock(person, id)
  const [proposal] = await listed('stc.officer')
  for (const [table, what, when] of [
    ['proposal', 'update', "new.status = 'accepted'"],
    ['audit', 'insert', "new.event = 'proposal.accepted'"],
  ] as const) {
    const repair = await refuseWrites(server, { table, what, when })
    const failed = await changesNothing(server, () =>
      decide('vpdbqh.head', proposal?.id ?? '', 'accept'),
    )
    expect(failed.status).toBe(500)
    expect(await textOf(clauseId)).toBe(points[0]?.text)
    await repair()
  }
  expect((await decide('vpdbqh.head', proposal?.id ?? '', 'accept')).status).toBe(200)
  expect(await textOf(clauseId)).toBe('viết muộn')
})

test('accepted and rejected in one moment, it is one of the two, and the text agrees', async () => {
  await lock(person, id)
  const some = points.slice(0, 6)
  await writeLate('stc.officer', ...some.map((each) => rewrite(each.id, `muộn ${each.id}`)))
  await unlock(person, id)
  for (const { id: proposalId, clauseId, text } of await listed('stc.officer')) {
    const before = await textOf(clauseId)
    const [yes, no] = await Promise.all([
      decide('vpdbqh.head', proposalId, 'accept'),
      decide('snv.head', proposalId, 'reject'),
    ])
    expect([yes.status, no.status].sort()).toEqual([200, 409])
    expect(await textOf(clauseId)).toBe(yes.status === 200 ? text : before)
  }
})

test('an unknown proposal is not found', async () => {
  for (const wrong of ['a'.repeat(21), 'kh%C3%B4ng'])
    expect(await decide('vpdbqh.head', wrong, 'accept')).toMatchObject({
      status: 404,
      body: { code: 'proposal/not-found' },
    })
})
