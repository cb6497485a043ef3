import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createRooms } from '../../server/sync/rooms.ts'
import { AppError } from '../../shared/base/errors.ts'
import { readBody, setClauseText } from '../../shared/clauses/yjs.ts'
import type { TestPeer } from '../support/TestPeer.ts'
import { disk, world } from './freshRooms.ts'
import { accountId, DOCUMENT, eventually, TEMPLATE, typeInto } from './testRooms.ts'

/** Also after a test that failed before it came to that, or closing, which comes behind this, would wait for it. */
afterEach(() => letGoOfAppend())

let letGoOfAppend = () => {}

/** Holds the next append until it is let go. */
function holdAppend(): { asked: Promise<void>; letGo: () => void } {
  let letGo = () => {}
  const gate = new Promise<void>((go) => {
    letGo = go
  })
  letGoOfAppend = letGo
  const asked = new Promise<void>((isAsked) => {
    disk.append = async (batch) => {
      isAsked()
      await gate
      return world.database.append(batch)
    }
  })
  return { asked, letGo }
}

describe('first the disk', () => {
  test('while the disk has not answered nobody is acknowledged and nobody receives anything, a newcomer included', async () => {
    const writer = await world.join('stc.officer')
    const witness = await world.join('snv.officer')
    await writer.saved()
    const [acked, received] = [writer.acked, witness.received]
    const { asked, letGo } = holdAppend()
    writer.write((_, doc) => typeInto(doc, 1, ' chưa ghi'))
    await asked
    const newcomer = await world.connect('vpdbqh.officer')
    newcomer.sendStep1()
    world.rooms.notify(DOCUMENT, { type: 'position' })
    await witness.until(() => witness.notices.length > 0, 'a later frame')
    expect(writer.acked).toBe(acked)
    expect(witness.received).toBe(received)
    expect(newcomer.received).toBe(0)
    letGo()
    await writer.saved()
    await newcomer.until(() => newcomer.synced, 'synced')
    expect(newcomer.text).toBe(writer.text)
    await witness.until(() => witness.text === writer.text, 'the words')
  })

  test('frames that wait meanwhile share the next commit', async () => {
    const writer = await world.join('stc.officer')
    await writer.saved()
    const { asked, letGo } = holdAppend()
    writer.write((_, doc) => typeInto(doc, 1, '0'))
    await asked
    const sizes: number[] = []
    disk.append = (batch) => {
      sizes.push(batch.updates.length)
      return world.database.append(batch)
    }
    for (let i = 1; i < 50; i += 1) writer.write((_, doc) => typeInto(doc, 1, `${i % 10}`))
    await writer.heard()
    letGo()
    await writer.saved()
    expect(sizes).toEqual([49])
    expect(writer.revision).toBe(51)
  })

  test('a disk that refuses: nobody is acknowledged, all are sent away with 4503, and come back to what is on disk', async () => {
    const writer = await world.join('stc.officer')
    const witness = world.stock('snv.officer')
    await witness.synced()
    await writer.saved()
    const acked = writer.acked
    disk.append = async () => {
      disk.append = null
      throw new AppError('server/busy')
    }
    writer.write((_, doc) => typeInto(doc, 1, ' mất đĩa'))
    expect((await writer.closed).code).toBe(4503)
    expect(writer.acked).toBe(acked)
    expect(writer.refusals).toEqual([])
    await eventually(() => witness.provider.synced).toBe(true)
    expect(witness.text()).not.toContain(' mất đĩa')
    expect(await world.logLength()).toBe(1)
    // The words are still in the writer's document, and arrive with its next connection.
    const back = world.stock('stc.officer', writer.doc)
    await back.synced()
    await eventually(() => back.isSaved()).toBe(true)
    await eventually(() => witness.text()).toContain(' mất đĩa')
  })

  test('an update that the disk refused is no known one: said again, it is stored before it is acknowledged', async () => {
    const writer = await world.join('stc.officer')
    // Who stays in keeps the room from being loaded anew.
    await world.join('snv.officer')
    await writer.saved()
    const { asked, letGo } = holdAppend()
    writer.write((_, doc) => typeInto(doc, 1, ' giữ'))
    await asked
    const refused = writer.change((_, doc) => typeInto(doc, 1, 'ă'.repeat(2_000)))
    // The second time in one turn it is an echo of what the room has taken in and the disk has not.
    for (let twice = 0; twice < 2; twice += 1) writer.sendUpdate(refused)
    await writer.heard()
    disk.append = async () => {
      disk.append = null
      throw new AppError('server/busy')
    }
    letGo()
    expect((await writer.closed).code).toBe(4503)
    const back = await world.join('stc.officer')
    back.sendUpdate(refused)
    await back.saved()
    expect(await world.diskText()).toContain('ăăă')
  })

  test('an edit by the server that the disk refuses is not there', async () => {
    disk.append = async () => {
      disk.append = null
      throw new AppError('server/busy')
    }
    const edit = world.rooms.edit(DOCUMENT, accountId('snv.head'), (doc) => {
      setClauseText(doc, 'c2', 'không')
    })
    await expect(edit).rejects.toMatchObject({ code: 'server/busy' })
    expect((await world.rooms.read(DOCUMENT)).blocks).toEqual(TEMPLATE)
  })
})

