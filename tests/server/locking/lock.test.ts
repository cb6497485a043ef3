import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { clauseHash } from '../../../shared/clauses/hash.ts'
import { setTableText } from '../../../shared/clauses/tables/setTableText.ts'
import { deleteClause, readBody, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import type { Blocker, Readiness } from '../../../shared/locking/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { refuseWrites } from '../support/breakdowns.ts'
import { hears, openDocument } from '../support/peers.ts'
import { allAgree, clausesOf, crowd, delegateToDeputy, lock, PARTIES } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let lead: Visitor

beforeEach(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  lead = await person('vpdbqh.head')
})
afterEach(() => server.close())

type Refused = { code: string; details: { blockers: Blocker[]; revision: number } }
const post = (visitor: Visitor, what: string, body?: object) =>
  visitor.call<DocumentView & Refused>('POST', `/api/documents/${id}/${what}`, body)
const readiness = async (visitor: Visitor) =>
  (await visitor.call<Readiness>('GET', `/api/documents/${id}/readiness`)).body
const lockedVersion = () =>
  server.platform.database.read
    .selectFrom('document')
    .innerJoin('version', 'version.id', 'document.locked_version')
    .selectAll('version')
    .where('document.id', '=', id)
    .executeTakeFirst()
const setPhase = (phase: string) =>
  server.platform.database.write((tx) =>
    tx.updateTable('document').set({ phase }).where('id', '=', id).execute(),
  )
const rewrite = async (kind: 'covenant' | 'plan', clauseId: string, text: string) => {
  const { id } = await server.documentOf(kind)
  const peer = await openDocument(server, await person('vpub.officer'), id)
  peer.write((_, doc) => setClauseText(doc, clauseId, text))
  await peer.saved()
  await peer.leave()
}

/** A cell of the score table gets another number, as an officer would type it. */
const score = async (documentId: string, from: RegExp, to: string) => {
  const { clauses } = await clausesOf(lead, documentId)
  const { id: tableId = '', text = '' } = clauses.find(({ level }) => level === 'table') ?? {}
  const peer = await openDocument(server, await person('snv.officer'), documentId)
  peer.write((_, doc) => expect(setTableText(doc, tableId, text.replace(from, to))).toBe(true))
  await peer.saved()
  await peer.leave()
  return tableId
}

