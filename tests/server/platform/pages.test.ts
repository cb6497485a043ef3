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

const script = async (name: string) => (await fetch(`${server.url}/assets/${name}`)).text()

/** A script and all that it imports at once, by their names. */
async function withImports(name: string, found = new Map<string, string>()) {
  if (found.has(name)) return found
  const text = await script(name)
  found.set(name, text)
  for (const [, next = ''] of text.matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g))
    await withImports(next, found)
  return found
}

test('scripts, packed: 80 kB to sign in, 270 more for the text and its editor; find and dialogs come behind', async () => {
  const page = await (await fetch(server.url, { headers: asPerson })).text()
  const names = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(
    ([, name = '']) => name,
  )
  const first = new Map<string, string>()
  for (const name of names) await withImports(name, first)
  const part = (all: Map<string, string>, wanted: string) =>
    [...all.values()]
      .map((text) => new RegExp(`assets/(${wanted}-[\\w-]+\\.js)`).exec(text)?.[1])
      .find(Boolean) ?? ''
  const program = await withImports(part(first, 'program'))
  const desk = await withImports(part(program, 'DeskPage'))
  const packed = (all: Map<string, string>, but: Map<string, string>) =>
    [...all].reduce((sum, [name, text]) => sum + (but.has(name) ? 0 : gzipSync(text).length), 0)
  expect(packed(first, new Map())).toBeLessThan(80_000)
  expect(packed(desk, new Map([...first, ...program]))).toBeLessThan(270_000)
  const early = [...desk.keys(), ...program.keys()].join()
  expect(early).toMatch(/DeskPage/)
  expect(early).not.toMatch(/FindPanel|DeskOverlays/)
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
