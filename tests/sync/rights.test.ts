import { connect as connectTcp } from 'node:net'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { SYNC } from '../../shared/sync/protocol.ts'
import { TestPeer, UpgradeRefused } from '../support/TestPeer.ts'
import { world } from './freshRooms.ts'
import { accountId, DOCUMENT, eventually, typeInto } from './testRooms.ts'

const statusOf = async (url: string, headers: Record<string, string>) => {
  try {
    const peer = await TestPeer.connect(url, { headers })
    peer.ws.terminate()
    return 101
  } catch (cause) {
    if (cause instanceof UpgradeRefused) return cause.status
    throw cause
  }
}

describe('the door', () => {
  const here = () => `${world.url}/${DOCUMENT}`
  const officer = { 'x-account': 'stc.officer' }

  test('[B42] a foreign Origin is 403 before 101; an absent one comes in', async () => {
    expect(await statusOf(here(), { ...officer, origin: 'https://evil.example' })).toBe(403)
    expect(await statusOf(here(), { ...officer, origin: 'null' })).toBe(403)
    expect(await statusOf(here(), { ...officer, origin: 'http://localhost' })).toBe(101)
    expect(await statusOf(here(), officer)).toBe(101)
  })

  test('no session is 401, no such document and no right to it are both 404, all before 101', async () => {
    expect(await statusOf(here(), {})).toBe(401)
    expect(await statusOf(`${world.url}/nothing00000000000001`, officer)).toBe(404)
    expect(await statusOf(`${world.url}/`, officer)).toBe(404)
    expect(await statusOf(`${world.url}/${DOCUMENT}/x`, officer)).toBe(404)
    await world.database.write((tx) =>
      tx.deleteFrom('membership').where('agency_id', '=', 'stc').execute(),
    )
    expect(await statusOf(here(), officer)).toBe(404)
    expect(world.rooms.stats()).toMatchObject({ rooms: 0, sockets: 0 })
  })

  test('who says that it speaks for somebody else than its session is 401 before 101', async () => {
    const other = accountId('snv.officer')
    expect(await statusOf(`${here()}?v=2&epoch=e1&client=7&user=${other}`, officer)).toBe(401)
    expect(await statusOf(`${here()}?user=`, officer)).toBe(401)
    expect(await statusOf(`${here()}?user=${accountId('stc.officer')}`, officer)).toBe(101)
    // Its clientID is still free for whoever really has it.
    const owner = await world.join('snv.officer', `?client=7&user=${other}`)
    expect(owner.synced).toBe(true)
  })

  test('the 201st socket of a user is 429, another user still comes in', async () => {
    const peers = await Promise.all(Array.from({ length: 200 }, () => world.connect('stc.officer')))
    expect(await statusOf(here(), officer)).toBe(429)
    expect(await statusOf(here(), { 'x-account': 'stc.head' })).toBe(101)
    await peers[0]?.leave()
    await eventually(() => statusOf(here(), officer)).toBe(101)
  })

  test('an old client is told so with 4426, one of another epoch with 4409, nonsense with 4400', async () => {
    const codeOf = async (query: string) =>
      (await (await world.connect('stc.officer', query)).closed).code
    for (const old of ['0', '1']) expect(await codeOf(`?v=${old}`)).toBe(4426)
    expect(await codeOf('?v=2&epoch=e0')).toBe(4409)
    expect(await codeOf('?client=-1')).toBe(4400)
    const peer = await world.join('stc.officer', '?v=2&epoch=e1&client=5')
    expect(peer.synced).toBe(true)
  })

  test('[B43] no deflate is offered', async () => {
    const peer = await world.join('stc.officer')
    expect(peer.ws.extensions).toBe('')
  })

  test('an upgrade elsewhere is 404 at once, unless somebody else listens for it', async () => {
    const { hostname, port } = new URL(world.url)
    const ask = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTcp(Number(port), hostname, () =>
          socket.write(
            'GET /api HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
          ),
        )
        let answer = ''
        socket.on('data', (data) => {
          answer += data
        })
        socket.on('error', reject)
        socket.on('close', () => resolve(answer))
      })
    expect(await ask()).toBe('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    world.server.on('upgrade', (_req, socket) => socket.end('of another'))
    expect(await ask()).toBe('of another')
  })

  test('an upgrade that breaks off or is no upgrade at all harms nobody', async () => {
    const port = Number(new URL(world.url).port)
    for (const head of [
      'GET /sync/x HTTP/1.1',
      `GET /sync/${DOCUMENT} HTTP/1.1`,
      'GET // HTTP/1.1',
    ]) {
      const socket = connectTcp(port, '127.0.0.1')
      socket.on('error', () => {
        // A reset is as good an answer as any.
      })
      socket.write(`${head}\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
      socket.destroy()
    }
    expect(await statusOf(here(), officer)).toBe(101)
  })

  test('the server’s step 1 is the first thing a client hears, its step 2 comes after', async () => {
    const peer = await world.join('stc.officer')
    const sync = peer.order.filter(([type]) => type === 0).map(([, sub]) => sub)
    expect(peer.order[0]).toEqual([0, SYNC.step1])
    expect(sync).toEqual([SYNC.step1, SYNC.update, SYNC.step2])
  })
})

describe('[B40] who may only read', () => {
  const readers = ['bantdkt.observer', 'stc.clerk']
  const phases = ['drafting', 'locked', 'complete']

  test.each(readers)(
    '%s: an update, a step 2 and a mere deletion are 4403 in every phase and never late',
    async (who) => {
      const witness = await world.join('stc.officer')
      for (const phase of phases) {
        await world.setPhase(phase)
        const before = [witness.received, await world.diskText()]
        const attacks: ((peer: TestPeer) => void)[] = [
          (peer) => peer.write((_, doc) => typeInto(doc, 1, ' lén')),
          (peer) => peer.sendStep2(peer.change((_, doc) => typeInto(doc, 1, ' lén'))),
          (peer) => peer.write((body) => body.delete(0, 1)),
          (peer) => peer.sendStep2(peer.change((body) => body.delete(0, 1))),
        ]
        for (const attack of attacks) {
          const peer = await world.join(who)
          await peer.saved()
          attack(peer)
          expect((await peer.closed).code).toBe(4403)
          expect(peer.refusals).toMatchObject([{ code: 'auth/forbidden', frame: peer.sent }])
        }
        expect([witness.received, await world.diskText()]).toEqual(before)
      }
      expect(world.late).toEqual([])
      expect(await world.database.read.selectFrom('late_update').selectAll().execute()).toEqual([])
    },
  )

  test.each(readers)('%s: the echo of what the server has is acknowledged', async (who) => {
    const peer = await world.join(who)
    await peer.saved()
    peer.sendStep2(Y.encodeStateAsUpdate(peer.doc))
    peer.sendUpdate(Y.encodeStateAsUpdate(peer.doc))
    await peer.saved()
    expect(await world.logLength()).toBe(1)
  })

  test('the clean-up of idle formatting marks that every Yjs client does is nobody’s content', async () => {
    const writers = [await world.join('stc.officer'), await world.join('snv.officer')]
    const reader = world.stock('bantdkt.observer')
    await reader.synced()
    const text = (doc: Y.Doc) =>
      (doc.getXmlFragment('body').get(1) as Y.XmlElement).get(0) as Y.XmlText
    // Two people make the same words bold at once: Yjs keeps both marks, and every client drops the idle ones.
    const both = writers.map((writer) =>
      writer.change((_, doc) => text(doc).format(0, 8, { bold: {} })),
    )
    for (const [i, writer] of writers.entries()) writer.sendUpdate(both[i] ?? new Uint8Array())
    await Promise.all(writers.map((writer) => writer.saved()))
    await eventually(() => reader.text()).toBe(writers[0]?.text)
    const frames = reader.counts.sent
    expect(frames).toBeGreaterThan(1)
    await eventually(() => reader.isSaved()).toBe(true)
    const rows = await world.logLength()
    await world.setPhase('locked')
    reader.provider.disconnect()
    reader.provider.connect()
    await reader.synced()
    await eventually(() => reader.isSaved()).toBe(true)
    expect(await world.logLength()).toBe(rows)
  })
})

describe('[B38] rights on live sockets', () => {
  test('a role withdrawn counts from the next frame on', async () => {
    const peer = await world.join('stc.officer')
    peer.write((_, doc) => typeInto(doc, 1, ' được'))
    await peer.saved()
    await world.database.write((tx) =>
      tx
        .updateTable('account')
        .set({ role: 'clerk' })
        .where('id', '=', accountId('stc.officer'))
        .execute(),
    )
    peer.write((_, doc) => typeInto(doc, 1, ' không'))
    expect((await peer.closed).code).toBe(4403)
    expect(await world.diskText()).not.toContain(' không')
  })

  test('an account disabled, an agency removed: the next frame is refused', async () => {
    const [disabled, outside] = [await world.join('stc.officer'), await world.join('snv.officer')]
    await world.database.write(async (tx) => {
      await tx
        .updateTable('account')
        .set({ disabled_at: 1 })
        .where('id', '=', accountId('stc.officer'))
        .execute()
      await tx.deleteFrom('membership').where('agency_id', '=', 'snv').execute()
    })
    disabled.write((_, doc) => typeInto(doc, 1, ' không'))
    outside.write((_, doc) => typeInto(doc, 1, ' không'))
    expect((await disabled.closed).code).toBe(4401)
    expect((await outside.closed).code).toBe(4404)
    expect(await world.logLength()).toBe(1)
  })

  test('rows changed by anybody: who may no longer read is closed, who may is told, and others see the new name', async () => {
    const [gone, stays] = [
      await world.join('snv.officer'),
      await world.join('stc.officer', '?client=7'),
    ]
    stays.sendPresence([[7, 1, {}]])
    const witness = await world.join('vpdbqh.officer')
    await witness.until(() => witness.presence.has(7), 'presence')
    await world.database.write(async (tx) => {
      await tx.deleteFrom('membership').where('agency_id', '=', 'snv').execute()
      await tx
        .updateTable('account')
        .set({ name: 'Tên mới' })
        .where('id', '=', accountId('stc.officer'))
        .execute()
    })
    expect((await gone.closed).code).toBe(4404)
    await stays.until(() => stays.notices.length > 0, 'notice')
    expect(stays.notices).toEqual([{ type: 'document' }])
    await witness.until(
      () => (witness.presence.get(7)?.user as { name: string } | undefined)?.name === 'Tên mới',
      'the new name',
    )
  })

  test('a session that ends takes its sockets with it, and no others; what it still sends is not taken', async () => {
    const mine = await world.join('stc.officer')
    const elsewhere = await TestPeer.join(`${world.url}/${DOCUMENT}`, {
      headers: { 'x-account': 'stc.officer', 'x-session': 'another' },
    })
    world.endedSessions.add('session of stc.officer')
    world.rooms.endSession('session of stc.officer')
    mine.write((_, doc) => typeInto(doc, 1, ' không'))
    expect((await mine.closed).code).toBe(4401)
    elsewhere.write((_, doc) => typeInto(doc, 1, ' còn'))
    await elsewhere.saved()
    expect(await world.diskText()).not.toContain(' không')
    await elsewhere.leave()
  })

  test('notices reach the document’s sockets, or one agency’s alone', async () => {
    const [a, b] = [await world.join('stc.officer'), await world.join('snv.officer')]
    world.rooms.notify(DOCUMENT, { type: 'thread', threadId: 't' }, { agencyId: 'stc' })
    world.rooms.notify(DOCUMENT, { type: 'position' })
    await b.until(() => b.notices.length > 0, 'notice')
    await a.until(() => a.notices.length > 1, 'notices')
    expect(a.notices).toEqual([{ type: 'thread', threadId: 't' }, { type: 'position' }])
    expect(b.notices).toEqual([{ type: 'position' }])
  })
})