describe('lock', () => {
  test('[P03] is refused while a sum of the score table is wrong, and given once it is mended', async () => {
    const regulation = (await server.documentOf('regulation')).id
    await allAgree(person, regulation)
    await lead.stepUp()
    const lock = () => lead.call<Refused>('POST', `/api/documents/${regulation}/lock`)
    const tableId = await score(regulation, /\b12(?=\t\t\t\nI\.1\.b)/u, '12,5')
    const sums = (blockers: readonly Blocker[]) =>
      blockers.filter(({ code }) => !code.startsWith('position/'))
    const wrong = { code: 'table/sum', clauseId: tableId, text: 'I.1: 20,5 ≠ 20' }
    const asked = await lead.call<Readiness>('GET', `/api/documents/${regulation}/readiness`)
    expect([asked.body.ready, sums(asked.body.blockers)]).toEqual([false, [wrong]])
    const refused = await changesNothing(server, lock)
    expect([refused.status, refused.body.code]).toEqual([409, 'document/not-ready'])
    expect(sums(refused.body.details.blockers)).toEqual([wrong])
    const { clauses } = await clausesOf(lead, regulation)
    expect(clauses.find(({ id }) => id === tableId)?.scores).toEqual([
      { kind: 'sum', row: 2, cell: 2, code: 'I.1', counted: '20,5', written: '20' },
    ])
    await score(regulation, /12,5/u, '12')
    expect((await lock()).status).toBe(200)
  })

  test('[LC1] waits for every agency, and says what is missing', async () => {
    await lead.stepUp()
    const refused = await changesNothing(server, () => post(lead, 'lock'))
    expect([refused.status, refused.body.code]).toEqual([409, 'document/not-ready'])
    const { clauses } = await clausesOf(lead, id)
    expect(refused.body.details.blockers).toHaveLength((clauses.length + 1) * PARTIES.length)
    expect(refused.body.details.blockers[0]).toEqual({
      code: 'position/missing',
      clauseId: clauses[0]?.id,
      agencyId: 'vpdbqh',
    })
    expect(refused.body.details.blockers).toEqual((await readiness(lead)).blockers)
  })

  test('[LC2] records hashes and version in one go, closes the text, and tells everybody', async () => {
    const peer = await openDocument(server, await person('stc.officer'), id)
    const before = (await lead.call<DocumentView>('GET', `/api/documents/${id}`)).body
    const locked = await lock(person, id)
    expect(locked).toMatchObject({
      phase: 'locked',
      revision: before.revision,
      epoch: before.epoch,
      contentHash: before.contentHash,
      structureHash: before.structureHash,
    })
    expect(locked.lockedAt).not.toBeNull()
    const version = await lockedVersion()
    expect(version).toMatchObject({
      kind: 'lock',
      revision: before.revision,
      content_hash: before.contentHash,
      structure_hash: before.structureHash,
    })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, version?.bytes ?? new Uint8Array())
    const { title, place, recipients, signingTitles } = before
    expect(JSON.parse(version?.content ?? '')).toEqual({
      blocks: readBody(doc),
      fields: { title, place, recipients, signingTitles },
    })
    expect(readBody(doc).map(clauseHash)).toEqual(
      (await clausesOf(lead, id)).clauses.map(({ hash }) => hash),
    )
    await hears(peer, 'version')
    expect(peer.notices).toContainEqual({
      type: 'phase',
      phase: 'locked',
      by: 'Thủ trưởng Văn phòng Đoàn ĐBQH và HĐND tỉnh',
    })
    expect((await auditEvents(server)).at(-1)).toBe('document.locked')
    const again = await changesNothing(server, () => post(lead, 'lock'))
    expect([again.status, again.body.code]).toEqual([409, 'document/wrong-phase'])
    peer.write((body) => body.delete(0, 1))
    expect((await peer.closed).code).toBe(4423)
  })

  test('[B34] the locked version reads as it was, however much is deleted and written since', async () => {
    const { contentHash } = await lock(person, id)
    const before = await clausesOf(lead, id)
    await post(lead, 'unlock', { reason: 'sửa lại' })
    const peer = await openDocument(server, await person('stc.officer'), id)
    peer.write((body) => body.delete(0, Math.floor(body.length / 2)))
    const [left] = readBody(peer.doc)
    for (let i = 0; i < 200; i += 1)
      peer.write((_, doc) => setClauseText(doc, left?.id ?? '', `lần ${i}`))
    await peer.saved()
    const [version] = await server.platform.database.read
      .selectFrom('version')
      .selectAll()
      .execute()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, version?.bytes ?? new Uint8Array())
    expect(version?.content_hash).toBe(contentHash)
    expect(readBody(doc).map(clauseHash)).toEqual(before.clauses.map(({ hash }) => hash))
    expect(JSON.parse(version?.content ?? '{}').blocks).toEqual(readBody(doc))
  })

  test('[B35] whoever asks for the clauses after an acknowledgement gets that revision or a later one, never an older', async () => {
    const peer = await openDocument(server, await person('stc.officer'), id)
    const clauseId = (await clausesOf(lead, id)).clauses.at(-1)?.id ?? ''
    for (let i = 0; i < 20; i += 1) {
      peer.write((_, doc) => setClauseText(doc, clauseId, `lời thứ ${i}`))
      await peer.saved()
      const view = await clausesOf(lead, id)
      expect(view.revision).toBeGreaterThanOrEqual(peer.revision)
      expect(view.clauses.at(-1)?.text).toBe(`lời thứ ${i}`)
    }
  })

  test('takes only the revision that the lead has seen', async () => {
    await allAgree(person, id)
    await lead.stepUp()
    const seen = (await clausesOf(lead, id)).revision
    const refused = await changesNothing(server, () => post(lead, 'lock', { revision: seen + 1 }))
    expect([refused.status, refused.body.code]).toEqual([409, 'document/stale-revision'])
    expect(refused.body.details.revision).toBe(seen)
    expect((await post(lead, 'lock', { revision: seen })).status).toBe(200)
  })

  test('asks for the password again, after the role', async () => {
    await allAgree(person, id)
    const bare = await changesNothing(server, () => post(lead, 'lock'))
    expect([bare.status, bare.body.code]).toEqual([403, 'auth/step-up-required'])
    const member = await changesNothing(server, async () => post(await person('stc.head'), 'lock'))
    expect(member.body.code).toBe('auth/forbidden')
    await lead.stepUp()
    server.advanceClock(5 * 60_000)
    expect((await post(lead, 'lock')).body.code).toBe('auth/step-up-required')
  })

  test('is the deputy’s while the lead has delegated it, and no longer', async () => {
    await allAgree(person, id)
    const deputy = await person('snv.head')
    await deputy.stepUp()
    expect((await post(deputy, 'lock')).body.code).toBe('auth/forbidden')
    await delegateToDeputy(server, server.platform.clock() - 1)
    expect((await post(deputy, 'lock')).body.code).toBe('auth/forbidden')
    await delegateToDeputy(server, server.platform.clock() + 60_000)
    expect((await post(deputy, 'lock')).status).toBe(200)
  })

  test.each([
    { table: 'audit', what: 'insert', when: "new.event = 'document.locked'" },
    { table: 'version', what: 'insert', when: '1' },
    { table: 'document', what: 'update', when: 'new.locked_version is not null' },
  ] as const)('a lock that the disk refuses at $table has not happened', async (breakdown) => {
    await allAgree(person, id)
    await lead.stepUp()
    const repair = await refuseWrites(server, breakdown)
    const refused = await changesNothing(server, () => post(lead, 'lock'))
    expect([refused.status, refused.body]).toMatchObject([500, { code: 'server/unexpected' }])
    await repair()
    expect((await post(lead, 'lock')).status).toBe(200)
  })

  test('race: whoever types meanwhile, what is locked is what the log says and everybody agreed to', async () => {
    await allAgree(person, id)
    await lead.stepUp()
    const { clauses, contentHash } = await clausesOf(lead, id)
    const clause = clauses.find(({ level }) => level === 'paragraph')
    let locked = 0
    for (let round = 0; round < 15; round += 1) {
      const peer = await openDocument(server, await person('stc.officer'), id)
      const type = () =>
        peer.write((_, doc) => setClauseText(doc, clause?.id ?? '', `${clause?.text} ${round}`))
      // Before, at the same moment, after: only the middle one is a race.
      const moment = (['before', 'with', 'after'] as const)[round % 3]
      if (moment === 'before') type()
      if (moment === 'before') await peer.saved()
      const answer = post(lead, 'lock')
      if (moment === 'with') type()
      const { status } = await answer
      if (moment === 'after') type()
      if (moment !== 'with')
        expect([moment, status]).toEqual([moment, moment === 'after' ? 200 : 409])
      const now = await clausesOf(lead, id)
      if (status === 200) {
        locked += 1
        expect(now.contentHash).toBe(contentHash)
        const text = now.clauses.find((each) => each.id === clause?.id)
        expect([text?.text, text?.hash]).toEqual([clause?.text, clause?.hash])
        expect((await peer.closed).code).toBe(4423)
        expect((await post(lead, 'unlock', { reason: 'vòng sau' })).status).toBe(200)
        // Late words are for the lead to decide; here they are refused at once.
        await server.platform.database.write((tx) =>
          tx.updateTable('proposal').set({ status: 'rejected' }).execute(),
        )
      } else {
        expect(status).toBe(409)
        await peer.saved()
        peer.write((_, doc) => setClauseText(doc, clause?.id ?? '', clause?.text ?? ''))
        await peer.saved()
        await peer.leave()
      }
    }
    expect(locked).toBeGreaterThanOrEqual(5)
  })
})

