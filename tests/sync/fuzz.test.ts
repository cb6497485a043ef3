import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { SYNC } from '../../shared/sync/protocol.ts'
import { seeded } from '../support/seeded.ts'
import { world } from './freshRooms.ts'
import { DOCUMENT, eventually, typeInto } from './testRooms.ts'

test.each([1, 2, 3])(
  'seed %i: stock clients that type, delete, split and drop out come to one text, the one on disk',
  async (seed) => {
    const random = seeded(seed).below
    const people = ['vpdbqh.officer', 'snv.officer', 'stc.officer']
    const clients = people.map((who) => world.stock(who))
    await Promise.all(clients.map((client) => client.synced()))
    for (let step = 0; step < 150; step += 1) {
      const { doc, provider } = clients[random(3)] as (typeof clients)[number]
      const body = doc.getXmlFragment('body')
      const clauses = (body.toArray() as Y.XmlElement[]).filter((b) => b.nodeName === 'clause')
      const index = (body.toArray() as unknown[]).indexOf(clauses[random(clauses.length)])
      switch (random(6)) {
        case 0: {
          const made = new Y.XmlElement('clause')
          made.setAttribute('id', `n${seed}-${step}`)
          made.setAttribute('level', 'paragraph')
          body.insert(random(body.length + 1), [made])
          break
        }
        case 1:
          if (clauses.length > 2) body.delete(index, 1)
          break
        case 2:
          ;(body.get(index) as Y.XmlElement).setAttribute('level', 'point')
          break
        case 3: {
          const text = (body.get(index) as Y.XmlElement | undefined)?.get(0)
          if (text instanceof Y.XmlText && text.length > 3)
            text.format(random(text.length - 2), 2, { bold: random(2) ? {} : null })
          break
        }
        case 4:
          if (random(4) === 0) provider.wsconnected ? provider.disconnect() : provider.connect()
          break
        default:
          typeInto(doc, index, ` ${step}`)
      }
      if (step % 10 === 0) await new Promise((turn) => setImmediate(turn))
    }
    for (const { provider } of clients) provider.connect()
    await Promise.all(clients.map((client) => client.synced()))
    await eventually(() => clients.every((client) => client.isSaved())).toBe(true)
    await eventually(() => new Set(clients.map((client) => client.text())).size).toBe(1)
    expect(await world.diskText()).toBe(clients[0]?.text())
    const fresh = await world.join('stc.head')
    expect(fresh.text).toBe(clients[0]?.text())
  },
  120_000,
)

test('bytes of good updates, changed at random: the room stays what the log says, and honest writers go on', async () => {
  const witness = await world.join('snv.officer')
  const random = seeded(20_221_125).below
  let ended = 0
  for (let round = 0; round < 120; round += 1) {
    const own = new Y.Doc()
    own.clientID = 1000 + round
    const peer = await world.join('stc.officer', '', own)
    const good = peer.change((body, doc) => {
      const made = new Y.XmlElement('clause')
      made.setAttribute('id', `r${round}`)
      body.insert(random(body.length + 1), [made])
      typeInto(doc, (body.toArray() as unknown[]).indexOf(made), `lần ${round}`)
      if (round % 3 === 0) body.delete(random(body.length), 1)
    })
    const bytes = good.slice()
    for (let n = 1 + random(3); n > 0; n -= 1) bytes[random(bytes.length)] = random(256)
    peer.answers = false
    if (round % 2) peer.sendUpdate(bytes)
    else peer.sendStep2(bytes)
    const steps = () => peer.order.filter(([, sub]) => sub === SYNC.step1).length
    const settled = peer.until(
      () => peer.acked === peer.sent || steps() > 1,
      'acknowledged, or asked for a gap',
    )
    const outcome = await settled.then(
      () => 'taken',
      () => 'ended',
    )
    if (outcome === 'ended') ended += 1
    else await peer.leave()
  }
  witness.write((_, doc) => typeInto(doc, 0, ' nhân chứng'))
  await witness.saved()
  const { blocks, encodeState } = await world.rooms.read(DOCUMENT)
  const room = new Y.Doc()
  Y.applyUpdate(room, encodeState())
  expect(room.store.pendingStructs).toBeNull()
  expect(await world.diskText()).toBe(room.getXmlFragment('body').toString())
  const onDisk = await world.diskText()
  await witness.until(() => witness.text === onDisk, 'what is on disk')
  expect([...room.share.keys()]).toEqual(['body'])
  expect(blocks.length).toBeGreaterThan(0)
  expect(ended).toBeGreaterThan(20)
}, 120_000)