describe('[B25] a text that cannot be loaded', () => {
  const damage = (sql: { bytes?: Buffer; seq?: number }) =>
    world.database.write((tx) =>
      tx.updateTable('document_update').set(sql).where('document_id', '=', DOCUMENT).execute(),
    )

  /** What somebody writes last into this text, without what is before it. */
  const secondHalf = (text: Uint8Array): Buffer => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, text)
    const before = Y.encodeStateVector(doc)
    typeInto(doc, 1, ' sau')
    return Buffer.from(Y.encodeStateAsUpdate(doc, before))
  }

  test('is refused with 4503 and never shown empty; once repaired it is whole', async () => {
    const good = await world.database.read
      .selectFrom('document_update')
      .select('bytes')
      .executeTakeFirstOrThrow()
    // The last one decodes, and stands on words that no row brings.
    for (const broken of [
      { bytes: Buffer.from([9, 9, 9]) },
      { seq: 7 },
      { bytes: secondHalf(good.bytes) },
    ]) {
      await damage(broken)
      const peer = await world.connect('stc.officer')
      peer.sendStep1()
      expect((await peer.closed).code).toBe(4503)
      expect(peer.received).toBe(0)
      await expect(world.rooms.read(DOCUMENT)).rejects.toMatchObject({ code: 'server/busy' })
      await damage({ bytes: good.bytes, seq: 1 })
    }
    await world.database.write((tx) => tx.deleteFrom('document_update').execute())
    expect((await (await world.connect('stc.officer')).closed).code).toBe(4503)
    await world.database.write((tx) =>
      tx
        .insertInto('document_update')
        .values({
          document_id: DOCUMENT,
          epoch: 'e1',
          seq: 1,
          bytes: good.bytes,
          account_id: 'x',
          client_id: null,
          at: 0,
        })
        .execute(),
    )
    const client = world.stock('stc.officer')
    await client.synced()
    expect(readBody(client.doc)).toEqual(TEMPLATE)
    expect(world.rooms.stats().rooms).toBe(1)
  })

  test('a document that is not there is document/not-found', async () => {
    await expect(world.rooms.read('nothing00000000000001')).rejects.toMatchObject({
      code: 'document/not-found',
    })
    expect(world.rooms.stats().rooms).toBe(0)
  })
})

describe('what others write', () => {
  test('rows of another writer are shown to the room at its next turn, and nothing is lost on either side', async () => {
    const other = createRooms(world.platform, {
      authenticate: async () => null,
      endedSessions: async () => [],
      isAllowedOrigin: () => true,
      onLateUpdate: async () => {},
      onRestructured: async () => {},
      onLeft: async () => {},
    })
    const peer = await world.join('stc.officer')
    await other.edit(DOCUMENT, accountId('snv.head'), (doc) => {
      setClauseText(doc, 'c2', 'Từ nơi khác')
    })
    peer.write((_, doc) => typeInto(doc, 0, ' ở đây'))
    await peer.saved()
    await peer.until(() => peer.text.includes('Từ nơi khác'), 'the other edit')
    expect(await world.diskText()).toBe(peer.text)
    await other.close()
  })

  test('[B03] a new epoch sends everybody away with 4409; the new text is what newcomers see', async () => {
    const peer = await world.join('stc.officer')
    const doc = new Y.Doc()
    doc.getXmlFragment('body').insert(0, [new Y.XmlElement('clause')])
    await world.database.write(async (tx) => {
      await tx.updateTable('document').set({ epoch: 'e2', revision: 2 }).execute()
      await tx
        .insertInto('document_update')
        .values({
          document_id: DOCUMENT,
          epoch: 'e2',
          seq: 2,
          bytes: Buffer.from(Y.encodeStateAsUpdate(doc)),
          account_id: 'x',
          client_id: null,
          at: 0,
        })
        .execute()
    })
    peer.write((_, mine) => typeInto(mine, 0, ' cũ'))
    expect((await peer.closed).code).toBe(4409)
    expect((await world.rooms.read(DOCUMENT)).blocks).toHaveLength(1)
  })
})

