import { expect, test } from 'vitest'
import { world } from './freshRooms.ts'
import { accountId } from './testRooms.ts'

test('[B38] a hundred sockets that only listen are sent away when their account is disabled, by nothing but the row', async () => {
  const peers = await Promise.all(Array.from({ length: 100 }, () => world.join('stc.officer')))
  const other = await world.join('stc.head')
  await world.database.write((tx) =>
    tx
      .updateTable('account')
      .set({ disabled_at: 1 })
      .where('id', '=', accountId('stc.officer'))
      .execute(),
  )
  const closes = await Promise.all(peers.map((peer) => peer.closed))
  expect(new Set(closes.map(({ code }) => code))).toEqual(new Set([4401]))
  expect(other.ws.readyState).toBe(other.ws.OPEN)
})
