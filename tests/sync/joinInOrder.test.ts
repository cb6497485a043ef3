import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { TestPeer } from '../support/TestPeer.ts'
import { world } from './freshRooms.ts'
import { DOCUMENT, typeInto } from './testRooms.ts'

/**
 * Yjs keeps aside what has come too early and merges it anew with each arrival: 500 rows before their base, a few
 * pastes among them, hold a browser up for five seconds, and 20 ms in order.
 */
test('[B33] a newcomer, and who was away, are never given a row before what it stands on', async () => {
  const writer = await world.join('stc.officer')
  const away = await world.join('snv.officer')
  await away.leave()
  // Somebody asks in between, so that an answer may have been prepared and rows have come since.
  await (await world.join('vpdbqh.officer')).leave()
  for (let i = 0; i < 40; i += 1) writer.write((_, doc) => typeInto(doc, i % 2, `${i % 10}`))
  writer.write((body) => body.delete(2, 1))
  await writer.saved()
  for (const doc of [new Y.Doc(), away.doc]) {
    const peer = await TestPeer.connect(`${world.url}/${DOCUMENT}`, {
      headers: world.headers('snv.officer'),
      doc,
    })
    let early = 0
    peer.ws.on('message', () => {
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) early += 1
    })
    peer.sendStep1()
    await peer.until(() => peer.synced, 'synced')
    expect(early).toBe(0)
    expect(peer.text).toBe(writer.text)
    await peer.leave()
  }
})
