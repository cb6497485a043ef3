import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { blockText } from '../../shared/clauses/clause.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import type { BlocView } from '../../shared/documents/api.ts'
import { type SpawnedServer, spawnServer } from '../support/spawnServer.ts'
import { openStockClient, type StockClient } from '../support/stockClient.ts'

let folder: string
let server: SpawnedServer | undefined
let clients: StockClient[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-kill-'))
})
afterEach(async () => {
  for (const client of clients) client.destroy()
  clients = []
  await server?.kill9()
  await rm(folder, { recursive: true, force: true })
})

async function covenantOf({ url }: SpawnedServer, cookie: string): Promise<string> {
  const get = async (place: string) =>
    (await fetch(url + place, { headers: { cookie } })).json() as Promise<unknown>
  const { blocs } = (await get('/api/blocs')) as { blocs: { id: string }[] }
  const bloc = (await get(`/api/blocs/${blocs[0]?.id}`)) as BlocView
  const covenant = bloc.documents.find((document) => document.kind === 'covenant')
  if (!covenant) throw new Error('no covenant in the sample bloc')
  return covenant.id
}

test('[B28][B31] kill -9 while three clients type, three rounds: every acknowledged edit is there after the restart', async () => {
  const people = ['stc.officer', 'snv.officer', 'vpdbqh.officer']
  const promised: string[] = []
  for (let round = 0; round < 3; round += 1) {
    server = await spawnServer(folder)
    const running = server
    const cookies = await Promise.all(people.map((who) => running.signIn(who)))
    const documentId = await covenantOf(running, cookies[0] ?? '')
    clients = cookies.map((cookie) =>
      openStockClient({ url: running.syncUrl, documentId, headers: { cookie } }),
    )
    await Promise.all(clients.map((client) => client.synced()))
    for (const words of promised) expect(textOf(clients[0]?.doc)).toContain(words)

    const written = people.map(() => [] as { words: string; frame: number }[])
    const enough = () => clients.every((client) => client.counts.acked > 40 + round)
    for (let word = 0; !enough(); word += 1) {
      for (const [i, client] of clients.entries()) {
        const words = `[${round}.${i}.${word}]`
        append(client.doc, words)
        written[i]?.push({ words, frame: client.counts.sent })
      }
      await new Promise((turn) => setImmediate(turn))
      if (word > 5_000) throw new Error('the server does not acknowledge')
    }
    await running.kill9()
    for (const [i, client] of clients.entries()) {
      for (const { words, frame } of written[i] ?? [])
        if (frame <= client.counts.acked) promised.push(words)
      client.destroy()
    }
    clients = []
  }
  server = await spawnServer(folder)
  const cookie = await server.signIn('bantdkt.observer')
  const documentId = await covenantOf(server, cookie)
  const fresh = openStockClient({ url: server.syncUrl, documentId, headers: { cookie } })
  clients = [fresh]
  await fresh.synced()
  const text = textOf(fresh.doc)
  expect(promised.length).toBeGreaterThan(3 * 3 * 30)
  expect(promised.filter((words) => !text.includes(words))).toEqual([])
  expect(await server.stop()).toBe(0)
  server = undefined
}, 180_000)

const textOf = (doc: Y.Doc | undefined) => (doc ? readBody(doc).map(blockText).join('\n') : '')

/** At the end of the first clause that has words. */
function append(doc: Y.Doc, words: string): void {
  for (const block of doc.getXmlFragment('body').toArray() as Y.XmlElement[]) {
    const text = block.nodeName === 'clause' ? block.get(0) : null
    if (!(text instanceof Y.XmlText) || text.length === 0) continue
    text.insert(text.length, words)
    return
  }
}