describe('readiness', () => {
  test('a placeholder and a sign that the page cannot print are named', async () => {
    const [clause] = (await clausesOf(lead, id)).clauses
    await rewrite('covenant', clause?.id ?? '', 'Căn cứ {{so_quyet_dinh}} 💥')
    const { blockers } = await readiness(lead)
    expect(blockers.filter(({ code }) => code.startsWith('text/'))).toEqual([
      { code: 'text/placeholder', clauseId: clause?.id, text: '{{so_quyet_dinh}}' },
      { code: 'text/glyph', clauseId: clause?.id, text: '💥 U+1F4A5' },
    ])
    await lead.call('PATCH', `/api/documents/${id}`, { place: '{{dia_danh}}' })
    expect((await readiness(lead)).blockers).toContainEqual({
      code: 'text/placeholder',
      clauseId: 'structure',
      text: '{{dia_danh}}',
    })
  })

  test('under two-thirds an objection blocks only where too few consent', async () => {
    id = (await server.documentOf('plan')).id
    const { clauses, contentHash } = await clausesOf(lead, id)
    const clauseId = clauses[3]?.id ?? ''
    for (const [index, agency] of PARTIES.entries()) {
      const head = await person(`${agency}.head`)
      await head.call('PUT', `/api/documents/${id}/positions`, { position: 'agreed', contentHash })
      const position = index < 2 ? 'objects' : index === 2 ? 'reserved' : 'agreed'
      const hash = clauses[3]?.hash
      await head.call('PUT', `/api/documents/${id}/clauses/${clauseId}/position`, {
        position,
        hash,
      })
    }
    expect(await readiness(lead)).toEqual({ ready: true, blockers: [] })
    const third = await person('stc.head')
    await third.call('PUT', `/api/documents/${id}/clauses/${clauseId}/position`, {
      position: 'objects',
      hash: clauses[3]?.hash,
    })
    expect((await readiness(lead)).blockers).toEqual(
      ['vpdbqh', 'snv', 'stc'].map((agencyId) => ({
        code: 'position/objects',
        clauseId,
        agencyId,
      })),
    )
  })

  test('open threads do not block', async () => {
    const { clauses } = await clausesOf(lead, id)
    await lead.call('POST', `/api/documents/${id}/threads`, {
      clauseId: clauses[0]?.id,
      body: 'Còn mở',
    })
    await allAgree(person, id)
    expect((await readiness(lead)).ready).toBe(true)
  })
})

