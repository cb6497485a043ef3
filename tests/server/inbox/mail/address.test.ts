import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '../../../../shared/inbox/api.ts'
import { codeIn, type MailSink } from '../../../support/mailSink.ts'
import { startTestServer, type TestServer, type Visitor } from '../../../support/testServer.ts'
import { startMailing } from '../../support/mailing.ts'
import { crowd } from '../../support/people.ts'
import { auditEvents, changesNothing } from '../../support/rows.ts'

const HOUR_MS = 60 * 60_000
let server: TestServer
let sink: MailSink
let person: (account: string) => Promise<Visitor>

beforeAll(async () => {
  ;({ server, sink } = await startMailing())
  person = crowd(server)
})
afterAll(async () => {
  await server.close()
  await sink.close()
})

type Answer = Inbox & { code: string; details: Record<string, unknown> }
const call = async (account: string, method: string, what: string, body?: object) =>
  (await person(account)).call<Answer>(method, `/api/inbox/mail/${what}`, body)
const ask = async (account: string, address: string, language = 'vi') => {
  await (await person(account)).stepUp()
  return call(account, 'PUT', 'address', { address, language })
}
const confirm = (account: string, code: string) => call(account, 'POST', 'confirm', { code })
const mailOf = async (account: string) =>
  (await (await person(account)).call<Inbox>('GET', '/api/inbox')).body.mail

test('[P17] nothing goes to an address before its code has come back, and nothing daily unless asked', async () => {
  expect(await mailOf('stc.officer')).toEqual({
    address: null,
    asked: null,
    frequency: 'off',
    kinds: { mention: true, reply: true, decided: true, changed: true },
  })
  const asked = await ask('stc.officer', ' Van.Thu@STC.example ')
  expect(asked.status).toBe(200)
  expect(asked.body.mail).toMatchObject({
    address: null,
    asked: { address: 'Van.Thu@stc.example' },
    frequency: 'off',
  })
  const refused = await call('stc.officer', 'PUT', 'choices', { frequency: 'daily' })
  expect([refused.status, refused.body.code]).toEqual([409, 'mail/no-address'])
  const { subject, text, html, envelope, headers } = sink.newest('Van.Thu@stc.example')
  const code = codeIn(sink, 'Van.Thu@stc.example')
  expect(envelope).toEqual({ from: 'nhat-tri@nhat-tri.example', to: ['Van.Thu@stc.example'] })
  expect(subject).toBe('Nhất Trí: xác nhận địa chỉ thư')
  expect(headers.get('auto-submitted')).toEqual(['auto-generated'])
  expect(html).toContain(code)
  // Whoever gets it by mistake learns nothing of who asked.
  for (const part of [text, html]) expect(part).not.toMatch(/Tài chính|stc\.officer/)
  const confirmed = await confirm('stc.officer', code)
  expect(confirmed.body.mail).toMatchObject({
    address: 'Van.Thu@stc.example',
    asked: null,
    frequency: 'off',
  })
  expect(
    (await call('stc.officer', 'PUT', 'choices', { frequency: 'daily' })).body.mail,
  ).toMatchObject({ frequency: 'daily' })
  const again = await confirm('stc.officer', code)
  expect([again.status, again.body.code]).toEqual([422, 'mail/wrong-code'])
})

test('[P17] another address takes over once it is confirmed; both are in the chain of acts, by no name', async () => {
  await ask('stc.officer', 'khac@stc.example', 'en')
  expect(await mailOf('stc.officer')).toMatchObject({
    address: 'Van.Thu@stc.example',
    asked: { address: 'khac@stc.example' },
  })
  expect(sink.newest('khac@stc.example').subject).toBe('Nhất Trí: confirm your mail address')
  await confirm('stc.officer', codeIn(sink, 'khac@stc.example'))
  expect(await mailOf('stc.officer')).toMatchObject({
    address: 'khac@stc.example',
    frequency: 'daily',
  })
  expect((await call('stc.officer', 'DELETE', 'address')).body.mail).toMatchObject({
    address: null,
    frequency: 'off',
  })
  const events = (await auditEvents(server)).filter((event) => event.startsWith('mail.'))
  expect(events).toEqual(['mail.confirmed', 'mail.confirmed', 'mail.removed'])
  const chain = await server.platform.database.read.selectFrom('audit').selectAll().execute()
  expect(JSON.stringify(chain)).not.toContain('stc.example')
})

test('a code is for its account alone, and for a while', async () => {
  await ask('snv.officer', 'a@snv.example')
  await ask('snv.head', 'b@snv.example')
  const code = codeIn(sink, 'a@snv.example')
  expect((await confirm('snv.head', code)).status).toBe(422)
  server.advanceClock(HOUR_MS)
  expect((await mailOf('snv.officer'))?.asked).toBeNull()
  expect((await confirm('snv.officer', code)).body.code).toBe('mail/wrong-code')
  expect((await mailOf('snv.officer'))?.address).toBeNull()
})

test('after five wrong codes the right one is worth nothing', async () => {
  await ask('vpub.officer', 'a@vpub.example')
  const code = codeIn(sink, 'a@vpub.example')
  const wrong = code === '00000000' ? '11111111' : '00000000'
  for (let n = 0; n < 5; n++) expect((await confirm('vpub.officer', wrong)).status).toBe(422)
  expect((await confirm('vpub.officer', code)).status).toBe(422)
  expect(await mailOf('vpub.officer')).toMatchObject({ address: null, asked: null })
})

