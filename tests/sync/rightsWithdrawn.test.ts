import { expect, test } from 'vitest'
import type { TestPeer } from '../support/TestPeer.ts'
import { world } from './freshRooms.ts'
import { accountId, DOCUMENT, typeInto } from './testRooms.ts'

const SOCKETS = 100
const WITHIN_MS = 1_000

const change = (values: { role?: string; disabled_at?: number }) =>
  world.database.write((tx) =>
    tx.updateTable('account').set(values).where('id', '=', accountId('stc.officer')).execute(),
  )

test.each([
  { what: 'the role becomes a clerk’s', values: { role: 'clerk' }, code: 4403 },
  { what: 'the account is disabled', values: { disabled_at: 1 }, code: 4401 },
])(
  '[B38] $what while a hundred sockets type: nothing is taken later than a second after, and all are told',
  async ({ values, code }) => {
    const peers: TestPeer[] = []
    for (let i = 0; i < SOCKETS; i += 1) peers.push(await world.join('stc.officer'))
    const witness = await world.join('snv.officer')
    await Promise.all([...peers, witness].map((peer) => peer.saved()))
    const typing = peers.map(async (peer, i) => {
      // A word after each acknowledgement, until the server ends it.
      for (let n = 0; peer.ws.readyState === peer.ws.OPEN; n += 1) {
        peer.write((_, doc) => typeInto(doc, i % 2, `${n % 10}`))
        await peer.saved().catch(() => {
          // Closed: what matters is the code, below.
        })
      }
    })
    await Promise.all(peers.map((peer) => peer.until(() => peer.acked > 2, 'words taken')))
    await change(values)
    const withdrawn = world.platform.clock()
    const closes = await Promise.all(peers.map((peer) => peer.closed))
    await Promise.all(typing)
    expect(new Set(closes.map((close) => close.code))).toEqual(new Set([code]))
    const last = await world.database.read
      .selectFrom('document_update')
      .select((eb) => eb.fn.max('at').as('at'))
      .where('document_id', '=', DOCUMENT)
      .where('account_id', '=', accountId('stc.officer'))
      .executeTakeFirstOrThrow()
    expect(Number(last.at) - withdrawn).toBeLessThan(WITHIN_MS)
    witness.write((_, doc) => typeInto(doc, 0, ' còn'))
    await witness.saved()
  },
  60_000,
)
