/**
 * The program that is killed: the product's data folder, rooms and lock, with clients of its own on loopback. It says
 * on its standard output what it has been promised, before it asks for more; the pipe outlives it.
 * Arguments: data folder, how long to type, what to do in turn.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findBlocActor } from '../../../server/accounts/actorStore.ts'
import { createSessions } from '../../../server/accounts/sessions.ts'
import { lockDocument } from '../../../server/locking/lockDocument.ts'
import { openPlatform } from '../../../server/openPlatform.ts'
import { readConfig } from '../../../server/platform/config.ts'
import { addRevision } from '../../../server/signing/signingStore.ts'
import { createRooms } from '../../../server/sync/rooms.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import { appendWords, textOf } from './covenant.ts'

const [dataDir = '', turns = '', ...steps] = process.argv.slice(2)
const say = (line: string) => void writeSync(1, `${line}\n`)

const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'fatal' })
const { platform, close } = await openPlatform(config, () => process.exit(1))
const { read } = platform.database
const accounts = new Map(
  (await read.selectFrom('account').select(['id', 'account']).execute()).map((row) => [
    row.account,
    row.id,
  ]),
)
const documents = new Map(
  (await read.selectFrom('document').select(['id', 'kind', 'bloc_id']).execute()).map((row) => [
    row.kind,
    row,
  ]),
)
const documentOf = (kind: string) => {
  const found = documents.get(kind)
  if (!found) throw new Error(`no ${kind}`)
  return found
}

const rooms = createRooms(platform, {
  async authenticate({ headers }) {
    const accountId = accounts.get(String(headers['x-account']))
    return accountId ? { accountId, sessionId: accountId } : null
  },
  endedSessions: async () => [],
  isAllowedOrigin: () => true,
  async onLateUpdate() {},
  async onRestructured() {},
  async onLeft() {},
})
const server = createServer()
rooms.attach(server)
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const { port } = server.address() as AddressInfo
const enter = (account: string, kind: string) =>
  TestPeer.join(`ws://127.0.0.1:${port}/sync/${documentOf(kind).id}`, {
    headers: { 'x-account': account },
  })

let word = 0

/** Three people type, one reads. Whoever is told that words are saved, or sees them, says so. */
async function update(count = Number(turns)): Promise<void> {
  const kind = 'plan'
  const writers = []
  for (const account of ['stc.officer', 'snv.officer', 'vpub.officer'])
    writers.push(await enter(account, kind))
  const reader = await enter('bantdkt.observer', kind)
  const seen = new Set<string>()
  reader.ws.on('message', () => {
    for (const words of textOf(reader.doc).match(/\[\w+\]/g) ?? [])
      if (!seen.has(words)) {
        seen.add(words)
        say(`kept ${words}`)
      }
  })
  for (let i = 0; i < count; i += 1) {
    const pairs = writers.slice(0, 1 + (i % 3)).map((writer) => {
      const words = `[${process.pid}w${word++}]`
      writer.write((_, doc) => appendWords(doc, words))
      return { writer, words }
    })
    for (const { writer, words } of pairs) {
      await writer.saved()
      say(`kept ${words}`)
    }
  }
  for (const peer of [...writers, reader]) await peer.leave()
}

/** Rooms fold their log into a snapshot when the last one leaves. */
async function compaction(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await update(Number(turns) / 4)
    while (rooms.stats().rooms > 0) await new Promise((turn) => setImmediate(turn))
  }
}

async function lock(): Promise<void> {
  const { id, bloc_id } = documentOf('covenant')
  const head = accounts.get('vpdbqh.head') ?? ''
  const actor = await findBlocActor(read, head, bloc_id, platform.clock())
  if (!actor) throw new Error('nobody to lock')
  const deps = { platform, rooms, sessions: createSessions(platform) }
  await lockDocument(deps, { documentId: id, actor })
  say('locked')
  const late = await enter('stc.officer', 'covenant')
  late.write((_, doc) => appendWords(doc, '[late]'))
  const { code } = await late.closed
  if (code === 4423) say('late')
}

async function blob(): Promise<void> {
  for (let i = 0; i < 5; i += 1) {
    const bytes = createHash('sha512').update(`${i}`).digest()
    const file = Buffer.concat(Array.from({ length: 20 + i * 900 }, () => bytes))
    const sha256 = await platform.blobs.put(file)
    say(`stored ${sha256}`)
    const at = platform.clock()
    const documentId = documentOf('regulation').id
    await platform.database.write((tx) =>
      addRevision(tx, { documentId, sha256, size: file.length, placeId: null, at }),
    )
    say(`named ${sha256}`)
  }
}

// Whoever wants to meddle does it now.
say('ready')
await once(process.stdin, 'data')
process.stdin.destroy()
const DEEDS: Record<string, () => Promise<void>> = { update, compaction, lock, blob }
for (const step of steps) await DEEDS[step]?.()
await rooms.close()
await close()
say('done')
process.exit(0)
