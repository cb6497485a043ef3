import 'reflect-metadata'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { verifyCommand } from '../../../server/signing/verifyFile.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import type { SigningView } from '../../../shared/signing/api.ts'
import { type Place, placesFor } from '../../../shared/signing/places.ts'
import { runTool, trustStore } from '../../support/pdfTools.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import {
  api,
  CURVE,
  type Key,
  otherName,
  type Prepared,
  request,
  type SigningSession,
  sha256,
  signingSession,
} from './signingSession.ts'

// Tools and threads start slowly on a machine that runs other suites beside this one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

let server: TestServer
let covenant: DocumentView
let folder: string
let session: SigningSession

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-sign-'))
  server = await startTestServer()
  session = signingSession(server)
  covenant = await server.documentOf('covenant')
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

describe('sealing', () => {
  test('only the lead, with a fresh password, and only what is locked', async () => {
    const head = await server.signIn('vpdbqh.head')
    const other = await server.signIn('stc.head')
    await other.stepUp()
    expect((await other.call('POST', `${api(covenant)}/seal`)).status).toBe(403)
    const before = await head.call<{ code: string }>('POST', `${api(covenant)}/seal`)
    expect([before.status, before.body.code]).toEqual([403, 'auth/step-up-required'])
    await head.stepUp()
    const early = await head.call<{ code: string }>('POST', `${api(covenant)}/seal`)
    expect([early.status, early.body.code]).toEqual([409, 'document/wrong-phase'])
    const view = await head.call<SigningView>('GET', `${api(covenant)}/signing`)
    expect(view.body).toEqual({ revision: null, places: [] })
    expect((await session.download(head, `${api(covenant)}/sealed.pdf`)).status).toBe(404)
  })

  test('[LC4] a failed seal goes back to locked with the cause', async () => {
    const plan = await server.documentOf('plan')
    const head = await server.signIn('vpdbqh.head')
    await server.platform.database.write((tx) =>
      tx.updateTable('document').set({ number: '01 漢' }).where('id', '=', plan.id).execute(),
    )
    await session.lock(plan)
    await head.stepUp()
    expect((await head.call('POST', `${api(plan)}/seal`)).status).toBe(202)
    const after = await session.phaseAfterSealing(head, plan)
    expect(after.phase).toBe('locked')
    expect(after.lastFailure).toContain('“漢”')
  })

  test('[LC3] an interrupted attempt is finished at the next start, from what it had fixed', async () => {
    const { resumeSealing } = await import('../../../server/signing/sealDocument.ts')
    const regulation = await server.documentOf('regulation')
    const head = await server.signIn('vpdbqh.head')
    await session.lock(regulation, Date.parse('2022-03-10T01:02:03Z'))
    await head.stepUp()
    await head.call('POST', `${api(regulation)}/seal`)
    const first = await session.phaseAfterSealing(head, regulation)
    expect(first.phase).toBe('signing')
    const one = await head.call<SigningView>('GET', `${api(regulation)}/signing`)
    const attempt = await server.platform.database.read
      .selectFrom('seal_attempt')
      .select('id')
      .where('document_id', '=', regulation.id)
      .executeTakeFirstOrThrow()
    // As a crash between rendering and storing leaves it.
    await server.platform.database.write((tx) =>
      tx
        .updateTable('document')
        .set({ phase: 'sealing', seal_attempt: attempt.id, current_file: null })
        .where('id', '=', regulation.id)
        .execute(),
    )
    await resumeSealing(server.app.deps)
    expect((await session.phaseAfterSealing(head, regulation)).phase).toBe('signing')
    const two = await head.call<SigningView>('GET', `${api(regulation)}/signing`)
    expect(two.body).toEqual(one.body)
  })

  test('the covenant is sealed: fourteen open places, persons first', async () => {
    const head = await server.signIn('vpdbqh.head')
    await session.lock(covenant)
    await head.stepUp()
    const answer = await head.call<DocumentView>('POST', `${api(covenant)}/seal`)
    expect([answer.status, answer.body.phase]).toEqual([202, 'sealing'])
    expect((await session.phaseAfterSealing(head, covenant)).phase).toBe('signing')
    const { body } = await head.call<SigningView>('GET', `${api(covenant)}/signing`)
    expect(body.places.map(({ id }) => id)).toEqual(placesFor(covenant.signers).map(({ id }) => id))
    expect(body.places.every(({ status }) => status === 'open')).toBe(true)
    const file = await session.download(head, `${api(covenant)}/sealed.pdf`)
    expect(sha256(file.bytes)).toBe(body.revision)
    expect((await session.judge(file.bytes)).body).toMatchObject({
      verdict: 'incomplete',
      problems: [],
    })
  })
})

