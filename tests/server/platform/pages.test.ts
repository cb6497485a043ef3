import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePasswordIs } from '../../../server/sample/samplePassword.ts'
import { serveBuiltClient } from '../../../server/serveClient.ts'
import { startTestServer, type TestServer } from '../../support/testServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ serveClient: serveBuiltClient })
})
afterAll(() => server?.close())

const asPerson = { accept: 'text/html,application/xhtml+xml' }

test('an address of the desk is a page, a name that is not built is an honest 404', async () => {
  const page = await fetch(`${server.url}/bloc/anything/covenant`, { headers: asPerson })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  for (const place of ['/metrics', '/sync/x', '/assets/none.js', '/api/no-such-route']) {
    const answer = await fetch(server.url + place)
    expect([place, answer.status]).toEqual([place, 404])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  }
})

test('scripts come as the build has compressed them, to be kept for good', async () => {
  const page = await (await fetch(server.url, { headers: asPerson })).text()
  const [script] = /\/assets\/[^"]+\.js/.exec(page) ?? []
  const ask = (encodings: string) =>
    fetch(server.url + script, { headers: { 'accept-encoding': encodings } })
  const plain = await ask('identity')
  const words = await plain.text()
  expect(words.length).toBeGreaterThan(1000)
  for (const [encodings, encoding] of [
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ] as const) {
    const answer = await ask(encodings)
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('vary')).toContain('Accept-Encoding')
    expect(await answer.text()).toBe(words)
  }
})

const script = async (at: string) => (await fetch(server.url + at)).text()

test('the first page takes at most 80 kB of scripts and the editor 200 kB more, packed; find and dialogs come later', async () => {
  const page = await (await fetch(server.url, { headers: asPerson })).text()
  const first = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, at = '']) => at)
  const texts = await Promise.all(first.map(script))
  const packed = (some: string[]) => some.reduce((sum, text) => sum + gzipSync(text).length, 0)
  expect(packed(texts)).toBeLessThan(80_000)
  expect(first.join()).not.toMatch(/DeskPage|FindPanel|DeskOverlays/)
  const program = texts.map((text) => /assets\/program-[\w-]+\.js/.exec(text)?.[0]).find(Boolean)
  const [desk = ''] = /assets\/DeskPage-[\w-]+\.js/.exec(await script(`/${program}`)) ?? []
  const editor = await script(`/${desk}`)
  expect(editor).toContain('prosemirror-')
  expect(packed([editor])).toBeLessThan(200_000)
  expect(editor.match(/import\b[^;]*\bfrom\b[^;]*;/g)?.join()).not.toMatch(/FindPanel|DeskOverlays/)
})

test('no inline script is allowed, and nothing may frame the page', async () => {
  const page = await fetch(server.url, { headers: asPerson })
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain("script-src 'self' 'unsafe-inline'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(await page.text()).not.toMatch(/<script(?![^>]*\ssrc=)/)
})

test('the sample remembers the password of its first start', async () => {
  const { read } = server.platform.database
  expect(await samplePasswordIs(read, 'nhat-tri-demo')).toBe(true)
  expect(await samplePasswordIs(read, 'another-one')).toBe(false)
})
