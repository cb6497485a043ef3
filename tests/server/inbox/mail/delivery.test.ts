import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailSink, startMailSink } from '../../../support/mailSink.ts'
import { startTestServer, type TestServer } from '../../../support/testServer.ts'
import { refuseWrites } from '../../support/breakdowns.ts'
import { nextDigests, startMailingServer, subscribe, untilNoon } from '../../support/mailing.ts'
import { clausesOf, crowd } from '../../support/people.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

let folder: string
let sink: MailSink
let server: TestServer
let log: string[]
let noon: number

/** With the sample bloc in it, which takes longer to make than to copy. */
let made: string
const newFolder = () => mkdtemp(path.join(tmpdir(), 'nhat-tri-mail-'))
beforeAll(async () => {
  made = await newFolder()
  await (await startTestServer({ folder: made })).close()
})
afterAll(() => rm(made, { recursive: true }))

beforeEach(async () => {
  folder = await newFolder()
  await cp(made, folder, { recursive: true })
  sink = await startMailSink()
  noon = untilNoon(Date.now())
  await start()
})
afterEach(async () => {
  await server.close()
  await sink.close()
  await rm(folder, { recursive: true })
})

/** Again on the same folder, after whatever became of the one before. @param clockAhead of the first one's noon, in ms */
async function start(clockAhead = 0) {
  server = await startMailingServer(sink, { folder, ahead: noon + clockAhead })
  log = []
  server.platform.log = pino({ level: 'trace' }, { write: (line) => void log.push(line) })
}

const idOf = async (account: string) =>
  (
    await server.platform.database.read
      .selectFrom('account')
      .select('id')
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
  ).id
async function tell(account: string, words = 'xem'): Promise<void> {
  const writer = await crowd(server)('snv.officer')
  const { id } = await server.documentOf('plan')
  const { clauses } = await clausesOf(writer, id)
  const body = `${words} @[person:${await idOf(account)}]`
  const way = `/api/documents/${id}/threads`
  const answer = await writer.call('POST', way, { clauseId: clauses[1]?.id, body })
  expect(answer.status).toBe(201)
}
/** Somebody who gets digests at `<account>@nha.example` and has something to be told of. */
async function reader(account: string): Promise<string> {
  const address = `${account}@nha.example`
  await subscribe(sink, await crowd(server)(account), address)
  await tell(account)
  return address
}
const messageIds = () => sink.letters.map(({ headers }) => headers.get('message-id')?.[0])
const events = () => log.map((line) => (JSON.parse(line) as { msg: string }).msg)

test('[P17] a server that starts again sends no digest twice, and forgets none', async () => {
  await reader('stc.head')
  await nextDigests(server)
  expect(sink.letters).toHaveLength(1)
  await server.close()
  await start(DAY_MS)
  await server.app.digests?.look()
  expect(sink.letters).toHaveLength(1)
  await tell('stc.head', 'lần nữa')
  await server.close()
  // It was down at the hour.
  await start(2 * DAY_MS + 300 * MINUTE_MS)
  await server.app.digests?.look()
  expect(sink.letters).toHaveLength(2)
  expect(sink.letters[1]?.subject).toBe('Nhất Trí: 1 mục mới chưa đọc')
  expect(sink.letters[1]?.text).toContain('lần nữa')
})

test('[P17] sent, but not marked: this process marks it later, one after a crash sends it again by the same name', async () => {
  await reader('stc.head')
  await refuseWrites(server, {
    table: 'mail_address',
    what: 'update',
    when: 'new.digest_day > old.digest_day',
  })
  await nextDigests(server)
  expect([sink.letters.length, events()]).toEqual([1, ['digest.sent', 'digest.failed']])
  server.advanceClock(2 * MINUTE_MS)
  await server.app.digests?.look()
  expect(sink.letters, 'not once more while the disk refuses').toHaveLength(1)
  await server.close()
  await start(DAY_MS + 10 * MINUTE_MS)
  await server.app.digests?.look()
  expect(sink.letters).toHaveLength(2)
  expect(new Set(messageIds()).size).toBe(1)
  await server.platform.database.write((tx) => sql`drop trigger breakdown`.execute(tx))
  server.advanceClock(2 * MINUTE_MS)
  await server.app.digests?.look()
  await nextDigests(server)
  expect(sink.letters).toHaveLength(2)
})