test('five codes an hour to an account, and to a box, whoever asks', async () => {
  const sent = sink.letters.length
  for (let n = 0; n < 5; n++)
    expect(
      (await ask('skhcn.officer', n % 2 ? 'La@skhcn.example' : 'la@skhcn.example')).status,
    ).toBe(200)
  for (const [account, address] of [
    ['skhcn.officer', 'other@skhcn.example'],
    ['skhcn.head', 'LA@skhcn.example'],
  ] as const) {
    await (await person(account)).stepUp()
    const refused = await changesNothing(server, () =>
      call(account, 'PUT', 'address', { address, language: 'vi' }),
    )
    expect([refused.status, refused.body.code]).toEqual([429, 'server/too-many'])
    expect(refused.body.details.retryAfterSeconds).toBeGreaterThan(3_000)
  }
  expect(sink.letters.length).toBe(sent + 5)
  server.advanceClock(HOUR_MS)
  expect((await ask('skhcn.head', 'la@skhcn.example')).status).toBe(200)
})

test.each([
  ['refuses', 422, 'mail/address-refused'],
  ['later', 503, 'mail/not-sent'],
  ['hangs up', 503, 'mail/not-sent'],
] as const)('a mail server that %s is said, and no code counts', async (mood, status, code) => {
  sink.mood = mood
  const answer = await ask('skhdt.officer', 'a@skhdt.example')
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(JSON.stringify(answer.body)).not.toContain('skhdt.example')
  expect((await mailOf('skhdt.officer'))?.asked).toBeNull()
  sink.mood = 'takes'
})

test('[P17] a code can be dropped, and the address that was confirmed stays with what was chosen', async () => {
  await ask('stc.clerk', 'cu@stc.example')
  await confirm('stc.clerk', codeIn(sink, 'cu@stc.example'))
  await call('stc.clerk', 'PUT', 'choices', { frequency: 'daily' })
  await ask('stc.clerk', 'moi@stc.example')
  const code = codeIn(sink, 'moi@stc.example')
  const dropped = await call('stc.clerk', 'DELETE', 'code')
  expect([dropped.status, dropped.body.mail]).toMatchObject([
    200,
    { address: 'cu@stc.example', asked: null, frequency: 'daily' },
  ])
  expect((await confirm('stc.clerk', code)).body.code).toBe('mail/wrong-code')
  expect((await call('stc.clerk', 'DELETE', 'code')).status).toBe(200)
})

test.each(['later', 'hangs up'] as const)(
  'a letter that did not go, since the mail server %s, is not counted; one that was refused is',
  async (mood) => {
    server.advanceClock(HOUR_MS)
    const answers = async (count: number, address: string) => {
      const codes: number[] = []
      for (let n = 0; n < count; n++) codes.push((await ask('skhdt.head', address)).status)
      return codes
    }
    sink.mood = mood
    expect(await answers(6, 'b@skhdt.example')).toEqual(Array(6).fill(503))
    sink.mood = 'takes'
    expect(await answers(2, 'b@skhdt.example')).toEqual([200, 200])
    // Each is a question put to somebody else's server, which may be asked who has a box there.
    sink.mood = 'refuses'
    expect(await answers(4, 'b@skhdt.example')).toEqual([422, 422, 422, 429])
    sink.mood = 'takes'
  },
)

test('[T11] an address that is none is refused, and so is one without the password', async () => {
  const sent = sink.letters.length
  await (await person('stnmt.officer')).stepUp()
  for (const address of [
    '',
    'a@b',
    'a@b.vn\r\nBcc: c@d.vn',
    'a@b.vn, c@d.vn',
    `${'a'.repeat(300)}@b.vn`,
  ]) {
    const refused = await changesNothing(server, () =>
      call('stnmt.officer', 'PUT', 'address', { address, language: 'vi' }),
    )
    expect([refused.status, refused.body.code]).toEqual([400, 'input/invalid'])
  }
  const stale = await changesNothing(server, () =>
    call('stnmt.head', 'PUT', 'address', { address: 'a@b.vn', language: 'vi' }),
  )
  expect([stale.status, stale.body.code]).toEqual([403, 'auth/step-up-required'])
  expect(sink.letters.length).toBe(sent)
})

test('without SMTP_URL there is nothing of it: no route, no field, no clock', async () => {
  const plain = await startTestServer()
  try {
    const visitor = await crowd(plain)('stc.officer')
    const { body } = await visitor.call<Inbox>('GET', '/api/inbox')
    expect(body).not.toHaveProperty('mail')
    const routes = (await visitor.call<{ paths: object }>('GET', '/api/openapi.json')).body.paths
    expect(Object.keys(routes).filter((path) => path.includes('mail'))).toEqual([])
    const asked = await visitor.call<{ code: string }>('PUT', '/api/inbox/mail/choices', {})
    expect([asked.status, asked.body.code]).toEqual([404, 'route/not-found'])
    expect(plain.app.digests).toBeNull()
  } finally {
    await plain.close()
  }
})
