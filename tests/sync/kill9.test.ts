import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SpawnedServer, spawnServer } from '../support/spawnServer.ts'
import { openStockClient, type StockClient } from '../support/stockClient.ts'
import { appendWords, covenantOf, textOf, textOnDisk } from './crash/covenant.ts'

const ROUNDS = process.env.SOAK ? 100 : 10
const PEOPLE = ['stc', 'snv', 'vpdbqh', 'vpub', 'stnmt'].map((agency) => `${agency}.officer`)
/** Acknowledged frames of each before the kill. */
const ENOUGH = 12
const IN_FLIGHT = 8

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

/** Words in square brackets are written once, by one of the clients. */
const wordsIn = (text: string) => text.match(/\[[\d.]+\]/g) ?? []

test(`[B28][B31] kill -9 while five clients type, ${ROUNDS} rounds: whatever was acknowledged, or seen by anybody else, is there after the restart`, async () => {
  /** Sessions are rows: they outlive the server. */
  const cookies = new Map<string, string>()
  const promised = new Set<string>()
  let documentId = ''
  for (let round = 0; round < ROUNDS; round += 1) {
    const running = await spawnServer(folder, { built: true })
    server = running
    for (const who of PEOPLE) if (!cookies.has(who)) cookies.set(who, await running.signIn(who))
    documentId ||= await covenantOf(running, cookies.get('stc.officer') ?? '')
    clients = PEOPLE.map((who) =>
      openStockClient({
        url: running.syncUrl,
        documentId,
        headers: { cookie: cookies.get(who) ?? '' },
      }),
    )
    await Promise.all(clients.map((client) => client.synced()))

    const written = clients.map(() => [] as { words: string; frame: number }[])
    const enough = () => clients.every((client) => client.counts.acked > ENOUGH)
    for (let word = 0; !enough(); word += 1) {
      for (const [i, client] of clients.entries()) {
        if (client.counts.sent - client.counts.acked > IN_FLIGHT) continue
        const words = `[${round}.${i}.${word}]`
        appendWords(client.doc, words)
        written[i]?.push({ words, frame: client.counts.sent })
      }
      await new Promise((turn) => setImmediate(turn))
    }
    await running.kill9()
    for (const [i, client] of clients.entries()) {
      const own = new Map((written[i] ?? []).map(({ words, frame }) => [words, frame]))
      for (const [words, frame] of own) if (frame <= client.counts.acked) promised.add(words)
      for (const words of wordsIn(textOf(client.doc))) if (!own.has(words)) promised.add(words)
      client.destroy()
    }
    clients = []
    const found = wordsIn(await textOnDisk(path.join(folder, 'nhat-tri.sqlite'), documentId))
    const there = new Set(found)
    expect([...promised].filter((words) => !there.has(words))).toEqual([])
    expect(found.length, 'words that are there twice').toBe(there.size)
  }
  expect(promised.size).toBeGreaterThan(ROUNDS * PEOPLE.length * ENOUGH)

  server = await spawnServer(folder, { built: true })
  const cookie = await server.signIn('bantdkt.observer')
  const fresh = openStockClient({ url: server.syncUrl, documentId, headers: { cookie } })
  clients = [fresh]
  await fresh.synced()
  const shown = new Set(wordsIn(textOf(fresh.doc)))
  expect([...promised].filter((words) => !shown.has(words))).toEqual([])
  expect(await server.stop()).toBe(0)
  server = undefined
}, 1_800_000)