describe('certificates', () => {
  test('the subject comes from the session, and kinds are distinct', async () => {
    const { key: person } = await session.signerOf({ agencyId: 'stc' as never, kind: 'person' })
    const { key: seal } = await session.signerOf({ agencyId: 'stc' as never, kind: 'seal' })
    const subject = async (key: Key) => {
      const pem = `-----BEGIN CERTIFICATE-----\n${key.certificate}\n-----END CERTIFICATE-----\n`
      await writeFile(path.join(folder, 'c.pem'), pem)
      const file = path.join(folder, 'c.pem')
      const options = ['-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus']
      return (await runTool('openssl', ['x509', '-in', file, ...options])).trim()
    }
    expect(await subject(person)).toBe(
      'subject=CN=Thủ trưởng Sở Tài chính,O=Sở Tài chính,OU=chữ ký thử nghiệm,serialNumber=stc:person',
    )
    expect(await subject(seal)).toBe(
      'subject=CN=Sở Tài chính,O=Sở Tài chính,OU=chữ ký thử nghiệm,serialNumber=stc:seal',
    )
  })

  test('officers, observers and strangers get none; a broken or foreign request neither', async () => {
    const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])
    const csr = await request(keys)
    for (const account of ['stc.officer', 'bantdkt.observer', 'operator']) {
      const visitor = await server.signIn(account)
      await visitor.stepUp()
      expect((await visitor.call('POST', '/api/certificates', { csr })).status).toBe(403)
    }
    expect((await server.visitor().call('POST', '/api/certificates', { csr })).status).toBe(401)
    const head = await server.signIn('stc.head')
    const tired = await head.call<{ code: string }>('POST', '/api/certificates', { csr })
    expect(tired.body.code).toBe('auth/step-up-required')
    await head.stepUp()
    const rsa = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, hash: 'SHA-256' } as const
    const rsaKeys = await crypto.subtle.generateKey(
      { ...rsa, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    )
    const rsaCsr = await Pkcs10CertificateRequestGenerator.create({
      keys: rsaKeys,
      signingAlgorithm: rsa,
    })
    for (const bad of ['hello', otherName(csr), rsaCsr.toString('pem')]) {
      const answer = await head.call<{ code: string }>('POST', '/api/certificates', { csr: bad })
      expect([answer.status, answer.body.code]).toEqual([400, 'input/invalid'])
    }
  })
})

