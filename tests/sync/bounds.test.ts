import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { BlocView, DocumentView } from '../../shared/documents/api.ts'
import { type SpawnedServer, spawnServer } from '../support/spawnServer.ts'
import { TestPeer } from '../support/TestPeer.ts'
import { typeInto } from './testRooms.ts'

/** SOAK=1 takes the long sizes. What is measured is read from /proc. */
const isSoak = process.env.SOAK === '1'
const MIB = 2 ** 20

let folder: string
let server: SpawnedServer
let cookies: string[]
/** Each test has a text of its own. */
let covenant: string
let plan: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-bounds-'))
  server = await spawnServer(folder, { built: true })
  const people = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt'].map((agency) => `${agency}.officer`)
  cookies = await Promise.all(people.map((who) => server.signIn(who)))
  const { blocs } = await get<{ blocs: { id: string }[] }>('/api/blocs')
  const { documents } = await get<BlocView>(`/api/blocs/${blocs[0]?.id}`)
  const idOf = (wanted: string) => documents.find(({ kind }) => kind === wanted)?.id ?? ''
  covenant = idOf('covenant')
  plan = idOf('plan')
}, 120_000)
afterAll(async () => {
  await server.kill9()
  await rm(folder, { recursive: true, force: true })
})

const get = async <T>(place: string) =>
  (await (await fetch(server.url + place, { headers: { cookie: cookies[0] ?? '' } })).json()) as T
const revisionOf = async (documentId: string) =>
  (await get<DocumentView>(`/api/documents/${documentId}`)).revision

const peer = (documentId: string, who: number) =>
  TestPeer.join(`${server.syncUrl}/${documentId}`, {
    headers: { cookie: cookies[who % cookies.length] ?? '' },
  })

function firstClause(doc: Y.Doc): number {
  const blocks = doc.getXmlFragment('body').toArray() as Y.XmlElement[]
  return blocks.findIndex((b) => b.nodeName === 'clause' && b.get(0) instanceof Y.XmlText)
}

const proc = (file: string) => readFileSync(`/proc/${server.process.pid}/${file}`, 'utf8')
/** Resident memory in bytes, and CPU used by all its threads in seconds. */
const rss = () => Number(/VmRSS:\s+(\d+) kB/.exec(proc('status'))?.[1]) * 1024
const cpu = () => {
  const [, , ...rest] = proc('stat').split(/\) | /)
  return (Number(rest[11]) + Number(rest[12])) / 100
}

test.runIf(process.platform === 'linux')(
  '[B44] a hundred clients that never read while others type cost the server less than 50 MB, and none of the others a word',
  async () => {
    const [writer, reader] = [await peer(plan, 0), await peer(plan, 1)]
    const index = firstClause(writer.doc)
    const asleep = await Promise.all(Array.from({ length: 100 }, (_, i) => peer(plan, i)))
    for (const { ws } of asleep) ws.pause()
    const letter = () => writer.write((_, doc) => typeInto(doc, index, 'a'))
    const paste = () => {
      writer.write((_, doc) => typeInto(doc, index, 'ă'.repeat(10_000)))
      writer.write((body) => {
        const text = (body.get(index) as Y.XmlElement).get(0) as Y.XmlText
        text.delete(text.length - 10_000, 10_000)
      })
    }
    // First what a server takes that has been used at all.
    for (let i = 0; i < 200; i += 1) letter()
    await writer.saved()
    const before = rss()
    let most = before
    for (let round = 0; round < (isSoak ? 60 : 8); round += 1) {
      for (let i = 0; i < 100; i += 1) letter()
      for (let i = 0; i < 10; i += 1) paste()
      await writer.saved()
      most = Math.max(most, rss())
    }
    await reader.until(() => reader.text === writer.text, 'the same text')
    expect((most - before) / MIB).toBeLessThan(50)
    for (const { ws } of [...asleep, writer, reader]) ws.terminate()
  },
  isSoak ? 600_000 : 120_000,
)

test.runIf(process.platform === 'linux')(
  '[B32] thousands of updates with something missing before them, from ten sockets: little CPU, nothing stored, the sockets closed',
  async () => {
    const each = isSoak ? 1_000 : 200
    const peers = await Promise.all(Array.from({ length: 10 }, (_, i) => peer(covenant, i)))
    await Promise.all(peers.map((one) => one.saved()))
    const rows = await revisionOf(covenant)
    const index = firstClause((peers[0] as TestPeer).doc)
    const floods = peers.map((one) => {
      one.answers = false
      one.change((_, doc) => typeInto(doc, index, ' mất'))
      return Array.from({ length: each }, (_, i) =>
        one.change((_body, doc) => typeInto(doc, index, `${i % 10}`)),
      )
    })
    const before = cpu()
    for (const [i, one] of peers.entries())
      for (const update of floods[i] ?? []) one.sendUpdate(update)
    for (const one of peers) expect((await one.closed).code).toBe(4400)
    expect(cpu() - before).toBeLessThan(2)
    expect(await revisionOf(covenant)).toBe(rows)
    const fresh = await peer(covenant, 3)
    expect(fresh.text).not.toContain(' mất')
    expect(fresh.doc.store.pendingStructs).toBeNull()
    await fresh.leave()
  },
  120_000,
)

test('[B36][B37] a second process on the same data is refused: no two can drift apart, or talk in circles', async () => {
  await expect(spawnServer(folder, { built: true })).rejects.toThrow('in use by another process')
})

test('[B55] the server never says that Yjs was imported twice', () => {
  expect(server.said.filter((line) => /already imported/i.test(line))).toEqual([])
})
