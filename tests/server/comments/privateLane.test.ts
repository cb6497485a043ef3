import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBlock } from '../../../shared/clauses/yjs.ts'
import { encodeAnchor, makeAnchor } from '../../../shared/comments/anchor.ts'
import { type SpawnedServer, spawnServer } from '../../support/spawnServer.ts'
import { TestPeer } from '../../support/TestPeer.ts'

let folder: string
let server: SpawnedServer
const cookies = new Map<string, string>()

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-lane-'))
  server = await spawnServer(folder, { logLevel: 'trace' })
}, 120_000)
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

/** As it came over the wire. */
async function raw(account: string, method: string, place: string, body?: object) {
  const cookie = cookies.get(account) ?? (await server.signIn(account))
  cookies.set(account, cookie)
  const answer = await fetch(server.url + place, {
    method,
    headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const headers = JSON.stringify([...answer.headers])
  return { status: answer.status, bytes: headers + (await answer.text()) }
}
async function ask<T>(account: string, method: string, place: string, body?: object): Promise<T> {
  const { status, bytes } = await raw(account, method, place, body)
  if (status >= 300) throw new Error(`${method} ${place}: ${status} ${bytes}`)
  return (status === 204 ? undefined : JSON.parse(bytes.slice(bytes.indexOf(']]') + 2))) as T
}

const OTHERS = ['vpdbqh.head', 'vpdbqh.officer', 'snv.head', 'bantdkt.observer', 'operator']

test('[P10] no byte of an agency’s own thread reaches anybody else: by HTTP, by socket, in the log', async () => {
  const { blocs } = await ask<{ blocs: { id: string }[] }>('stc.officer', 'GET', '/api/blocs')
  const blocId = blocs[0]?.id ?? ''
  const bloc = await ask<{ documents: { id: string }[]; people: { id: string; name: string }[] }>(
    'stc.officer',
    'GET',
    `/api/blocs/${blocId}`,
  )
  const documentId = bloc.documents[0]?.id ?? ''
  const { clauses } = await ask<{ clauses: { id: string; text: string }[] }>(
    'stc.officer',
    'GET',
    `/api/documents/${documentId}/clauses`,
  )
  const clause = clauses.find(({ text }) => text.length > 40)

  /** Every frame that others receive from here on, as latin1, so that UTF-8 markers of ASCII are found. */
  const frames: string[] = []
  const peers: TestPeer[] = []
  for (const account of OTHERS.filter((one) => one !== 'operator')) {
    await raw(account, 'GET', '/api/session')
    const peer = await TestPeer.connect(`${server.syncUrl}/${documentId}`, {
      headers: { cookie: cookies.get(account) ?? '' },
    })
    peer.ws.on('message', (data: Buffer) => frames.push(data.toString('latin1')))
    peer.sendStep1()
    await peer.until(() => peer.synced, 'synced')
    peers.push(peer)
  }
  const mine = await TestPeer.join(`${server.syncUrl}/${documentId}`, {
    headers: { cookie: cookies.get('stc.officer') ?? '' },
  })

  // Each part of a thread with a marker of its own.
  const element = findBlock(mine.doc, clause?.id ?? '')
  const anchor = element && makeAnchor(element, 0, 20)
  const own = bloc.people.find(({ name }) => name.includes('Sở Tài chính'))
  const way = `/api/documents/${documentId}/threads`
  const { id } = await ask<{ id: string }>('stc.officer', 'POST', way, {
    clauseId: clause?.id,
    audience: 'agency',
    body: `MARKERBODY @[person:${own?.id}]`,
    quote: 'MARKERQUOTE',
    ...(anchor && { anchor: encodeAnchor({ ...anchor, prefix: 'MARKERPREFIX' }) }),
  })
  const reply = await ask<{ id: string }>('stc.head', 'POST', `/api/threads/${id}/replies`, {
    body: 'MARKERREPLY',
  })
  await ask('stc.head', 'PATCH', `/api/threads/${id}/replies/${reply.id}`, { body: 'MARKEREDIT' })
  await ask('stc.officer', 'PATCH', `/api/threads/${id}`, { body: 'MARKERCHANGED' })
  await ask('stc.clerk', 'POST', `/api/threads/${id}/resolve`, { reason: 'MARKERREASON' })
  await ask('stc.clerk', 'POST', `/api/threads/${id}/reopen`, { reason: 'MARKERAGAIN' })
  const second = await ask<{ id: string }>('stc.officer', 'POST', way, {
    clauseId: clause?.id,
    audience: 'agency',
    body: 'MARKERGONE',
  })
  await ask('stc.officer', 'POST', '/api/threads/resolve', { threadIds: [second.id] })
  await ask('stc.officer', 'DELETE', `/api/threads/${second.id}`)
  // Something for all, which comes after everything that must not come.
  const shown = await ask<{ id: string }>('stc.officer', 'POST', way, {
    clauseId: clause?.id,
    body: 'SHOWNTOALL',
  })
  const heard = (peer: TestPeer) => peer.notices.flatMap((one) => JSON.stringify(one)).join()
  for (const peer of [...peers, mine])
    await peer.until(() => heard(peer).includes(shown.id), 'the public notice')
  expect(heard(mine)).toContain(id)

  const secrets = [/MARKER[A-Z]+/, new RegExp(id), new RegExp(second.id), new RegExp(reply.id)]
  const leaks = (bytes: string) => secrets.flatMap((secret) => secret.exec(bytes)?.[0] ?? [])
  expect(frames.length).toBeGreaterThan(0)
  expect(frames.flatMap(leaks)).toEqual([])

  const { paths } = await ask<{ paths: Record<string, Record<string, object>> }>(
    'stc.officer',
    'GET',
    '/api/openapi.json',
  )
  const filled = (route: string) =>
    route
      .replace('{blocId}', blocId)
      .replace('{threadId}', 'x'.repeat(21))
      .replace('{clauseId}', clause?.id ?? '')
      .replace(/\{\w+\}/g, 'y'.repeat(21))
  const places = Object.entries(paths)
    .filter(([, methods]) => 'get' in methods)
    .flatMap(([route]) =>
      bloc.documents.map((document) => filled(route.replace('{documentId}', document.id))),
    )
  expect(places.length).toBeGreaterThan(20)
  for (const account of OTHERS)
    for (const place of new Set(places)) {
      const { bytes } = await raw(account, 'GET', place)
      expect([account, place, leaks(bytes)]).toEqual([account, place, []])
    }
  // Whoever asks by the very id hears what one hears of an id that never was.
  const never = 'z'.repeat(21)
  for (const account of OTHERS)
    for (const [method, what, body] of [
      ['POST', '/replies', { body: 'x' }],
      ['POST', '/resolve', { reason: 'x' }],
      ['POST', '/reopen', { reason: 'x' }],
      ['PATCH', '', { body: 'x' }],
      ['DELETE', '', undefined],
      ['PATCH', `/replies/${reply.id}`, { body: 'x' }],
      ['DELETE', `/replies/${reply.id}`, undefined],
    ] as const) {
      const answer = await raw(account, method, `/api/threads/${id}${what}`, body)
      const unknown = await raw(account, method, `/api/threads/${never}${what}`, body)
      expect([account, answer.status, undated(answer.bytes)]).toEqual([
        account,
        404,
        undated(unknown.bytes),
      ])
    }
  const bulk = await raw('snv.head', 'POST', '/api/threads/resolve', { threadIds: [id, never] })
  expect(bulk.bytes.match(/thread\/not-found/g)).toHaveLength(2)
  expect(frames.flatMap(leaks)).toEqual([])
  expect(server.said.filter((line) => /MARKER/.test(line))).toEqual([])
  for (const peer of [...peers, mine]) await peer.leave()
}, 180_000)

const undated = (bytes: string) => bytes.replace(/\["date","[^"]*"\]/, '')
