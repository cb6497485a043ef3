import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { CommittedText } from '../../server/sync/rooms.ts'
import { AppError } from '../../shared/base/errors.ts'
import { blockText } from '../../shared/clauses/clause.ts'
import { setClauseText } from '../../shared/clauses/yjs.ts'
import { disk, world } from './freshRooms.ts'
import { accountId, DOCUMENT, eventually, typeInto } from './testRooms.ts'

const lateRows = () => world.database.read.selectFrom('late_update').selectAll().execute()

const lock = () =>
  world.rooms.exclusive(DOCUMENT, async (text) => {
    await world.setPhase('locked')
    return text
  })

const textsOf = ({ blocks }: CommittedText) => blocks.map(blockText)

describe('after the lock', () => {
  test('an update, a step 2 and a mere deletion are kept as late, refused with 4423, and change nothing', async () => {
    const witness = await world.join('snv.officer')
    const { received } = witness
    const writes = [
      (_: Y.XmlFragment, doc: Y.Doc) => typeInto(doc, 1, ' muộn'),
      (body: Y.XmlFragment) => body.delete(0, 1),
    ]
    await lock()
    const text = await world.diskText()
    for (const step2 of [false, true])
      for (const write of writes) {
        const peer = await world.join('stc.officer')
        await peer.saved()
        const update = peer.change(write)
        if (step2) peer.sendStep2(update)
        else peer.sendUpdate(update)
        expect((await peer.closed).code).toBe(4423)
        const kept = (await lateRows()).find((row) => Buffer.compare(row.bytes, update) === 0)
        expect(kept).toMatchObject({ account_id: accountId('stc.officer'), base_revision: 1 })
        expect(peer.refusals).toEqual([
          { code: 'document/locked', frame: peer.sent, details: { lateId: kept?.id } },
        ])
      }
    expect(await world.diskText()).toBe(text)
    expect(witness.received).toBe(received)
    expect(world.late).toHaveLength(4)
  })

  test('the bytes are on disk before the refusal is said', async () => {
    await lock()
    const peer = await world.join('stc.officer')
    await peer.saved()
    let letGo = () => {}
    const asked = new Promise<void>((isAsked) => {
      disk.write = async (work) => {
        isAsked()
        await new Promise<void>((go) => {
          letGo = go
        })
        return world.database.write(work)
      }
    })
    peer.write((_, doc) => typeInto(doc, 1, ' muộn'))
    await asked
    // Whatever was said before it has come with it.
    world.rooms.notify(DOCUMENT, { type: 'position' })
    await peer.until(() => peer.notices.length + peer.refusals.length > 0, 'a later frame')
    expect(peer.refusals).toEqual([])
    letGo()
    expect((await peer.closed).code).toBe(4423)
    expect(await lateRows()).toHaveLength(1)
  })

  test('what several frames of one breath say is kept together', async () => {
    const peer = await world.join('stc.officer')
    await peer.saved()
    await lock()
    for (const word of [' một', ' hai', ' ba']) peer.write((_, doc) => typeInto(doc, 1, word))
    expect((await peer.closed).code).toBe(4423)
    const [late, ...others] = await lateRows()
    expect(others).toEqual([])
    const { encodeState } = await world.rooms.read(DOCUMENT)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, encodeState())
    Y.applyUpdate(doc, late?.bytes ?? new Uint8Array())
    expect(doc.getXmlFragment('body').toString()).toBe(peer.text)
  })

  test('the same bytes sent again are kept once, and answered with the same id', async () => {
    await lock()
    const peer = await world.join('stc.officer')
    const update = peer.change((_, doc) => typeInto(doc, 1, ' muộn'))
    peer.sendUpdate(update)
    await peer.closed
    const again = await world.join('stc.officer')
    again.sendUpdate(update)
    await again.closed
    expect(await lateRows()).toHaveLength(1)
    expect(again.refusals[0]?.details).toEqual(peer.refusals[0]?.details)
  })

  test('an echo of what the server has is acknowledged', async () => {
    const writer = await world.join('stc.officer')
    writer.write((body) => body.delete(2, 1))
    await writer.saved()
    await lock()
    writer.sendStep2(Y.encodeStateAsUpdate(writer.doc))
    writer.sendUpdate(Y.encodeStateAsUpdate(writer.doc))
    await writer.saved()
    const back = world.stock('stc.officer', writer.doc)
    await back.synced()
    await eventually(() => back.isSaved()).toBe(true)
    expect(await lateRows()).toEqual([])
  })

  test('[B50] a stock client that comes back from offline work stops for good, its words are kept', async () => {
    const client = world.stock('stc.officer')
    await client.synced()
    client.provider.disconnect()
    typeInto(client.doc, 1, ' ngoại tuyến')
    await lock()
    client.provider.connect()
    expect((await client.closed).code).toBe(4423)
    const [late] = await lateRows()
    expect(client.refusals[0]?.details).toEqual({ lateId: late?.id })
    expect(await world.diskText()).not.toContain(' ngoại tuyến')
    expect(world.late).toEqual([{ id: late?.id, documentId: DOCUMENT }])
  })

  test('a lock that slips in between check and append makes the frames late, all of them', async () => {
    const peers = [await world.join('stc.officer'), await world.join('snv.officer')]
    await Promise.all(peers.map((peer) => peer.saved()))
    disk.append = async (batch) => {
      disk.append = null
      await world.setPhase('locked')
      return world.database.append(batch)
    }
    for (const peer of peers) peer.write((_, doc) => typeInto(doc, 1, ' giữa chừng'))
    for (const peer of peers) {
      expect((await peer.closed).code).toBe(4423)
      expect(peer.acked).toBe(peer.sent - 1)
    }
    expect(await lateRows()).toHaveLength(2)
    expect(await world.logLength()).toBe(1)
    const { blocks } = await world.rooms.read(DOCUMENT)
    expect(JSON.stringify(blocks)).not.toContain('giữa chừng')
  })
})