describe('signing', () => {
  test('who may not, may not: role, place, password, certificate, order', async () => {
    const { visitor: head, key } = await session.signerOf({
      agencyId: 'stc' as never,
      kind: 'person',
    })
    const { visitor: clerk, key: clerkKey } = await session.signerOf({
      agencyId: 'stc' as never,
      kind: 'seal',
    })
    const officer = await server.signIn('stc.officer')
    const codeOf = async (answer: ReturnType<SigningSession['prepare']>) => {
      const { status, body } = await answer
      return [status, body.code]
    }
    await head.stepUp()
    await clerk.stepUp()
    await officer.stepUp()
    expect(await codeOf(session.prepare(head, covenant, 'snv:person', key))).toEqual([
      403,
      'auth/forbidden',
    ])
    expect(await codeOf(session.prepare(head, covenant, 'stc:seal', key))).toEqual([
      403,
      'auth/forbidden',
    ])
    expect(await codeOf(session.prepare(officer, covenant, 'stc:person', key))).toEqual([
      403,
      'auth/forbidden',
    ])
    expect(await codeOf(session.prepare(head, covenant, 'bantdkt:person', key))).toEqual([
      404,
      'signing/not-found',
    ])
    expect(await codeOf(session.prepare(clerk, covenant, 'stc:seal', clerkKey))).toEqual([
      409,
      'signing/not-yet',
    ])
    expect(await codeOf(session.prepare(head, covenant, 'stc:person', clerkKey))).toEqual([
      422,
      'signing/wrong-certificate',
    ])
    const { key: other } = await session.signerOf({ agencyId: 'snv' as never, kind: 'person' })
    expect(await codeOf(session.prepare(head, covenant, 'stc:person', other))).toEqual([
      422,
      'signing/wrong-certificate',
    ])
    const again = await server.signIn('stc.head')
    expect(await codeOf(session.prepare(again, covenant, 'stc:person', key))).toEqual([
      403,
      'auth/step-up-required',
    ])
    expect((await session.prepare(server.visitor(), covenant, 'stc:person', key)).status).toBe(401)
    const plan = await server.documentOf('plan')
    const { visitor: lead, key: leadKey } = await session.signerOf({
      agencyId: 'vpdbqh' as never,
      kind: 'person',
    })
    await lead.stepUp()
    expect(await codeOf(session.prepare(lead, plan, 'vpdbqh:person', leadKey))).toEqual([
      409,
      'document/wrong-phase',
    ])
  })

  test('[LC7][acceptance 19] two agencies prepare at once: one is embedded, the other prepares again', async () => {
    const one = await session.signerOf({ agencyId: 'stc' as never, kind: 'person' })
    const two = await session.signerOf({ agencyId: 'snv' as never, kind: 'person' })
    const first = await session.prepare(one.visitor, covenant, 'stc:person', one.key)
    await two.visitor.stepUp()
    const second = await session.prepare(two.visitor, covenant, 'snv:person', two.key)
    expect(first.body.revision).toBe(second.body.revision)
    // A stranger's preparation is nobody's business.
    expect((await session.complete(two.visitor, covenant, two.key, first.body)).body.code).toBe(
      'signing/not-found',
    )
    // A signature by another key is refused, and nothing has changed.
    const forged = await session.complete(one.visitor, covenant, two.key, first.body)
    expect([forged.status, forged.body.code]).toEqual([422, 'signing/bad-signature'])
    const done = await session.complete(one.visitor, covenant, one.key, first.body)
    expect(done.status).toBe(200)
    expect(done.body.places.find(({ id }) => id === 'stc:person')).toMatchObject({
      status: 'signed',
      by: { name: 'Thủ trưởng Sở Tài chính', agencyId: 'stc' },
    })
    const late = await session.complete(two.visitor, covenant, two.key, second.body)
    expect([late.status, late.body.code]).toEqual([409, 'signing/stale-base'])
    const twice = await session.complete(one.visitor, covenant, one.key, first.body)
    expect([twice.status, twice.body.code]).toEqual([409, 'signing/place-taken'])
    expect((await session.prepare(one.visitor, covenant, 'stc:person', one.key)).body.code).toBe(
      'signing/place-taken',
    )
    const anew = await session.prepare(two.visitor, covenant, 'snv:person', two.key)
    expect((await session.complete(two.visitor, covenant, two.key, anew.body)).status).toBe(200)
  })

  test('two completions on one base at the same moment: exactly one counts', async () => {
    const places = [
      { agencyId: 'vpub', kind: 'person' },
      { agencyId: 'stnmt', kind: 'person' },
    ] as unknown as Place[]
    const parties = await Promise.all(places.map(session.signerOf))
    const prepared: Prepared[] = []
    for (const [i, { visitor, key }] of parties.entries()) {
      await visitor.stepUp()
      const place = places[i] as Place
      prepared.push(
        (await session.prepare(visitor, covenant, `${place.agencyId}:${place.kind}`, key)).body,
      )
    }
    const answers = await Promise.all(
      parties.map(({ visitor, key }, i) =>
        session.complete(visitor, covenant, key, prepared[i] as Prepared),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const { body } = await (parties[0] as { visitor: Visitor }).visitor.call<SigningView>(
      'GET',
      `${api(covenant)}/signing`,
    )
    expect(body.places.filter(({ status }) => status === 'signed').length).toBe(3)
  })

  test('a preparation ends after ten minutes', async () => {
    const { visitor, key } = await session.signerOf({ agencyId: 'skhdt' as never, kind: 'person' })
    await visitor.stepUp()
    const { body } = await session.prepare(visitor, covenant, 'skhdt:person', key)
    server.advanceClock(10 * 60_000 + 1)
    const unproven = await session.complete(visitor, covenant, key, body)
    expect([unproven.status, unproven.body.code]).toEqual([403, 'auth/step-up-required'])
    await visitor.stepUp()
    const late = await session.complete(visitor, covenant, key, body)
    expect([late.status, late.body.code]).toEqual([409, 'signing/expired'])
  })

  test('[LC8] all sign, seals after persons, and the last one completes; every tool agrees', async () => {
    const head = await server.signIn('vpdbqh.head')
    const view = async () => (await head.call<SigningView>('GET', `${api(covenant)}/signing`)).body
    for (const place of placesFor(covenant.signers)) {
      const open = (await view()).places.find(({ id }) => id === place.id)?.status === 'open'
      if (open) expect((await session.sign(covenant, place)).status).toBe(200)
    }
    const { body: document } = await head.call<DocumentView>('GET', api(covenant))
    expect(document.phase).toBe('complete')
    const { bytes } = await session.download(head, `${api(covenant)}/sealed.pdf`)
    const { revision } = await view()
    expect(sha256(bytes)).toBe(revision)

    const { body } = await session.judge(bytes)
    expect(body).toMatchObject({ verdict: 'valid', problems: [], document: { id: covenant.id } })
    expect(body.signatures.map(({ valid }) => valid)).toEqual(Array(14).fill(true))

    const file = path.join(folder, 'covenant.pdf')
    const root = path.join(folder, 'root.pem')
    await writeFile(file, bytes)
    const { body: pem } = await server.visitor().call<string>('GET', '/api/trust/root.pem')
    await writeFile(root, pem)
    const store = await trustStore(await mkdtemp(path.join(folder, 'nss-')), root)
    const report = await runTool('pdfsig', ['-nssdir', store, file])
    expect(report.split('Signature is Valid.').length - 1).toBe(14)
    expect(report.split('Certificate is Trusted.').length - 1).toBe(14)
    expect(report.split(' Total document signed').length - 1).toBe(1)
    expect(await runTool('qpdf', ['--check', file])).toContain(
      'No syntax or stream encoding errors',
    )

    const { read } = server.platform.database
    const now = server.platform.clock()
    expect((await verifyCommand([file], read, now)).exitCode).toBe(0)
    const offline = await verifyCommand([file, '--root', root], null, now)
    expect([offline.exitCode, offline.lines[0]]).toEqual([0, 'valid: hợp lệ'])
    const base = await read
      .selectFrom('sealed_revision')
      .select('sha256')
      .where('document_id', '=', covenant.id)
      .where('number', '=', 0)
      .executeTakeFirstOrThrow()
    const pinned = ['--root', root, '--base', base.sha256]
    expect((await verifyCommand([file, ...pinned], null, now)).exitCode).toBe(0)
    const wrong = ['--root', root, '--base', 'f'.repeat(64)]
    expect((await verifyCommand([file, ...wrong], null, now)).exitCode).toBe(1)
    expect((await verifyCommand([root], read, now)).exitCode).toBe(2)
    expect((await verifyCommand([path.join(folder, 'none.pdf')], read, now)).exitCode).toBe(2)
    expect((await verifyCommand([file], null, now)).exitCode).toBe(2)
    expect((await verifyCommand([file, '--unknown'], read, now)).exitCode).toBe(2)
  })

  test('every state is kept, downloads are for the bloc alone, and nothing can be signed any more', async () => {
    const head = await server.signIn('vpdbqh.head')
    const rows = await server.platform.database.read
      .selectFrom('sealed_revision')
      .selectAll()
      .where('document_id', '=', covenant.id)
      .orderBy('number')
      .execute()
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, i) => i))
    let before: Buffer = Buffer.alloc(0)
    for (const { sha256: hash } of rows) {
      const place = `${api(covenant)}/revisions/${hash}.pdf`
      const { status, bytes } = await session.download(head, place)
      expect([status, sha256(bytes)]).toEqual([200, hash])
      expect(bytes.subarray(0, before.length).equals(before)).toBe(true)
      before = bytes
      expect((await session.download(await server.signIn('operator'), place)).status).toBe(404)
    }
    const response = await fetch(`${server.url}${api(covenant)}/revisions/${rows[0]?.sha256}.pdf`, {
      headers: { cookie: head.cookie },
    })
    await response.arrayBuffer()
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(
      (await session.download(head, `${api(covenant)}/revisions/${'0'.repeat(64)}.pdf`)).status,
    ).toBe(404)
    expect((await session.download(server.visitor(), `${api(covenant)}/sealed.pdf`)).status).toBe(
      401,
    )
    const { visitor, key } = await session.signerOf({ agencyId: 'stc' as never, kind: 'person' })
    await visitor.stepUp()
    const again = await session.prepare(visitor, covenant, 'stc:person', key)
    expect(again.body.code).toBe('document/wrong-phase')
    const audit = await server.platform.database.read.selectFrom('audit').select('event').execute()
    const count = (event: string) => audit.filter((row) => row.event === event).length
    expect(count('document.signed')).toBe(14)
    expect(count('document.completed')).toBe(1)
  })
})