describe('unlock', () => {
  test('[LC5] opens the text with a reason; nothing agreed is lost and the lineage stays', async () => {
    const locked = await lock(person, id)
    const peer = await openDocument(server, await person('stc.officer'), id)
    for (const body of [{}, { reason: '   ' }]) {
      const refused = await changesNothing(server, () => post(lead, 'unlock', body))
      expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
    }
    const opened = await post(lead, 'unlock', { reason: 'sửa Điều 3' })
    expect(opened.body).toMatchObject({
      phase: 'drafting',
      lockedAt: null,
      epoch: locked.epoch,
      revision: locked.revision,
      contentHash: locked.contentHash,
    })
    await hears(peer, 'phase')
    expect(peer.notices.at(-1)).toMatchObject({ phase: 'drafting', reason: 'sửa Điều 3' })
    expect((await readiness(lead)).ready).toBe(true)
    expect((await auditEvents(server)).at(-1)).toBe('document.unlocked')
    const { clauses } = await clausesOf(lead, id)
    peer.write((_, doc) => deleteClause(doc, clauses.at(-1)?.id ?? ''))
    await peer.saved()
    await peer.leave()
    const again = await changesNothing(server, () => post(lead, 'unlock', { reason: 'nữa' }))
    expect([again.status, again.body.code]).toEqual([409, 'document/wrong-phase'])
    // The version of the first lock stays.
    expect(
      await server.platform.database.read.selectFrom('version').select('id').execute(),
    ).toHaveLength(1)
  })

  test('[LC5] [LC6] from signing only while nobody has signed', async () => {
    await lock(person, id)
    await setPhase('sealing')
    expect((await post(lead, 'unlock', { reason: 'gấp' })).body.code).toBe('document/wrong-phase')
    await setPhase('signing')
    await server.platform.database.write(async (tx) => {
      await tx
        .updateTable('document')
        .set({ current_file: 'a'.repeat(64) })
        .execute()
      await tx
        .insertInto('signing_place')
        .values(
          ['vpdbqh', 'snv'].map((agency, rank) => ({
            document_id: id,
            place_id: `${agency}:person`,
            agency_id: agency,
            kind: 'person',
            rank,
            status: rank === 0 ? 'signed' : 'open',
            account_id: null,
            signed_at: rank === 0 ? 1 : null,
            certificate_sha256: null,
          })),
        )
        .execute()
    })
    const refused = await changesNothing(server, () => post(lead, 'unlock', { reason: 'gấp' }))
    expect([refused.status, refused.body.code]).toEqual([409, 'document/already-signed'])
    await server.platform.database.write((tx) =>
      tx.updateTable('signing_place').set({ status: 'open', signed_at: null }).execute(),
    )
    expect((await post(lead, 'unlock', { reason: 'gấp' })).body.phase).toBe('drafting')
    const { read } = server.platform.database
    expect(await read.selectFrom('signing_place').selectAll().execute()).toEqual([])
    expect((await lock(person, id)).phase).toBe('locked')
  })
})

describe('announcement', () => {
  const announce = (visitor: Visitor, method = 'POST') =>
    visitor.call<Refused>(method, `/api/documents/${id}/lock/announcement`)

  test('everybody present hears it and hears it taken back; it locks nothing', async () => {
    const peer = await openDocument(server, await person('stc.officer'), id)
    const { name: by } = (await lead.call<{ user: { name: string } }>('GET', '/api/session')).body
      .user
    await changesNothing(server, async () => {
      // Nothing to take back yet, so nobody is told anything.
      expect((await announce(lead, 'DELETE')).status).toBe(204)
      expect((await announce(lead)).status).toBe(204)
      expect((await announce(lead, 'DELETE')).status).toBe(204)
    })
    await hears(peer, 'lock-announced', 2)
    expect(peer.notices.filter(({ type }) => type === 'lock-announced')).toEqual([
      { type: 'lock-announced', inMs: 10_000, by },
      { type: 'lock-announced', inMs: null, by },
    ])
    await peer.leave()
  })

  test('is for whoever may lock, while drafting', async () => {
    expect((await announce(await person('vpdbqh.officer'))).body.code).toBe('auth/forbidden')
    expect((await announce(await person('snv.head'), 'DELETE')).body.code).toBe('auth/forbidden')
    await lock(person, id)
    expect((await announce(lead)).body.code).toBe('document/wrong-phase')
  })
})
