import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readBody } from '../../shared/clauses/yjs.ts'
import { world } from './freshRooms.ts'
import { DOCUMENT, eventually, TEMPLATE, typeInto } from './testRooms.ts'

test('three stock clients that type at once come to the same text, and it is the text on disk', async () => {
  const clients = ['vpdbqh.officer', 'snv.officer', 'stc.head'].map((who) => world.stock(who))
  await Promise.all(clients.map((client) => client.synced()))
  for (let round = 0; round < 20; round += 1)
    for (const [i, client] of clients.entries()) typeInto(client.doc, i, ` ${i}.${round}`)
  await eventually(() => clients.every((client) => client.isSaved())).toBe(true)
  await eventually(() => new Set(clients.map((client) => client.text())).size).toBe(1)
  for (const [i, client] of clients.entries()) expect(client.text()).toContain(` ${i}.19`)
  expect(await world.diskText()).toBe(clients[0]?.text())
})

test('[B01][B05] five clients that open a fresh document at the same moment see the template once; ten reloads write nothing', async () => {
  const people = ['vpdbqh.officer', 'snv.officer', 'stc.officer', 'stc.clerk', 'bantdkt.observer']
  const clients = people.map((who) => world.stock(who))
  await Promise.all(clients.map((client) => client.synced()))
  for (const client of clients) expect(readBody(client.doc)).toEqual(TEMPLATE)
  const before = clients[0]?.text()
  for (let reload = 0; reload < 10; reload += 1) {
    const tab = world.stock('stc.officer')
    await tab.synced()
    await eventually(() => tab.isSaved()).toBe(true)
    expect(tab.text()).toBe(before)
    tab.destroy()
  }
  expect(await world.logLength()).toBe(1)
})

test('[B02] a client that comes back after the room was let go and loaded again finds its text once', async () => {
  const client = world.stock('stc.officer')
  await client.synced()
  typeInto(client.doc, 1, ' một lần')
  await eventually(() => client.isSaved()).toBe(true)
  client.provider.disconnect()
  await eventually(() => world.rooms.stats().rooms).toBe(0)
  client.provider.connect()
  await client.synced()
  expect(readBody(client.doc)).toHaveLength(TEMPLATE.length)
  expect(client.text().split('một lần')).toHaveLength(2)
})

test('what was written offline is uploaded on return, deletions included', async () => {
  const client = world.stock('stc.officer')
  await client.synced()
  client.provider.disconnect()
  typeInto(client.doc, 1, ' ngoại tuyến')
  client.doc.getXmlFragment('body').delete(0, 1)
  client.provider.connect()
  await client.synced()
  await eventually(() => client.isSaved()).toBe(true)
  expect(await world.diskText()).toBe(client.text())
})

test('[B30] a client that joins while the last one leaves loses nothing', async () => {
  for (let round = 0; round < 10; round += 1) {
    const leaving = world.stock('stc.officer')
    await leaving.synced()
    typeInto(leaving.doc, 0, ` ${round}a`)
    await eventually(() => leaving.isSaved()).toBe(true)
    leaving.destroy()
    const coming = world.stock('snv.officer')
    await coming.synced()
    typeInto(coming.doc, 1, ` ${round}b`)
    await eventually(() => coming.isSaved()).toBe(true)
    expect(coming.text()).toContain(` ${round}a`)
    coming.destroy()
  }
  const text = await world.diskText()
  for (let round = 0; round < 10; round += 1) {
    expect(text).toContain(` ${round}a`)
    expect(text).toContain(` ${round}b`)
  }
})

test('[B26] rooms are let go when they are empty, and a snapshot makes the next load short', async () => {
  const client = world.stock('stc.officer')
  await client.synced()
  typeInto(client.doc, 1, ' x')
  await eventually(() => client.isSaved()).toBe(true)
  const text = client.text()
  client.destroy()
  await eventually(() => world.rooms.stats()).toMatchObject({ rooms: 0, sockets: 0 })
  const snapshots = await world.database.read.selectFrom('document_snapshot').selectAll().execute()
  expect(snapshots).toHaveLength(1)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, inflateRawSync(snapshots[0]?.bytes ?? new Uint8Array()))
  expect(doc.getXmlFragment('body').toString()).toBe(text)
  expect((await world.rooms.read(DOCUMENT)).revision).toBe(2)
  expect(await world.logLength()).toBe(2)
})
