import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBlocActor } from '../../../server/accounts/actorStore.ts'
import { findDocument } from '../../../server/documents/documentStore.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import { nameVersion } from '../../../server/versions/keepVersion.ts'
import { restoreVersion } from '../../../server/versions/restoreVersion.ts'
import { contentOf, findVersion } from '../../../server/versions/versionStore.ts'
import { lettersText } from '../../../shared/clauses/clause.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { clausesOf, crowd } from '../support/people.ts'

let server: TestServer
let typist: TestPeer
let id: string
let clauseId: string

beforeAll(async () => {
  server = await startTestServer()
  const person = crowd(server)
  id = (await server.documentOf('plan')).id
  clauseId = (await clausesOf(await person('stc.officer'), id)).clauses[2]?.id ?? ''
  typist = await openDocument(server, await person('snv.officer'), id)
})
afterAll(async () => {
  await typist.leave()
  await server.close()
})

const type = async (text: string) => {
  typist.write((_, doc) => void setClauseText(doc, clauseId, text))
  await typist.saved()
}

test('[P16] a restore comes through while somebody types without a pause, and keeps the very last of those words', async () => {
  const { platform } = server
  const real = createRooms(platform, {
    authenticate: async () => null,
    endedSessions: async () => [],
    isAllowedOrigin: () => true,
    onLateUpdate: async () => {},
    onRestructured: async () => {},
    onLeft: async () => {},
  })
  let typed = 0
  const rooms: typeof real = {
    ...real,
    async edit(...edit) {
      // After every look at the text, before anything could be written about it.
      typed += 1
      await type(`Lời thứ ${typed}`)
      return real.edit(...edit)
    },
  }
  const deps = { platform, rooms, sessions: null as never }
  const document = await findDocument(platform.database.read, id)
  const { id: account } = await platform.database.read
    .selectFrom('account')
    .select('id')
    .where('account', '=', 'stc.officer')
    .executeTakeFirstOrThrow()
  const actor =
    document &&
    (await findBlocActor(platform.database.read, account, document.blocId, platform.clock()))
  if (!document || !actor) throw new Error('nobody there')
  await type('Lời gốc')
  const named = await nameVersion(deps, document, { name: 'Gốc', actor })
  const version = await findVersion(platform.database.read, named)
  if (!version) throw new Error('no version')
  const kept = await restoreVersion(deps, document, { version, clauseId: null, actor })
  const textIn = async (versionId: string) => {
    const { blocks } = await contentOf(platform.database.read, versionId)
    const block = blocks.find((one) => one.id === clauseId)
    return block && lettersText(block)
  }
  expect([await textIn(named), await textIn(kept ?? '')]).toEqual(['Lời gốc', 'Lời thứ 1'])
  const now = (await real.read(id)).blocks.find((one) => one.id === clauseId)
  expect(now && lettersText(now)).toBe('Lời gốc')
  await real.close()
})
