import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../support/testServer.ts'

let server: TestServer
const pdf = Buffer.from('%PDF-1.4\nhello')

beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

type Upload = { req: ClientRequest; answer: Promise<{ status: number; code: string | undefined }> }

/** Says what is coming and sends none of it yet. */
async function begin(headers: Record<string, string | number> = {}): Promise<Upload> {
  const req = request(`${server.url}/api/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf', 'content-length': pdf.length, ...headers },
  })
  const answer = (async () => {
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of res.setEncoding('utf8')) text += chunk
    return { status: res.statusCode ?? 0, code: (JSON.parse(text) as { code?: string }).code }
  })()
  answer.catch(() => {
    // A test that breaks the connection off gets no answer.
  })
  const seen = once(server.app.server, 'request')
  req.flushHeaders()
  await seen
  return { req, answer }
}

test('whoever comes when all turns are taken is refused before sending the file; aborted ones give theirs back', async () => {
  const uploads: Upload[] = []
  for (let i = 0; i < 12; i += 1) uploads.push(await begin())
  const refused = await begin()
  expect(await refused.answer).toEqual({ status: 503, code: 'server/busy' })

  // Two that have their turn and five that wait go away; the others are answered.
  for (const { req } of uploads.splice(0, 7)) req.destroy()
  for (const { req } of uploads) req.end(pdf)
  for (const { answer } of uploads) expect((await answer).status).toBe(200)
  const next = await begin()
  next.req.end(pdf)
  expect((await next.answer).status).toBe(200)
}, 60_000)

test('a packed body is the wrong type, a long one too large, and neither keeps its turn', async () => {
  const packed = gzipSync(pdf)
  for (let i = 0; i < 13; i += 1) {
    const zipped = await begin({ 'content-encoding': 'gzip', 'content-length': packed.length })
    zipped.req.end(packed)
    expect(await zipped.answer).toEqual({ status: 415, code: 'input/wrong-type' })
    const long = await begin({ 'content-length': 50 * 1024 * 1024 + 1 })
    expect(await long.answer).toEqual({ status: 413, code: 'input/too-large' })
    long.req.destroy()
  }
  const good = await begin()
  good.req.end(pdf)
  expect((await good.answer).status).toBe(200)
}, 60_000)
