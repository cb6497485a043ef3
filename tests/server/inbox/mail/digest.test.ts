import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ThreadView } from '../../../../shared/comments/api.ts'
import type { DocumentKind } from '../../../../shared/documents/document.ts'
import type { Inbox } from '../../../../shared/inbox/api.ts'
import type { MailSink } from '../../../support/mailSink.ts'
import type { TestServer, Visitor } from '../../../support/testServer.ts'
import { nextDigests, PUBLIC_URL, startMailing, subscribe } from '../../support/mailing.ts'
import { clausesOf, crowd } from '../../support/people.ts'

const TO = 'truong@stc.example'
let server: TestServer
let sink: MailSink
let person: (account: string) => Promise<Visitor>
let head: string
const documents = new Map<DocumentKind, { id: string; clauseId: string }>()

beforeAll(async () => {
  ;({ server, sink } = await startMailing())
  person = crowd(server)
  for (const kind of ['covenant', 'plan'] as const) {
    const { id } = await server.documentOf(kind)
    const { clauses } = await clausesOf(await person('stc.head'), id)
    documents.set(kind, { id, clauseId: clauses[3]?.id ?? '' })
  }
  const row = await server.platform.database.read
    .selectFrom('account')
    .select('id')
    .where('account', '=', 'stc.head')
    .executeTakeFirstOrThrow()
  head = row.id
  await subscribe(sink, await person('stc.head'), TO)
})
beforeEach(() => {
  sink.letters.length = 0
})
afterAll(async () => {
  await server.close()
  await sink.close()
})

const say = async (account: string, kind: 'covenant' | 'plan', body: string, more: object = {}) => {
  const { id, clauseId } = documents.get(kind) ?? {}
  const visitor = await person(account)
  const way = `/api/documents/${id}/threads`
  const answer = await visitor.call<ThreadView>('POST', way, { clauseId, body, ...more })
  expect(answer.status).toBe(201)
  return answer.body.id
}
const call = (body: string) => `${body} @[person:${head}]`
const rows = (change: object) =>
  server.platform.database.write((tx) =>
    tx.updateTable('account').set(change).where('id', '=', head).execute(),
  )
const choose = async (body: object) => {
  const visitor = await person('stc.head')
  expect((await visitor.call('PUT', '/api/inbox/mail/choices', body)).status).toBe(200)
}

test('[P17] what is unread comes once a day, by document, with where to read it; once', async () => {
  await say('snv.officer', 'covenant', call('Xin xem mục này'))
  await say('vpub.officer', 'plan', call('Việc của kế hoạch'))
  await say('snv.officer', 'covenant', call('Và mục kia'))
  await server.app.digests?.look()
  expect(sink.letters).toEqual([])
  await nextDigests(server)
  expect(sink.letters).toHaveLength(1)
  const { subject, text, html, envelope } = sink.newest(TO)
  expect(envelope.to).toEqual([TO])
  expect(subject).toBe('Nhất Trí: 3 mục mới chưa đọc')
  const { clauseId } = documents.get('plan') ?? {}
  for (const part of [text, html]) {
    expect(part).toContain(`${PUBLIC_URL}/bloc/${server.blocId}/plan#${clauseId}`)
    expect(part.match(/nhắc đến bạn/g)).toHaveLength(3)
  }
  // One heading a document, the newest first, its items below it.
  const order = ['Giao ước ·', 'Và mục kia', 'Xin xem mục này', 'Kế hoạch ·', 'Việc của kế hoạch']
  const places = order.map((words) => text.indexOf(words))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(text.match(/Giao ước ·/g)).toHaveLength(1)
  expect(html).toContain('<html lang="vi">')
  await nextDigests(server)
  expect(sink.letters).toHaveLength(1)
})

test('[P17] the day after it counts what is new, and says so: the inbox holds more that is unread', async () => {
  await say('snv.officer', 'plan', call('hôm sau'))
  const visitor = await person('stc.head')
  expect((await visitor.call<Inbox>('GET', '/api/inbox')).body.unread).toBe(4)
  await nextDigests(server)
  const { subject, text, html } = sink.newest(TO)
  expect(subject).toBe('Nhất Trí: 1 mục mới chưa đọc')
  for (const part of [text, html]) {
    expect(part).toContain('Hộp thông báo của bạn có 1 mục mới chưa đọc.')
    expect(part).toContain('khi có mục mới chưa đọc')
    expect(part.match(/nhắc đến bạn/g)).toHaveLength(1)
  }
})

