import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendAudit } from '../../../server/audit/auditStore.ts'
import { type ChainReport, verifyAudit } from '../../../server/audit/verifyAudit.ts'
import type { AuditEntry } from '../../../shared/audit/api.ts'
import { firstBrokenLink } from '../../../shared/audit/chain.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { refuseWrites } from '../support/breakdowns.ts'
import { addBloc, allAgree, clausesOf, crowd } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  await allAgree(person, id)
})
afterAll(() => server.close())

const own = (reports: readonly ChainReport[]) =>
  reports.find(({ blocId }) => blocId === server.blocId)?.broken
const broken = async () => own(await verifyAudit(server.platform.database.read))

/** What the check says of rows that somebody has changed; afterwards they are as they were. */
async function afterTampering(statements: string): Promise<ChainReport[]> {
  let reports: ChainReport[] = []
  const undo = new Error('undo')
  await server.platform.database
    .write(async (tx) => {
      for (const statement of statements.split(';')) await sql.raw(statement).execute(tx)
      reports = await verifyAudit(tx)
      throw undo
    })
    .catch((cause) => {
      if (cause !== undo) throw cause
    })
  return reports
}

test('[P36] the chain is read by the whole bloc and holds', async () => {
  const observer = await person('bantdkt.observer')
  const { status, body } = await observer.call<{ entries: AuditEntry[] }>(
    'GET',
    `/api/blocs/${server.blocId}/audit`,
  )
  expect(status).toBe(200)
  expect(body.entries.map(({ seq }) => seq)).toEqual(body.entries.map((_, index) => index + 1))
  expect(body.entries.at(-1)).toMatchObject({
    event: 'positions.taken',
    subject: id,
    actor: { agencyId: 'skhdt', name: 'Thủ trưởng Sở Kế hoạch và Đầu tư' },
    facts: { position: 'agreed' },
  })
  expect(firstBrokenLink(body.entries)).toBeNull()
  expect(await broken()).toBeNull()
})

describe('[P36] whatever is done to the rows is found at the right one', () => {
  test.each([
    ['a fact', `update audit set facts = '{"position":"objects"}' where seq = 6`, 6, 'changed'],
    ['the event', `update audit set event = 'position.taken' where seq = 6`, 6, 'changed'],
    ['the actor', `update audit set actor = 'null' where seq = 6`, 6, 'changed'],
    ['the time', 'update audit set at = at + 1 where seq = 6', 6, 'changed'],
    ['an impossible time', 'update audit set at = 9e15 where seq = 6', 6, 'changed'],
    ['a hash', `update audit set hash = '${'0'.repeat(64)}' where seq = 6`, 6, 'changed'],
    ['broken JSON', `update audit set facts = '{' where seq = 6`, 6, 'changed'],
    ['a number we never write', `update audit set facts = '{"n":1.5}' where seq = 6`, 6, 'changed'],
    ['a row taken out', 'delete from audit where seq = 6', 6, 'missing-or-moved'],
    ['the first row taken out', 'delete from audit where seq = 1', 1, 'missing-or-moved'],
    [
      'two rows exchanged',
      'update audit set seq = 100 where seq = 6; update audit set seq = 6 where seq = 7; update audit set seq = 7 where seq = 100',
      6,
      'missing-or-moved',
    ],
  ])('%s', async (_, statement, seq, problem) => {
    expect(own(await afterTampering(statement))).toEqual({ seq, problem })
    expect(await broken()).toBeNull()
  })
})

test('each bloc has a chain of its own', async () => {
  const other = await addBloc(server, 'khoikhac')
  await server.platform.database.write((tx) =>
    appendAudit(tx, {
      blocId: other,
      at: 1,
      actor: null,
      event: 'bloc.created',
      subject: other,
      facts: {},
    }),
  )
  const reports = await afterTampering(`update audit set event = 'x' where bloc_id = '${other}'`)
  expect(reports).toHaveLength(2)
  expect(reports).toContainEqual({
    blocId: other,
    entries: 1,
    broken: { seq: 1, problem: 'changed' },
  })
  expect(own(reports)).toBeNull()
})

test('an act and its entry stand or fall together', async () => {
  const [clause] = (await clausesOf(await person('stc.head'), id)).clauses
  const acts: [string, string, string, object][] = [
    [
      'stc.head',
      'PUT',
      `/api/documents/${id}/clauses/${clause?.id}/position`,
      { position: 'objects', hash: clause?.hash },
    ],
    ['vpdbqh.head', 'PATCH', `/api/documents/${id}`, { place: 'Phan Rang' }],
    ['vpdbqh.clerk', 'PATCH', `/api/documents/${id}`, { number: '01' }],
    ['stc.officer', 'POST', `/api/documents/${id}/threads`, { clauseId: clause?.id, body: 'x' }],
  ]
  const repair = await refuseWrites(server, { table: 'audit', what: 'insert', when: '1' })
  for (const [account, method, place, body] of acts) {
    const answer = await changesNothing(server, async () =>
      (await person(account)).call(method, place, body),
    )
    expect([answer.status, answer.body]).toMatchObject([
      500,
      { code: 'server/unexpected', details: {} },
    ])
  }
  await repair()
  const before = (await auditEvents(server)).length
  for (const [account, method, place, body] of acts)
    expect((await (await person(account)).call(method, place, body)).status).toBeLessThan(300)
  expect(await auditEvents(server)).toHaveLength(before + acts.length)
  expect(await broken()).toBeNull()
})

test('acts at the same moment still make one chain', async () => {
  const heads = await Promise.all(['vpdbqh', 'snv', 'stc', 'vpub'].map((a) => person(`${a}.head`)))
  const { structureHash: hash } = await clausesOf(heads[0] as Visitor, id)
  const before = (await auditEvents(server)).length
  await Promise.all(
    Array.from({ length: 24 }, (_, n) =>
      (heads[n % heads.length] as Visitor).call(
        'PUT',
        `/api/documents/${id}/clauses/structure/position`,
        { position: n % 3 === 0 ? 'reserved' : 'agreed', hash },
      ),
    ),
  )
  expect(await auditEvents(server)).toHaveLength(before + 24)
  expect(await broken()).toBeNull()
})