test('[B28] closing loses nothing that was called saved, and everybody is told to come back', async () => {
  const clients = ['stc.officer', 'snv.officer'].map((who) => world.stock(who))
  await Promise.all(clients.map((client) => client.synced()))
  const peer = await world.join('vpdbqh.officer')
  for (let i = 0; i < 30; i += 1)
    for (const [n, client] of clients.entries()) typeInto(client.doc, n, `${i % 10}`)
  for (let i = 0; i < 5; i += 1) peer.write((_, doc) => typeInto(doc, 1, 'x'))
  const closing = world.rooms.close()
  const { code } = await peer.closed
  await closing
  expect(code).toBe(1012)
  expect(peer.notices).toContainEqual({ type: 'going-away' })
  const text = await world.diskText()
  const written = (text.match(/x/g) ?? []).length
  expect(written).toBeGreaterThanOrEqual(peer.acked - 1)
  expect(world.rooms.stats()).toEqual({ rooms: 0, sockets: 0, behind: 0 })
  expect((await world.connect('stc.officer').catch((cause) => cause)).status).toBe(503)
})

test('a snapshot every 500 rows keeps loading short, and the rows stay for attribution', async () => {
  const peer = await world.join('stc.officer')
  for (let i = 0; i < 600; i += 1) peer.write((_, doc) => typeInto(doc, 1, `${i % 10}`))
  await peer.saved()
  await eventually(async () => {
    const row = await world.database.read
      .selectFrom('document_snapshot')
      .select('seq')
      .executeTakeFirst()
    return (row?.seq ?? 0) >= 500
  }).toBe(true)
  expect(await world.logLength()).toBe(601)
  await peer.leave()
  await eventually(() => world.rooms.stats().rooms).toBe(0)
  const back = await world.join('snv.officer')
  expect(back.text).toBe(peer.text)
})

/** Fills the wire to somebody who does not read, until the server has noticed; the text stays as it was. */
async function fillTheWire(writer: TestPeer): Promise<void> {
  const part = 'ă'.repeat(150_000)
  for (let i = 0; i < 60 && world.rooms.stats().behind === 0; i += 1) {
    writer.write((_, doc) => typeInto(doc, 1, part))
    writer.write((body) => {
      const text = (body.get(1) as Y.XmlElement).get(0) as Y.XmlText
      text.delete(text.length - part.length, part.length)
    })
    await writer.saved()
  }
  expect(world.rooms.stats().behind).toBe(1)
}

test('[B44] who stops reading for good is closed after a while, and the others are not slowed', async () => {
  const slow = await world.join('snv.officer')
  const writer = await world.join('stc.officer')
  const others = await world.join('vpdbqh.officer')
  slow.ws.pause()
  await fillTheWire(writer)
  writer.write((_, doc) => typeInto(doc, 0, ' nhanh'))
  await writer.saved()
  await others.until(() => others.text === writer.text, 'the same text')
  await expect.poll(() => world.rooms.stats().sockets, { timeout: 50_000, interval: 100 }).toBe(2)
  slow.ws.resume()
  expect((await slow.closed).code).not.toBe(1000)
}, 60_000)

test('[B44] who reads on after a pause is told on the same connection what it missed, presence included', async () => {
  const slow = await world.join('snv.officer', '?client=77')
  const writer = await world.join('stc.officer', '?client=78')
  slow.ws.pause()
  await fillTheWire(writer)
  writer.write((_, doc) => typeInto(doc, 0, ' sau cùng'))
  await writer.saved()
  writer.sendPresence([[78, 1, {}]])
  slow.ws.resume()
  await slow.until(() => slow.text === writer.text && slow.presence.has(78), 'all it missed')
  expect(world.rooms.stats()).toMatchObject({ sockets: 2, behind: 0 })
})

const lastSnapshot = async () => {
  const rows = world.database.read
    .selectFrom('document_snapshot')
    .select('seq')
    .orderBy('seq', 'desc')
  return (await rows.executeTakeFirst())?.seq ?? 0
}

test('[B44] what somebody missed is told on the same connection too when its rows have been folded since', async () => {
  const slow = await world.join('snv.officer')
  const writer = await world.join('stc.officer')
  slow.ws.pause()
  await fillTheWire(writer)
  const missedBy = await world.logLength()
  for (let i = 0; i < 600; i += 1) writer.write((_, doc) => typeInto(doc, 0, 'ê'))
  while ((await lastSnapshot()) <= missedBy) {
    writer.write((_, doc) => typeInto(doc, 0, 'ê'))
    await writer.saved()
  }
  slow.ws.resume()
  await slow.until(() => slow.text === writer.text, 'all it missed')
  expect(world.rooms.stats()).toMatchObject({ sockets: 2, behind: 0 })
}, 30_000)