test('[P17] what was read in the inbox is not mailed, nor a kind that is not wanted by mail', async () => {
  await say('snv.officer', 'plan', call('đã đọc'))
  const visitor = await person('stc.head')
  const { items } = (await visitor.call<Inbox>('GET', '/api/inbox')).body
  await visitor.call('POST', '/api/inbox/read', { ids: items.map(({ id }) => id) })
  await nextDigests(server)
  expect(sink.letters).toEqual([])
  await choose({ kinds: { mention: false } })
  await say('snv.officer', 'plan', call('không qua thư'))
  await nextDigests(server)
  expect(sink.letters).toEqual([])
  await choose({ kinds: { mention: true } })
  await nextDigests(server)
  expect(sink.newest(TO).text).toContain('không qua thư')
})

test('[P10] an agency’s own words are in no mail, not even its own; others’ subjects tell none either', async () => {
  await say('stc.officer', 'plan', call('MARKEROWN'), { audience: 'agency' })
  await say('snv.officer', 'plan', call('MARKERALL'))
  await nextDigests(server)
  const { subject, text, html, raw } = sink.newest(TO)
  for (const part of [text, html]) {
    expect(part).toContain('Lời góp ý nội bộ của cơ quan chỉ xem được trong Nhất Trí.')
    expect(part).toContain('MARKERALL')
    expect(part).not.toContain('MARKEROWN')
  }
  expect(subject).toBe('Nhất Trí: 2 mục mới chưa đọc')
  // Of the letter as it went over the wire, the headers: no words of anybody.
  const headers = raw.slice(0, raw.indexOf('\r\n\r\n'))
  expect(headers).not.toMatch(/MARKER|TUFSS0VS/)
})

test('[P10] rights are those of the moment: whoever has left the agency gets nothing of its talk', async () => {
  await say('stc.officer', 'plan', call('MARKERGONE'), { audience: 'agency' })
  await rows({ agency_id: 'skhdt' })
  await nextDigests(server)
  expect(sink.letters).toEqual([])
  await rows({ agency_id: 'stc', disabled_at: server.platform.clock() })
  await nextDigests(server)
  expect(sink.letters).toEqual([])
  await rows({ disabled_at: null })
  await nextDigests(server)
  expect(sink.newest(TO).subject).toBe('Nhất Trí: 1 mục mới chưa đọc')
})

test('words that are taken back before the hour are not mailed', async () => {
  const id = await say('snv.officer', 'plan', call('lỡ lời'))
  const visitor = await person('snv.officer')
  await visitor.call('DELETE', `/api/threads/${id}`)
  await nextDigests(server)
  expect(sink.letters).toEqual([])
})

test('[T11] markup and line ends in names and comments are text, and make no header', async () => {
  const account = 'snv.clerk'
  const name = 'Tên\r\nBcc: la@xa.example\r\n\r\n<script>window.__x=1</script>'
  await server.platform.database.write((tx) =>
    tx.updateTable('account').set({ name }).where('account', '=', account).execute(),
  )
  await say(
    account,
    'plan',
    call('<img src=x onerror="window.__x=1">&amp; hết\n\n- Sở khác nhắc đến bạn'),
  )
  await nextDigests(server)
  const { headers, html, text, envelope } = sink.newest(TO)
  expect(headers.has('bcc')).toBe(false)
  expect(envelope.to).toEqual([TO])
  expect(html).toContain(
    '&lt;img src=x onerror=&quot;window.__x=1&quot;&gt;&amp;amp; hết - Sở khác',
  )
  expect(html).toContain('&lt;script&gt;')
  expect(html.match(/<(?:script|img)/g)).toBeNull()
  // Nobody's words can look like a line of ours.
  expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(1)
})

test('it is written in the language of the page on which it was chosen, and says of many how many', async () => {
  await choose({ language: 'en' })
  for (let n = 0; n < 52; n++) await say('snv.officer', 'plan', call(`việc ${n}`))
  await nextDigests(server)
  const { subject, text, html } = sink.newest(TO)
  expect(subject).toBe('Nhất Trí: 52 new unread items')
  expect(text.match(/mentioned you/g)).toHaveLength(50)
  expect(text).toContain('There are 52 new unread items in your inbox.')
  expect(text).toContain('2 more items are in your inbox.')
  expect(text).toContain('when something new is unread')
  expect(text).toContain('Plan ·')
  expect(html).toContain('<html lang="en">')
  await nextDigests(server)
  expect(sink.letters).toHaveLength(1)
})

test('[P17] no digest to whoever turned it off or took the address away', async () => {
  await choose({ frequency: 'off' })
  await say('snv.officer', 'plan', call('nghỉ'))
  await nextDigests(server)
  expect(sink.letters).toEqual([])
  await choose({ frequency: 'daily' })
  await server.app.digests?.look()
  expect(sink.letters, 'the first comes at the next hour').toEqual([])
  await (await person('stc.head')).call('DELETE', '/api/inbox/mail/address')
  await nextDigests(server)
  expect(sink.letters).toEqual([])
})