test.each(['hangs up', 'later', 'takes and hangs up'] as const)(
  '[P17] a mail server that %s is asked again, each time after a longer pause',
  async (mood) => {
    await reader('stc.head')
    sink.mood = mood
    const before = sink.tries
    await nextDigests(server)
    // Minutes after the first failure, and how often it had been tried by then.
    const tries: [number, number][] = []
    for (let minute = 0; minute <= 16; minute++) {
      await server.app.digests?.look()
      tries.push([minute, sink.tries - before])
      server.advanceClock(MINUTE_MS)
    }
    const firstOf = (count: number) => tries.find(([, tried]) => tried === count)?.[0]
    expect([1, 2, 3, 4, 5].map(firstOf)).toEqual([0, 1, 3, 7, 15])
    sink.mood = 'takes'
    const until = sink.letters.length
    server.advanceClock(60 * MINUTE_MS)
    await server.app.digests?.look()
    expect(sink.letters).toHaveLength(until + 1)
    // Copies that got through although the line broke are told apart from nothing: they bear one name.
    expect(new Set(messageIds()).size).toBe(1)
    expect(events().at(-1)).toBe('digest.sent')
  },
)

/** Readers in the order in which a first round comes to them. */
async function readers(...accounts: string[]): Promise<string[]> {
  const known = new Map<string, string>()
  for (const account of accounts) known.set(await idOf(account), await reader(account))
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, address]) => address)
}
const sentTo = () => sink.letters.flatMap(({ envelope }) => envelope.to)

test.each(['hangs up', 'closes', 'takes and hangs up'] as const)(
  '[P17] one letter on which the mail server %s keeps nobody behind it waiting, and is put off itself',
  async (mood) => {
    const [bad = '', ...others] = await readers('stc.head', 'snv.head', 'vpub.head')
    sink.moods.set(bad, mood)
    const before = sink.tries
    await nextDigests(server)
    const healthy = () =>
      sentTo()
        .filter((to) => to !== bad)
        .sort()
    expect(healthy()).toEqual([...others].sort())
    await server.app.digests?.look()
    expect(sink.tries - before, 'not again at once').toBe(3)
    for (let minute = 1; minute <= 10; minute++) {
      server.advanceClock(MINUTE_MS)
      await server.app.digests?.look()
    }
    expect(sink.tries - before, 'four times: after 1, 2 and 4 minutes').toBe(2 + 4)
    expect(healthy()).toHaveLength(2)
  },
)

test('[P17] two such letters hold a round up for a minute; it goes on behind them', async () => {
  const [bad = '', worse = '', good = ''] = await readers('stc.head', 'snv.head', 'vpub.head')
  sink.moods.set(bad, 'closes').set(worse, 'hangs up')
  await nextDigests(server)
  expect(sentTo()).toEqual([])
  server.advanceClock(MINUTE_MS)
  await server.app.digests?.look()
  expect(sentTo()).toEqual([good])
})

test('one that is down is known by two letters and then asked once a round, whoever waits; one box that is full keeps nobody else waiting', async () => {
  const all = await readers('stc.head', 'snv.head', 'vpub.head')
  const triesIn = async (act: () => Promise<unknown> | undefined) => {
    const before = sink.tries
    await act()
    return sink.tries - before
  }
  const anHourLater = () => {
    server.advanceClock(60 * MINUTE_MS)
    return server.app.digests?.look()
  }
  sink.mood = 'later'
  expect(await triesIn(() => nextDigests(server))).toBe(3)
  sink.mood = 'hangs up'
  expect(await triesIn(anHourLater)).toBe(2)
  expect(await triesIn(anHourLater)).toBe(1)
  sink.mood = 'takes'
  await anHourLater()
  expect(sentTo().sort()).toEqual([...all].sort())
})

