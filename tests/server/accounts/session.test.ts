import { parseOptions } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword, NOBODYS_HASH } from '../../../server/accounts/password.ts'
import { SignInLimits } from '../../../server/accounts/signInLimits.ts'
import type { SessionView } from '../../../shared/accounts/api.ts'
import { insertClause } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'
import { startTestServer, type TestServer } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { addAccount } from '../support/people.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const signIn = (account: string, password: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ account, password }),
  })
const sessions = () => server.platform.database.read.selectFrom('session').selectAll().execute()

test('signing in answers who one is and sets the cookie of the contract', async () => {
  const answer = await signIn('stc.head', 'nhat-tri-demo')
  expect(answer.status).toBe(201)
  const { user, stepUpUntil } = (await answer.json()) as SessionView
  expect(user).toMatchObject({ account: 'stc.head', agencyId: 'stc', role: 'head' })
  expect(stepUpUntil).toBeNull()
  const [cookie] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^nhat-tri=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('the token itself is not in the database', async () => {
  const answer = await signIn('stc.head', 'nhat-tri-demo')
  const token = /nhat-tri=([\w-]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1]
  expect(token).toHaveLength(43)
  expect(JSON.stringify(await sessions())).not.toContain(token)
})

test('behind https the cookie is Secure and bound to the host', async () => {
  const secure = await startTestServer({
    config: { publicUrl: 'https://nhat-tri.example', demoPassword: 'khac-mat-khau' },
  })
  try {
    const answer = await secure
      .visitor()
      .call('POST', '/api/session', { account: 'stc.head', password: 'khac-mat-khau' })
    const [cookie] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-nhat-tri=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    const planted = secure.visitor(cookie?.split(';')[0]?.replace('__Host-', ''))
    expect((await planted.call('GET', '/api/session')).status).toBe(401)
    const own = secure.visitor(cookie?.split(';')[0])
    expect((await own.call('GET', '/api/session')).status).toBe(200)
  } finally {
    await secure.close()
  }
})

test('the sign-in name is found in any case and spelling', async () => {
  expect((await signIn('  STC.Head ', 'nhat-tri-demo')).status).toBe(201)
})

test('signed out, the session is gone for requests', async () => {
  const visitor = await server.signIn('snv.officer')
  expect((await visitor.call('GET', '/api/session')).status).toBe(200)
  const out = await visitor.call('DELETE', '/api/session')
  expect(out.status).toBe(204)
  expect(out.headers.getSetCookie()[0]).toMatch(/^nhat-tri=; Max-Age=0/)
  const after = await visitor.call('GET', '/api/session')
  expect([after.status, after.body]).toMatchObject([401, { code: 'auth/required' }])
  expect((await server.visitor().call('DELETE', '/api/session')).status).toBe(204)
})

test('signing out closes the person’s open documents with 4401, and nobody else’s', async () => {
  const { id } = await server.documentOf('covenant')
  const [leaving, staying] = await Promise.all([
    server.signIn('snv.officer'),
    server.signIn('snv.officer'),
  ])
  const open = await openDocument(server, leaving, id)
  const other = await openDocument(server, staying, id)
  await leaving.call('DELETE', '/api/session')
  expect((await open.closed).code).toBe(4401)
  other.write((_, doc) => void insertClause(doc, null, clause('con-lai', 'text', 'còn đây')))
  await other.saved()
  await other.leave()
})

test('signing in again ends the session that the browser had', async () => {
  const visitor = await server.signIn('snv.officer')
  await visitor.call('POST', '/api/session', { account: 'snv.clerk', password: 'nhat-tri-demo' })
  expect((await visitor.call('GET', '/api/session')).status).toBe(401)
})

test('a session lasts 30 days and no longer', async () => {
  const own = await startTestServer()
  try {
    const visitor = await own.signIn('snv.officer')
    own.advanceClock(30 * 24 * 3_600_000 - 60_000)
    expect((await visitor.call('GET', '/api/session')).status).toBe(200)
    own.advanceClock(61_000)
    expect((await visitor.call('GET', '/api/session')).status).toBe(401)
    await own.signIn('snv.officer')
    const rows = await own.platform.database.read.selectFrom('session').select('id').execute()
    expect(rows).toHaveLength(1)
  } finally {
    await own.close()
  }
})

test('step-up is fresh for five minutes', async () => {
  const own = await startTestServer()
  try {
    const visitor = await own.signIn('vpdbqh.head')
    const wrong = await visitor.call('POST', '/api/session/step-up', { password: 'sai' })
    expect([wrong.status, wrong.body]).toMatchObject([401, { code: 'auth/bad-credentials' }])
    const right = await visitor.call<SessionView>('POST', '/api/session/step-up', {
      password: 'nhat-tri-demo',
    })
    const left = Date.parse(right.body.stepUpUntil ?? '') - own.platform.clock()
    expect(left).toBeGreaterThan(4 * 60_000)
    expect(left).toBeLessThanOrEqual(5 * 60_000)
    own.advanceClock(5 * 60_000)
    const later = await visitor.call<SessionView>('GET', '/api/session')
    expect(later.body.stepUpUntil).toBeNull()
  } finally {
    await own.close()
  }
})

test('a disabled account loses its sessions at once and cannot sign in', async () => {
  const id = await addAccount(server, { account: 'stc.roi', agencyId: 'stc', role: 'officer' })
  const visitor = await server.signIn('stc.roi')
  await server.platform.database.write((tx) =>
    tx.updateTable('account').set({ disabled_at: 1 }).where('id', '=', id).execute(),
  )
  expect((await visitor.call('GET', '/api/session')).status).toBe(401)
  expect((await signIn('stc.roi', 'nhat-tri-demo')).status).toBe(401)
})

test('an unknown account is refused as a wrong password is, after the same work', async () => {
  const [unknown, wrong] = [await signIn('khong.co', 'sai'), await signIn('stc.clerk', 'sai')]
  expect(await unknown.json()).toEqual(await wrong.json())
  expect([unknown.status, wrong.status]).toEqual([401, 401])
  const cost = ({
    algorithm,
    memoryCost,
    timeCost,
    parallelism,
  }: ReturnType<typeof parseOptions>) => ({ algorithm, memoryCost, timeCost, parallelism })
  const real = parseOptions(await hashPassword('bất kỳ'))
  expect(cost(parseOptions(NOBODYS_HASH))).toEqual(cost(real))
  expect(real).toMatchObject({ algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 })
})

test('the limit counts failures only, and tells when to come back', async () => {
  const own = await startTestServer()
  try {
    const attempt = (account: string, password: string) =>
      own.visitor().call('POST', '/api/session', { account, password })
    for (let i = 0; i < 15; i += 1)
      expect((await attempt('vpub.head', 'nhat-tri-demo')).status).toBe(201)
    // Guesses that come all at once are counted all the same.
    const guesses = await Promise.all(Array.from({ length: 14 }, () => attempt('vpub.head', 'sai')))
    const statuses = guesses.map(({ status }) => status)
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(11)
    const refused = await attempt('vpub.head', 'nhat-tri-demo')
    expect([refused.status, refused.body]).toMatchObject([429, { code: 'server/too-many' }])
    const { retryAfterSeconds } = (
      refused.body as unknown as {
        details: { retryAfterSeconds: number }
      }
    ).details
    expect(retryAfterSeconds).toBeGreaterThan(800)
    expect(retryAfterSeconds).toBeLessThanOrEqual(900)
    // Others behind the same address still come in.
    expect((await attempt('vpub.officer', 'nhat-tri-demo')).status).toBe(201)
  } finally {
    await own.close()
  }
})

test('an address that tries account after account is stopped too', async () => {
  const limits = new SignInLimits()
  const attempt = (n: number, address = '192.0.2.7') => ({ account: `ai.do${n}`, address })
  for (let n = 0; n < 100; n += 1) {
    await limits.demand(attempt(n))
    await limits.failed(attempt(n))
  }
  await expect(limits.demand(attempt(100))).rejects.toMatchObject({ code: 'server/too-many' })
  await limits.demand(attempt(100, '192.0.2.8'))
})

test('an account tried from everywhere is closed to all, one tried from one address only to that', async () => {
  const limits = new SignInLimits()
  const attempt = (address: string) => ({ account: 'stc.head', address })
  for (let n = 0; n < 10; n += 1) await limits.failed(attempt('192.0.2.7'))
  await expect(limits.demand(attempt('192.0.2.7'))).rejects.toMatchObject({
    code: 'server/too-many',
  })
  await limits.demand(attempt('192.0.2.8'))
  for (let n = 0; n < 90; n += 1) await limits.failed(attempt(`198.51.100.${n}`))
  await expect(limits.demand(attempt('192.0.2.8'))).rejects.toMatchObject({
    code: 'server/too-many',
  })
})

test.each([
  ['unknown field', { account: 'stc.head', password: 'x', admin: true }],
  ['no password', { account: 'stc.head' }],
  ['a password that is no text', { account: 'stc.head', password: 7 }],
  ['an overlong password', { account: 'stc.head', password: 'x'.repeat(257) }],
])('%s is refused', async (_, body) => {
  const answer = await server.visitor().call('POST', '/api/session', body)
  expect([answer.status, answer.body]).toMatchObject([400, { code: 'input/invalid' }])
})
