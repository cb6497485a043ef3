import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openStockClient } from '../support/stockClient.ts'
import type { TestPeer } from '../support/TestPeer.ts'
import { openCase } from './manyClients/openCase.ts'
import {
  accountId,
  DOCUMENT,
  eventually,
  startTestRooms,
  type TestRooms,
  typeInto,
} from './testRooms.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const isSoak = process.env.SOAK === '1'

let world: TestRooms
afterEach(() => world?.close())

/** The document begins anew: another epoch with a text that shares no history with the old one. */
async function beginAnew(): Promise<void> {
  const doc = new Y.Doc()
  // As every text that the server writes by itself begins.
  doc.clientID = 1
  const made = new Y.XmlElement('clause')
  made.setAttribute('id', 'moi')
  made.setAttribute('level', 'text')
  made.insert(0, [new Y.XmlText('Văn bản mới')])
  doc.getXmlFragment('body').insert(0, [made])
  await world.database.write(async (tx) => {
    const { revision } = await tx
      .selectFrom('document')
      .select('revision')
      .where('id', '=', DOCUMENT)
      .executeTakeFirstOrThrow()
    const next = { epoch: 'e2', revision: revision + 1 }
    await tx.updateTable('document').set(next).where('id', '=', DOCUMENT).execute()
    await tx
      .insertInto('document_update')
      .values({
        document_id: DOCUMENT,
        epoch: next.epoch,
        seq: next.revision,
        bytes: Buffer.from(Y.encodeStateAsUpdate(doc)),
        account_id: accountId('vpdbqh.officer'),
        client_id: null,
        at: 0,
      })
      .execute()
  })
}

test('[B03][B04] a copy of another epoch is told so and merges nothing, whether it names its epoch or not', async () => {
  world = await startTestRooms()
  const client = await world.join('stc.officer', '?epoch=e1')
  client.write((_, doc) => typeInto(doc, 1, ' của bản cũ'))
  await client.saved()
  await client.leave()
  client.doc.transact(() => typeInto(client.doc, 1, ' viết khi vắng'))
  await beginAnew()
  const named = await world.connect('stc.officer', '?epoch=e1', client.doc)
  expect((await named.closed).code).toBe(4409)
  const unnamed = await world.connect('stc.officer', '', client.doc)
  unnamed.sendStep2(Y.encodeStateAsUpdate(client.doc))
  expect((await unnamed.closed).code).toBeGreaterThanOrEqual(4400)
  const fresh = await world.join('snv.officer')
  expect(fresh.text).toContain('Văn bản mới')
  expect(fresh.text).not.toContain('của bản cũ')
  expect(fresh.text).not.toContain('viết khi vắng')
  expect((await world.rooms.read(DOCUMENT)).blocks).toHaveLength(1)
})

test('[B29] a store that has become slow: one write at a time, many words in each, and all are saved in the end', async () => {
  let under = 0
  const at = { once: 0, appends: 0, updates: 0 }
  let slow = Promise.resolve()
  let letGo = () => {}
  const hold = () => {
    letGo()
    slow = new Promise((go) => {
      letGo = go
    })
  }
  world = await startTestRooms({
    wrap: (real) => ({
      ...real,
      async append(batch, along) {
        under += 1
        at.once = Math.max(at.once, under)
        at.appends += 1
        at.updates += batch.updates.length
        await slow
        return real.append(batch, along).finally(() => {
          under -= 1
        })
      },
    }),
  })
  const writers: TestPeer[] = []
  for (let i = 0; i < 14; i += 1)
    writers.push(await world.join(i % 2 ? 'stc.officer' : 'snv.officer'))
  try {
    for (let round = 0; round < 20; round += 1) {
      if (round % 5 === 0) hold()
      for (const [i, writer] of writers.entries())
        writer.write((_, doc) => typeInto(doc, i % 2, `${round % 10}`))
      await Promise.all(writers.map((writer) => writer.heard()))
      expect(under).toBe(1)
    }
  } finally {
    letGo()
  }
  await Promise.all(writers.map((writer) => writer.saved()))
  expect(at.once).toBe(1)
  expect(at.appends).toBeLessThan((14 * 20) / 4)
  await writers[0]?.until(() => writers[0]?.text === writers[1]?.text, 'one text')
})