test('a box that is refused is asked again the day after, with all that is unread by then', async () => {
  const to = await reader('stc.head')
  sink.mood = 'refuses'
  const before = sink.tries
  await nextDigests(server)
  server.advanceClock(120 * MINUTE_MS)
  await server.app.digests?.look()
  expect(sink.tries - before).toBe(1)
  sink.mood = 'takes'
  await tell('stc.head')
  await nextDigests(server)
  expect(sink.newest(to).subject).toBe('Nhất Trí: 2 mục mới chưa đọc')
})

test('[T03] the log names neither addresses nor words nor the password of the mail server', async () => {
  await reader('stc.head')
  for (const mood of ['refuses', 'hangs up', 'later', 'takes'] as const) {
    sink.mood = mood
    await nextDigests(server)
  }
  await sink.close()
  await tell('stc.head', 'MARKER')
  await nextDigests(server)
  expect(new Set(events())).toEqual(new Set(['digest.refused', 'digest.put-off', 'digest.sent']))
  const lines = log.join('')
  expect(lines).not.toMatch(/nha\.example|MARKER|smtp:|127\.0\.0\.1|Sở/)
})

test('whoever looks meanwhile waits for the same round: one letter', async () => {
  await reader('stc.head')
  server.advanceClock(DAY_MS)
  await Promise.all([1, 2, 3].map(() => server.app.digests?.look()))
  expect(sink.letters).toHaveLength(1)
})

test('a mail server that says nothing holds up no shutdown', async () => {
  await reader('stc.head')
  sink.mood = 'falls silent'
  server.advanceClock(DAY_MS)
  const before = sink.tries
  const round = server.app.digests?.look()
  await expect.poll(() => sink.tries).toBe(before + 1)
  const begun = performance.now()
  await server.app.digests?.stop()
  expect(performance.now() - begun).toBeLessThan(8_000)
  await round
  await server.app.digests?.look()
  expect(sink.tries).toBe(before + 1)
})

test('through TLS and with a password, where the URL says so; a wrong one is a server that is down', async () => {
  const safe = await startMailSink({ tls: true, user: 'nhat-tri', password: 'bi-mat' })
  await server.close()
  await sink.close()
  sink = safe
  await start()
  const to = await reader('stc.head')
  await nextDigests(server)
  expect(safe.newest(to)).toMatchObject({ user: 'nhat-tri', secure: true })
  await tell('stc.head')
  await server.close()
  sink.url = safe.url.replace('bi-mat', 'bi-lo')
  await start(2 * DAY_MS)
  await server.app.digests?.look()
  expect(safe.letters).toHaveLength(1)
  expect(events()).toEqual(['digest.put-off'])
  expect(log.join('')).not.toContain('bi-lo')
})

test.each([
  ['with a certificate that nobody vouches for', { tls: true }, (url: string) => url.split('?')[0]],
  [
    'without TLS, for a password that leaves the machine',
    { user: 'nhat-tri', password: 'bi-mat' },
    // Another name of loopback, which does not say so.
    (url: string) => url.replace('127.0.0.1', '0.0.0.0'),
  ],
] as const)('a line %s is not safe enough', async (_, options, reach) => {
  const unsafe = await startMailSink(options)
  await server.close()
  sink.url = reach(unsafe.url) ?? ''
  await start()
  const visitor = await crowd(server)('stc.head')
  await visitor.stepUp()
  const answer = await visitor.call<{ code: string }>('PUT', '/api/inbox/mail/address', {
    address: 'a@nha.example',
    language: 'vi',
  })
  expect([answer.status, answer.body.code]).toEqual([503, 'mail/not-sent'])
  expect([unsafe.letters, unsafe.signIns]).toEqual([[], 0])
  await unsafe.close()
})