describe('POST /api/verify', () => {
  test('wrong type, no PDF, somebody else’s PDF', async () => {
    const pdf = Buffer.from('%PDF-1.4\nhello')
    expect((await session.judge(pdf, 'application/json')).body.code).toBe('input/wrong-type')
    const none = await session.judge(Buffer.from('hello'))
    expect([none.status, none.body.code]).toEqual([422, 'verify/not-a-pdf'])
    expect((await session.judge(Buffer.alloc(0))).body.code).toBe('verify/not-a-pdf')
    expect((await session.judge(Buffer.concat([Buffer.from(' '), pdf]))).body.code).toBe(
      'verify/not-a-pdf',
    )
    const foreign = await session.judge(pdf)
    expect([foreign.status, foreign.body.verdict]).toEqual([200, 'foreign'])
  })

  test('a changed copy is not valid, with the reason', async () => {
    const head = await server.signIn('vpdbqh.head')
    const { bytes } = await session.download(head, `${api(covenant)}/sealed.pdf`)
    const changed = Buffer.from(bytes)
    changed[5000] = (changed[5000] ?? 0) ^ 1
    const { body } = await session.judge(changed)
    expect(body.verdict).toBe('invalid')
    expect(body.problems.length).toBeGreaterThan(0)
    const longer = await session.judge(Buffer.concat([bytes, Buffer.from('% hello\n')]))
    expect(longer.body.verdict).toBe('invalid')
  })

  test('sixty a minute and no more', async () => {
    const answers: number[] = []
    for (let i = 0; i < 61; i += 1)
      answers.push((await session.judge(Buffer.from('hello'), 'text/plain')).status)
    expect(answers.at(-1)).toBe(429)
  })
})

test('what is attached is what was locked', async () => {
  const file = path.join(folder, 'covenant.pdf')
  await runTool('pdfdetach', ['-save', '1', '-o', path.join(folder, 'a.json'), file])
  const attached = JSON.parse(await readFile(path.join(folder, 'a.json'), 'utf8'))
  const { blocks } = await server.app.deps.rooms.read(covenant.id)
  expect(attached.blocks.map(({ id }: { id: string }) => id)).toEqual(blocks.map(({ id }) => id))
  expect(attached.contentHash).toBe(covenant.contentHash)
})