test('lock race, 20 seeded rounds: what the locker saw is what the log says, whoever types meanwhile', async () => {
  const people = ['stc.officer', 'snv.officer']
  for (let seed = 0; seed < 20; seed += 1) {
    await world.setPhase('drafting')
    const writers = people.map((who) => world.stock(who))
    await Promise.all(writers.map((writer) => writer.synced()))
    const start = textsOf(await world.rooms.read(DOCUMENT))
    const typed = people.map(() => '')
    let locked: ReturnType<typeof lock> | undefined
    // Frames go out with each keystroke; the lock is asked for at another moment each round.
    for (let key = 0; key < 40; key += 1) {
      for (const [i, writer] of writers.entries()) {
        typeInto(writer.doc, i, `${key % 10}`)
        typed[i] += `${key % 10}`
      }
      if (key === (seed * 7) % 40) locked = lock()
      if (key % (1 + (seed % 4)) === 0) await new Promise((turn) => setImmediate(turn))
    }
    const seen = await locked
    const closes = await Promise.all(writers.map((writer) => writer.closed))
    if (!seen) throw new Error('not locked')
    const round = `round ${seed}`
    expect(
      closes.map(({ code }) => code),
      round,
    ).toEqual([4423, 4423])
    const now = await world.rooms.read(DOCUMENT)
    expect(textsOf(now), round).toEqual(textsOf(seen))
    const log = new Y.Doc()
    Y.applyUpdate(log, seen.encodeState())
    expect(await world.diskText(), round).toBe(log.getXmlFragment('body').toString())
    for (const [i, writer] of writers.entries()) {
      const entered = textsOf(seen)[i]?.slice(start[i]?.length) ?? ''
      expect(typed[i]?.startsWith(entered), round).toBe(true)
      // The first document frame is the answer to the server's step 1.
      expect(entered.length, round).toBe(writer.counts.acked - 1)
      const ids = (await lateRows()).map((row) => row.id)
      expect(ids, round).toContain(writer.refusals[0]?.details.lateId)
      writer.destroy()
    }
  }
}, 120_000)

describe('exclusive and edit', () => {
  test('no update is taken in while somebody works, and none is lost', async () => {
    const peer = await world.join('stc.officer')
    await peer.saved()
    await world.rooms.exclusive(DOCUMENT, async (text) => {
      peer.write((_, doc) => typeInto(doc, 1, ' chờ'))
      await peer.heard()
      expect(peer.acked).toBe(peer.sent - 1)
      expect(await world.logLength()).toBe(text.revision)
    })
    await peer.saved()
    expect(await world.diskText()).toContain(' chờ')
  })

  test('work that throws lets the next one in; work that waits for itself is told so', async () => {
    const failing = world.rooms.exclusive(DOCUMENT, async () => {
      throw new Error('đổi ý')
    })
    await expect(failing).rejects.toThrow('đổi ý')
    await world.rooms.exclusive(DOCUMENT, async () => {
      await expect(world.rooms.read(DOCUMENT)).rejects.toThrow('being worked on')
    })
    expect((await world.rooms.read(DOCUMENT)).revision).toBe(1)
  })

  test('an edit by the server is on disk, then shown to all', async () => {
    const peer = await world.join('stc.officer')
    const revision = await world.rooms.edit(DOCUMENT, accountId('vpdbqh.head'), (doc) => {
      setClauseText(doc, 'c2', 'Do máy chủ viết')
    })
    expect(revision).toBe(2)
    await peer.until(() => peer.text.includes('Do máy chủ viết'), 'the edit')
    expect(await world.diskText()).toBe(peer.text)
    const row = await world.database.read
      .selectFrom('document_update')
      .select(['account_id', 'client_id'])
      .where('seq', '=', 2)
      .executeTakeFirst()
    expect(row).toEqual({ account_id: accountId('vpdbqh.head'), client_id: null })
    peer.write((_, doc) => typeInto(doc, 1, ' và tôi'))
    await peer.saved()
    expect(await world.diskText()).toContain('Do máy chủ viết và tôi')
  })

  test('an edit that changes nothing, throws, breaks the schema or comes after the lock leaves no trace', async () => {
    const peer = await world.join('stc.officer')
    const { received } = peer
    const edit = (change: (doc: Y.Doc) => void) =>
      world.rooms.edit(DOCUMENT, accountId('vpdbqh.head'), change)
    expect(await edit(() => {})).toBe(1)
    const thrown = edit((doc) => {
      doc.getXmlFragment('body').delete(0, 4)
      throw new Error('giữa chừng')
    })
    await expect(thrown).rejects.toThrow('giữa chừng')
    const bad = edit((doc) => doc.getXmlFragment('body').insert(0, [new Y.XmlElement('video')]))
    await expect(bad).rejects.toMatchObject({ code: 'content/refused' })
    await lock()
    const late = edit((doc) => doc.getXmlFragment('body').delete(0, 1))
    await expect(late).rejects.toBeInstanceOf(AppError)
    await expect(late).rejects.toMatchObject({ code: 'document/wrong-phase' })
    expect(await world.logLength()).toBe(1)
    const { blocks } = await world.rooms.read(DOCUMENT)
    expect(blocks).toHaveLength(4)
    expect(peer.received).toBe(received)
  })
})
