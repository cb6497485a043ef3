import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { addAccount, addBloc, crowd } from '../support/people.ts'
import { changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let threadId: string

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
  const row = await server.platform.database.read
    .selectFrom('thread')
    .select('id')
    .where('document_id', '=', id)
    .executeTakeFirstOrThrow()
  threadId = row.id
})
afterAll(() => server.close())

type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string }

/** As written, headers that `fetch` would forbid included. */
async function send(account: string, { method, path, headers, body }: Sent) {
  const { cookie } = await person(account)
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const sent = request(
      server.url + path,
      {
        method,
        headers: {
          cookie,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: res.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

const refused = async (account: string, sent: Sent) => {
  const { status, body } = await changesNothing(server, () => send(account, sent))
  expect(body).toMatchObject({ type: `urn:nhat-tri:error:${body.code}`, title: body.code, status })
  return [status, body.code]
}
const place = () => `/api/documents/${id}`

describe('ids that name nothing one may see', () => {
  const paths = (documentId: string, thread: string, blocId: string) => ({
    document: { method: 'GET', path: `/api/documents/${documentId}` },
    patch: { method: 'PATCH', path: `/api/documents/${documentId}`, body: '{"title":"x"}' },
    clauses: { method: 'GET', path: `/api/documents/${documentId}/clauses` },
    threads: { method: 'GET', path: `/api/documents/${documentId}/threads` },
    open: {
      method: 'POST',
      path: `/api/documents/${documentId}/threads`,
      body: '{"clauseId":"x","body":"x"}',
    },
    positions: { method: 'GET', path: `/api/documents/${documentId}/positions` },
    proposals: { method: 'GET', path: `/api/documents/${documentId}/proposals` },
    propose: {
      method: 'POST',
      path: `/api/documents/${documentId}/proposals`,
      body: `{"clauseId":"x","baseHash":"${'a'.repeat(64)}","text":"x"}`,
    },
    proposeMany: {
      method: 'POST',
      path: `/api/documents/${documentId}/proposals/batch`,
      body: `{"items":[{"clauseId":"x","baseHash":"${'a'.repeat(64)}","text":"x"}]}`,
    },
    swallowed: { method: 'GET', path: `/api/documents/${documentId}/swallowed` },
    move: {
      method: 'POST',
      path: `/api/documents/${documentId}/clauses/x/move`,
      body: '{"afterClauseId":null}',
    },
    merge: { method: 'POST', path: `/api/documents/${documentId}/clauses/x/merge` },
    delete: { method: 'POST', path: `/api/documents/${documentId}/clauses/x/delete` },
    replace: {
      method: 'POST',
      path: `/api/documents/${documentId}/replace`,
      body: '{"text":"x","matchCase":true,"by":"y"}',
    },
    undo: { method: 'POST', path: `/api/documents/${documentId}/acts/${'a'.repeat(21)}/undo` },
    readiness: { method: 'GET', path: `/api/documents/${documentId}/readiness` },
    lock: { method: 'POST', path: `/api/documents/${documentId}/lock` },
    unlock: { method: 'POST', path: `/api/documents/${documentId}/unlock`, body: '{"reason":"x"}' },
    announce: { method: 'POST', path: `/api/documents/${documentId}/lock/announcement` },
    reply: { method: 'POST', path: `/api/threads/${thread}/replies`, body: '{"body":"x"}' },
    resolve: { method: 'POST', path: `/api/threads/${thread}/resolve` },
    edit: { method: 'PATCH', path: `/api/threads/${thread}`, body: '{"body":"x"}' },
    remove: { method: 'DELETE', path: `/api/threads/${thread}` },
    editReply: { method: 'PATCH', path: `/api/threads/${thread}/replies/x`, body: '{"body":"x"}' },
    removeReply: { method: 'DELETE', path: `/api/threads/${thread}/replies/x` },
    bloc: { method: 'GET', path: `/api/blocs/${blocId}` },
    audit: { method: 'GET', path: `/api/blocs/${blocId}/audit` },
  })

  test('unknown, misshapen and foreign ones answer alike', async () => {
    await addBloc(server, 'khoikhac')
    await addAccount(server, { account: 'nguoi.ngoai', agencyId: 'khoikhac', role: 'head' })
    const none = 'a'.repeat(21)
    const unknown = paths(none, none, none)
    const misshapen = paths('khong-co', '..%2f', "x'--")
    const foreign = paths(id, threadId, server.blocId)
    for (const name of Object.keys(unknown) as (keyof typeof unknown)[]) {
      const [status, code] = await refused('vpdbqh.head', unknown[name])
      expect([name, status, String(code)]).toEqual([
        name,
        404,
        expect.stringMatching(/^(document|thread|bloc)\/not-found$/),
      ])
      expect([name, ...(await refused('vpdbqh.head', misshapen[name]))]).toEqual([name, 404, code])
      expect([name, ...(await refused('nguoi.ngoai', foreign[name]))]).toEqual([name, 404, code])
      expect([name, ...(await refused('operator', foreign[name]))]).toEqual([name, 404, code])
    }
  })

  test('an unknown route is told as such', async () => {
    expect(await refused('stc.head', { method: 'GET', path: '/api/nothing' })).toEqual([
      404,
      'route/not-found',
    ])
  })
})

describe('bodies', () => {
  const describing = (body: string, headers?: Record<string, string>) =>
    refused('vpdbqh.head', { method: 'PATCH', path: place(), body, ...(headers && { headers }) })

  test('an unknown field', async () => {
    expect(await describing('{"title":"x","phase":"locked"}')).toEqual([400, 'input/invalid'])
    expect(
      await refused('vpdbqh.head', {
        method: 'POST',
        path: `${place()}/lock`,
        body: '{"force":true}',
      }),
    ).toEqual([400, 'input/invalid'])
  })
  test('no JSON, a list, a text, a number', async () => {
    for (const body of ['{', '[]', '"x"', '7', '{"title":"\\ud8'])
      expect([body, ...(await describing(body))]).toEqual([body, 400, 'input/invalid'])
  })
  test('another content type', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect(await describing('{"title":"x"}', { 'content-type': type })).toEqual([
        415,
        'input/wrong-type',
      ])
  })
  test('half a letter, which the disk would keep as another', async () => {
    const half = '\\ud800'
    const acts = [
      ['PATCH', '', `{"title":"x${half}"}`],
      ['PATCH', '', `{"recipients":["x","${half}x"]}`],
      ['POST', '/replace', `{"text":"x","matchCase":true,"by":"${half}"}`],
      ['POST', '/replace', `{"text":"${half}","matchCase":true,"by":"x"}`],
      ['POST', '/threads', `{"clauseId":"${'c'.repeat(21)}","body":"${half}"}`],
      ['POST', '/unlock', `{"reason":"${half}"}`],
    ] as const
    for (const [method, path, body] of acts)
      expect([
        body,
        ...(await refused('vpdbqh.head', { method, path: place() + path, body })),
      ]).toEqual([body, 400, 'input/invalid'])
  })
  test('more than 256 kB', async () => {
    const body = JSON.stringify({ title: 'x'.repeat(262_144) })
    expect(await describing(body)).toEqual([413, 'input/too-large'])
  })
  test('an unknown field in the query', async () => {
    expect(await refused('stc.head', { method: 'GET', path: `${place()}?all=1` })).toEqual([
      400,
      'input/invalid',
    ])
  })
  test('a prototype in disguise', async () => {
    expect(await describing('{"__proto__":{"title":"x"}}')).toEqual([400, 'input/invalid'])
    expect(await describing('{"signingTitles":{"constructor":"x"}}')).toEqual([
      400,
      'input/invalid',
    ])
  })
})

describe('pages of others', () => {
  const acting = (headers: Record<string, string>) => ({
    method: 'PATCH',
    path: place(),
    body: '{"place":"Phan Rang"}',
    headers,
  })
  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ] as Record<string, string>[])('%j may not act', async (headers) => {
    expect(await refused('vpdbqh.head', acting(headers))).toEqual([403, 'auth/forbidden'])
  })
  test('ours may, and so may a script', async () => {
    const { port } = new URL(server.url)
    const ours: Record<string, string>[] = [
      { origin: server.url },
      { origin: `http://localhost:${port}` },
      { 'sec-fetch-site': 'same-origin' },
      {},
    ]
    for (const headers of ours)
      expect((await send('vpdbqh.head', acting(headers))).status).toBe(200)
    await send('vpdbqh.head', { ...acting({}), body: '{"place":"Ninh Thuận"}' })
  })
  test('reading is nobody’s act, so it needs no origin', async () => {
    const reading = { method: 'GET', path: place(), headers: { origin: 'https://evil.example' } }
    expect((await send('stc.head', reading)).status).toBe(200)
  })
})

test('a session that was made up opens nothing', async () => {
  for (const cookie of ['nhat-tri=', 'nhat-tri=x', `nhat-tri=${'a'.repeat(43)}`, 'other=1']) {
    const answer = await server.visitor(cookie).call('GET', place())
    expect([answer.status, answer.body]).toMatchObject([401, { code: 'auth/required' }])
  }
})

test('what is not built is absent from the description of the API', async () => {
  const { body } = await server
    .visitor()
    .call<{ paths: Record<string, Record<string, unknown>> }>('GET', '/api/openapi.json')
  expect(Object.keys(body.paths['/api/documents/{documentId}'] ?? {})).toEqual(['get', 'patch'])
  expect(Object.keys(body.paths['/api/documents/{documentId}/proposals'] ?? {})).toEqual([
    'get',
    'post',
  ])
  const later = await (await person('stc.head')).call('POST', `${place()}/meetings`, {})
  expect([later.status, later.body]).toMatchObject([404, { code: 'route/not-found' }])
})
