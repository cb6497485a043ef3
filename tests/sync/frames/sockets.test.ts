import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { type Chance, seeded } from '../../support/seeded.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import { DOCUMENT, startTestRooms, type TestRooms, typeInto } from '../testRooms.ts'
import { built, record, type Specimen } from './corpus.ts'
import { CONTRACT_CODES } from './FuzzRoom.ts'
import { mutate } from './mutate.ts'
import { RawSocket, request, upgradeHeaders, wireFrame } from './rawSocket.ts'
import { updateFrame } from './updateBytes.ts'

/** SOAK=1 takes 50,000. */
const isSoak = process.env.SOAK === '1'
const FRAMES = Number(process.env.FRAMES ?? (isSoak ? 50_000 : 5_000))
const SEED = Number(process.env.SEED ?? 20_221_125)
const OTHER = 'document0000000000002'
/** Members, viewers, somebody of no agency of the bloc. */
const SENDERS = ['stc.officer', 'stc.head', 'snv.officer', 'stc.clerk', 'bantdkt.observer', 'xa.la']
/** Frames that one connection sends at most before the next takes its place. */
const BURST = 40

let world: TestRooms
beforeAll(async () => {
  world = await startTestRooms({ offencesAMinute: Number.MAX_SAFE_INTEGER })
  // A second document with the same text.
  await world.database.write(async (tx) => {
    const [row] = await tx.selectFrom('document').selectAll().execute()
    const [first] = await tx.selectFrom('document_update').selectAll().execute()
    if (!row || !first) throw new Error('no document to copy')
    await tx
      .insertInto('document')
      .values({ ...row, id: OTHER, kind: 'plan' })
      .execute()
    await tx
      .insertInto('document_update')
      .values({ ...first, document_id: OTHER })
      .execute()
  })
}, 60_000)
afterAll(() => world.close())

const join = (documentId: string, account: string) =>
  TestPeer.join(`${world.url}/${documentId}`, { headers: world.headers(account) })

/** One connection's share: frames until it is closed, or its turn is over. @returns frames sent */
async function attack(
  account: string,
  corpus: readonly Specimen[],
  chance: Chance,
): Promise<number> {
  const peer = await TestPeer.connect(`${world.url}/${DOCUMENT}`, {
    headers: world.headers(account),
    answers: false,
  }).catch((cause: { status?: number }) => {
    expect(cause.status, account).toBe(404)
    return null
  })
  if (!peer) return stranger(corpus, chance)
  let sent = 0
  let code: number | null = null
  void peer.closed.then((closed) => {
    code = closed.code
  })
  while (sent < BURST && code === null) {
    peer.send(mutate(chance.pick(corpus), chance, corpus).frame)
    sent += 1
    // Half of the time what was sent is dealt with before the next.
    if (chance.oneIn(2)) await new Promise((turn) => setImmediate(turn))
  }
  if (code === null) peer.ws.close()
  await peer.closed
  if (code !== 1005) expect([...CONTRACT_CODES, 1005], account).toContain(code)
  return sent
}

/** Frames of somebody who has not been let in: behind the request, before any answer. */
async function stranger(corpus: readonly Specimen[], chance: Chance): Promise<number> {
  const socket = await RawSocket.open(world.url.replace('ws:', 'http:'))
  socket.write(request(`GET /sync/${DOCUMENT} HTTP/1.1`, upgradeHeaders({})))
  const count = 5
  for (let i = 0; i < count; i += 1) {
    const { frame } = mutate(chance.pick(corpus), chance, corpus)
    socket.write(wireFrame({ first: 0x82, payload: Buffer.from(frame) }))
  }
  expect([401, 0]).toContain(await socket.status())
  socket.end()
  return count
}

test(
  `[F26] ${FRAMES} mutated frames from members, viewers and strangers: their sockets end with the contract’s codes, the other room does not notice`,
  async () => {
    const corpus = [...(await record(world)), ...built()]
    const other = await join(OTHER, 'vpdbqh.officer')
    const otherText = () => other.text.replaceAll(/\.+<\/clause>/g, '</clause>')
    const [before, waits]: [string, number[]] = [otherText(), []]
    const witness = await join(DOCUMENT, 'vpdbqh.officer')
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    const chance = seeded(SEED)
    let sent = 0
    let honest = 0
    while (sent < FRAMES) {
      const clone = new Y.Doc()
      Y.applyUpdate(clone, Y.encodeStateAsUpdate(witness.doc))
      const made: Uint8Array[] = []
      clone.on('update', (update: Uint8Array) => made.push(update))
      if (clone.getXmlFragment('body').length > 0) {
        const words = new Y.XmlElement('clause')
        words.setAttribute('id', `s${sent}`)
        words.setAttribute('level', 'point')
        clone.getXmlFragment('body').insert(0, [words])
      }
      const live = made.map((update): Specimen => ({ name: 'live', bytes: updateFrame(update) }))
      const attacks = Array.from({ length: 40 }, () =>
        attack(chance.pick(SENDERS), [...corpus, ...live, ...live, ...live], chance),
      )
      const began = performance.now()
      other.write((_, doc) => typeInto(doc, 1, '.'))
      await other.saved()
      waits.push(performance.now() - began)
      // In the attacked room an honest writer goes on as well.
      const words = `h${honest}`
      witness.write((body) => {
        const clause = new Y.XmlElement('clause')
        clause.setAttribute('id', words)
        clause.setAttribute('level', 'text')
        body.insert(0, [clause])
      })
      await witness.saved()
      honest += 1
      sent += (await Promise.all(attacks)).reduce((sum, count) => sum + count, 0)
    }
    delay.disable()
    const fresh = await join(DOCUMENT, 'snv.head')
    expect(fresh.text).toBe(await world.diskText())
    await witness.until(() => witness.text === fresh.text, 'the same text')
    // What the whole text alone shows is mended within a moment.
    await witness.until(() => bodyProblems(witness.doc).length === 0, 'a text of our schema')
    expect(fresh.doc.store.pendingStructs).toBeNull()
    const untouched = await join(OTHER, 'snv.head')
    expect(untouched.text).toBe(other.text)
    expect(otherText()).toBe(before)
    if (isSoak) {
      waits.sort((a, b) => a - b)
      const at = (share: number) => waits[Math.floor(waits.length * share)]?.toFixed(0)
      process.stdout.write(
        `  ${sent} frames; the other room's edits saved in p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms; loop held at most ${(delay.max / 1e6).toFixed(0)} ms, clients included\n`,
      )
    }
    for (const peer of [fresh, untouched, other, witness]) await peer.leave()
  },
  isSoak ? 3600_000 : 180_000,
)