test(
  '[B33] a log of thousands of rows: the first to come sees the whole text, and another document is typed in meanwhile',
  async () => {
    world = await startTestRooms()
    const rows = isSoak ? 50_000 : 5_000
    const { documentId } = await openCase(world, 33, 1)
    const doc = new Y.Doc()
    const [first] = await world.database.read
      .selectFrom('document_update')
      .select('bytes')
      .where('document_id', '=', DOCUMENT)
      .execute()
    Y.applyUpdate(doc, first?.bytes ?? new Uint8Array())
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < rows; i += 1) typeInto(doc, i % 2, `${i % 10}`)
    await world.database.write(async (tx) => {
      for (const [i, bytes] of updates.entries())
        await tx
          .insertInto('document_update')
          .values({
            document_id: documentId,
            epoch: 'e1',
            seq: i + 2,
            bytes: Buffer.from(bytes),
            account_id: accountId('stc.officer'),
            client_id: null,
            at: 0,
          })
          .execute()
      await tx
        .updateTable('document')
        .set({ revision: rows + 1 })
        .where('id', '=', documentId)
        .execute()
    })
    const elsewhere = await world.join('snv.officer')
    const newcomer = openStockClient({
      url: world.url,
      documentId,
      headers: world.headers('stc.officer'),
    })
    elsewhere.write((_, mine) => typeInto(mine, 1, ' meanwhile'))
    await elsewhere.saved()
    await newcomer.synced()
    expect(newcomer.text()).toBe(doc.getXmlFragment('body').toString())
    newcomer.destroy()
  },
  isSoak ? 300_000 : 60_000,
)

test('[B39] a refused sign-in is no end: the same client comes in as soon as its session is good', async () => {
  world = await startTestRooms()
  world.endedSessions.add('session of stc.officer')
  const client = world.stock('stc.officer')
  let refused = 0
  client.provider.on('connection-error', () => {
    refused += 1
  })
  await eventually(() => refused).toBeGreaterThan(0)
  world.endedSessions.clear()
  await client.synced()
  typeInto(client.doc, 1, ' vào được')
  await eventually(() => client.isSaved()).toBe(true)
  expect(await world.diskText()).toContain(' vào được')
})

test('[B41] rows carry the server’s time, whatever a client’s clock says', async () => {
  world = await startTestRooms()
  const tenMinutes = 600_000
  const peer = await world.join('stc.officer', '?client=5')
  for (const [i, skew] of [-tenMinutes, tenMinutes].entries()) {
    // The clock of presence is all the time that a client can name.
    peer.sendPresence([[5, Math.max(i + 1, Date.now() + skew), { at: Date.now() + skew }]])
    peer.doc.clientID = 5
    peer.write((_, doc) => typeInto(doc, 1, `${i}`))
  }
  await peer.saved()
  const before = Date.now()
  const { clock } = world.platform
  world.platform.clock = () => clock() + tenMinutes
  peer.write((_, doc) => typeInto(doc, 1, ' sau'))
  await peer.saved()
  const rows = await world.database.read
    .selectFrom('document_update')
    .select('at')
    .where('seq', '>', 1)
    .orderBy('seq')
    .execute()
  expect(rows.length).toBeGreaterThan(1)
  for (const { at } of rows.slice(0, -1)) expect(at).toBeLessThanOrEqual(before)
  expect(rows.at(-1)?.at).toBeGreaterThanOrEqual(before + tenMinutes)
})

test('[B55] npm sees one version of Yjs, and the pages carry one copy', () => {
  const { stdout } = spawnSync('npm', ['ls', 'yjs', '--all', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const versions = [...stdout.matchAll(/"yjs":\s*\{\s*"version":\s*"([^"]+)"/g)].map(([, v]) => v)
  expect(new Set(versions).size).toBe(1)
  const assets = path.join(ROOT, 'dist/client/assets')
  const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'))
  const guards = scripts.flatMap((file) => [
    ...readFileSync(path.join(assets, file), 'utf8').matchAll(/Yjs was already imported/g),
  ])
  expect(guards).toHaveLength(1)
})
