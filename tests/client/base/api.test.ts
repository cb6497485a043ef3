import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { call, urlOf } from '../../../client/base/api.ts'
import { ApiError } from '../../../client/base/apiError.ts'
import { codeOf, errorText } from '../../../client/base/errorText.ts'
import type { Translate } from '../../../client/base/useText.ts'
import { NoContent, route } from '../../../shared/base/contract.ts'

const answer = (status: number, body: unknown, type = 'application/json') =>
  vi.stubGlobal(
    'fetch',
    vi.fn(
      async () =>
        new Response(status === 204 ? null : JSON.stringify(body), {
          status,
          headers: { 'content-type': type },
        }),
    ),
  )
const lastRequest = () => vi.mocked(fetch).mock.calls.at(-1) ?? []

afterEach(() => vi.unstubAllGlobals())

const take = route({
  method: 'PUT',
  path: '/api/documents/:documentId/clauses/:clauseId/position',
  params: z.object({ documentId: z.string(), clauseId: z.string() }),
  body: z.strictObject({ position: z.string() }),
  reply: z.object({ ok: z.boolean() }),
})
const input = { params: { documentId: 'd/1', clauseId: 'c' }, body: { position: 'agreed' } }

test('a route becomes its address with every parameter encoded', () => {
  expect(urlOf('/api/documents/:id/diff', { id: 'a/b' }, { from: 1, to: 'now' })).toBe(
    '/api/documents/a%2Fb/diff?from=1&to=now',
  )
  expect(() => urlOf('/api/documents/:id')).toThrow('no id')
})

test('a call sends JSON and gives back the parsed reply', async () => {
  answer(200, { ok: true, later: 'fields are no harm' })
  expect(await call(take, input)).toEqual({ ok: true })
  const [url, init] = lastRequest()
  expect(url).toBe('/api/documents/d%2F1/clauses/c/position')
  expect(init).toMatchObject({ method: 'PUT', body: '{"position":"agreed"}' })
})

test('an act without fields sends an empty object, a deletion nothing', async () => {
  answer(200, { ok: true })
  await call(route({ method: 'POST', path: '/x', reply: z.object({ ok: z.boolean() }) }), {})
  expect(lastRequest()[1]).toMatchObject({ body: '{}' })
  answer(204, null)
  await call(route({ method: 'DELETE', path: '/x', status: 204, reply: NoContent }), {})
  expect(lastRequest()[1]).toMatchObject({ body: null })
})

test('a refusal keeps the server’s code, status and details', async () => {
  const problem = {
    type: 'urn:x',
    title: 'x',
    status: 409,
    code: 'position/stale-hash',
    details: { hash: 'a' },
  }
  answer(409, problem, 'application/problem+json')
  await expect(call(take, input)).rejects.toMatchObject({
    code: 'position/stale-hash',
    status: 409,
    details: { hash: 'a' },
  })
})

test('no answer, a proxy’s page and an unknown reply are told apart', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Promise.reject(new TypeError('failed to fetch'))),
  )
  await expect(call(take, input)).rejects.toMatchObject({ code: 'network', status: 0 })
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response('<h1>Bad gateway</h1>', { status: 502 })),
  )
  await expect(call(take, input)).rejects.toMatchObject({ code: 'server/busy', status: 502 })
  answer(200, { ok: 'maybe' })
  await expect(call(take, input)).rejects.toMatchObject({ code: 'unreadable' })
})

test('errors that are no refusals are called what they are: ours', () => {
  const t = ((key: string) => key) as Translate
  expect(codeOf(new TypeError('x is undefined'))).toBe('server/unexpected')
  expect(errorText(t, new ApiError('network', 0))).toBe('error.network')
})
