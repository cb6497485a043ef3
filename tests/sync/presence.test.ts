import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { PresenceUser } from '../../shared/sync/protocol.ts'
import { world } from './freshRooms.ts'
import { accountId, eventually } from './testRooms.ts'

const STC = {
  id: accountId('stc.officer'),
  name: 'officer stc',
  agencyId: 'stc',
  agency: 'STC',
}

test('who somebody is comes from the session; of what the client says only the cursor stays', async () => {
  const witness = await world.join('snv.officer')
  const peer = await world.join('stc.officer', '?client=5')
  const cursor = { anchor: 1, head: 2 }
  peer.sendPresence([[5, 1, { user: { id: 'x', name: 'Trưởng khối' }, cursor, role: 'lead' }]])
  await witness.until(() => witness.presence.has(5), 'presence')
  const state = witness.presence.get(5)
  expect(Object.keys(state ?? {}).sort()).toEqual(['cursor', 'user'])
  expect(state).toMatchObject({ user: STC, cursor })
  expect(PresenceUser.parse(state?.user).color).toMatch(/^#[0-9a-f]{6}$/)
})

test('nobody speaks for a colleague: foreign entries and foreign farewells are ignored', async () => {
  const victim = await world.join('snv.officer', '?client=6')
  victim.sendPresence([[6, 1, {}]])
  const forger = await world.join('stc.officer', '?client=5')
  await forger.until(() => forger.presence.has(6), 'presence')
  forger.sendPresence([
    [6, 99, null],
    [6, 100, { user: { name: 'giả' } }],
    [77, 1, { user: { name: 'ma' } }],
    [5, 1, { user: { name: 'giả' } }],
  ])
  const witness = await world.join('vpdbqh.officer')
  await witness.until(() => witness.presence.has(5) && witness.presence.has(6), 'both')
  expect([...witness.presence.keys()].sort()).toEqual([5, 6])
  expect(witness.presence.get(6)?.user).toMatchObject({ name: 'officer snv' })
  expect(witness.presence.get(5)?.user).toMatchObject(STC)
})

test('a cursor beyond 2 kB is left out, the person stays', async () => {
  const witness = await world.join('snv.officer')
  const peer = await world.join('stc.officer', '?client=5')
  peer.sendPresence([[5, 1, { cursor: { anchor: 'x'.repeat(3000) } }]])
  await witness.until(() => witness.presence.has(5), 'presence')
  expect(witness.presence.get(5)).toEqual({ user: expect.objectContaining(STC) })
})

test('a newcomer sees who is there, also when it asks; a leaver is gone for all', async () => {
  const first = await world.join('stc.officer', '?client=5')
  first.sendPresence([[5, 1, {}]])
  const second = await world.join('snv.officer')
  await second.until(() => second.presence.has(5), 'presence')
  second.presence.clear()
  second.queryPresence()
  await second.until(() => second.presence.has(5), 'presence again')
  first.sendPresence([[5, 2, null]])
  await second.until(() => !second.presence.has(5), 'farewell')
  first.sendPresence([[5, 3, {}]])
  await second.until(() => second.presence.has(5), 'back')
  first.ws.terminate()
  await second.until(() => !second.presence.has(5), 'hard end')
})

test('[B22][B23] after a reconnect each stock client is listed again, once, with its old clock', async () => {
  const clients = ['stc.officer', 'snv.officer', 'vpdbqh.officer'].map((who) => world.stock(who))
  await Promise.all(clients.map((client) => client.synced()))
  const present = () => clients.map((client) => client.provider.awareness.getStates().size).join()
  await eventually(present).toBe('3,3,3')
  for (const client of clients) {
    const { provider } = client
    ;(provider.ws as unknown as WebSocket).terminate()
    await eventually(() => provider.wsconnected).toBe(false)
    await eventually(() => provider.wsconnected).toBe(true)
  }
  await eventually(present).toBe('3,3,3')
  const seen = clients[0]?.provider.awareness.getStates().get(clients[1]?.doc.clientID ?? 0)
  expect(seen?.user).toMatchObject({ name: 'officer snv' })
})

test('two tabs of one user are two carets, and the stock client’s echoes close neither', async () => {
  const tabs = [world.stock('stc.officer'), world.stock('stc.officer')]
  const witness = world.stock('snv.officer')
  await Promise.all([...tabs, witness].map((client) => client.synced()))
  await eventually(() => witness.provider.awareness.getStates().size).toBe(3)
  for (let i = 0; i < 5; i += 1)
    for (const tab of tabs)
      tab.provider.awareness.setLocalStateField('cursor', { anchor: i, head: i })
  await eventually(
    () =>
      tabs.filter(
        (tab) => witness.provider.awareness.getStates().get(tab.doc.clientID)?.cursor?.anchor === 4,
      ).length,
  ).toBe(2)
  expect(tabs.map((tab) => tab.provider.wsconnected)).toEqual([true, true])
})

test('a reader without a presence of its own does not take a tab’s name by echoing it', async () => {
  const tab = world.stock('stc.officer')
  await tab.synced()
  const silent = world.stock('stc.officer')
  silent.provider.awareness.setLocalState(null)
  await silent.synced()
  const witness = world.stock('snv.officer')
  await witness.synced()
  await eventually(() => witness.provider.awareness.getStates().has(tab.doc.clientID)).toBe(true)
  tab.provider.awareness.setLocalStateField('cursor', { anchor: 1, head: 1 })
  await eventually(
    () => witness.provider.awareness.getStates().get(tab.doc.clientID)?.cursor?.anchor,
  ).toBe(1)
  expect(tab.provider.ws?.readyState).toBe(WebSocket.OPEN)
  expect(silent.provider.ws?.readyState).toBe(WebSocket.OPEN)
})
