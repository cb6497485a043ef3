import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { MalformedFrame, readFrame } from '../../../server/sync/frames.ts'
import { readUpdate } from '../../../server/sync/updateFacts.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import { type Chance, seeded } from '../../support/seeded.ts'
import { startTestRooms, typeInto } from '../testRooms.ts'
import { built, record, type Specimen } from './corpus.ts'
import { FuzzRoom, type Shot } from './FuzzRoom.ts'
import { mutate } from './mutate.ts'
import { updateFrame } from './updateBytes.ts'

/** SOAK=1 takes 10,000,000; FRAMES and SEED choose another size and place to begin. */
const isSoak = process.env.SOAK === '1'
const FRAMES = Number(process.env.FRAMES ?? (isSoak ? 10_000_000 : 100_000))
const SEED = Number(process.env.SEED ?? 20_221_125)
/** Frames of one breath that get as far as the room. */
const BATCH = 250
/** After so many the room is built anew, from the template. */
const PER_ROOM = 5_000
const SENDERS = [
  'stc.officer',
  'stc.officer',
  'snv.officer',
  'stc.clerk',
  'bantdkt.observer',
  'xa.la',
]

/** An edit such as an editor makes: where others have deleted every clause it writes a new one. */
function edit(doc: Y.Doc, chance: Chance): Uint8Array {
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const body = bodyOf(doc)
  const clauses = (body.toArray() as Y.XmlElement[]).filter(({ nodeName }) => nodeName === 'clause')
  doc.transact(() => {
    const clause = clauses.length > 0 ? chance.pick(clauses) : null
    const words = clause?.get(0)
    switch (clause ? chance.below(5) : 0) {
      case 0: {
        const made = new Y.XmlElement('clause')
        made.setAttribute('id', `n${doc.clientID}`)
        made.setAttribute('level', 'paragraph')
        made.insert(0, [new Y.XmlText('chỉ tiêu')])
        body.insert(chance.below(body.length + 1), [made])
        return
      }
      case 1:
        if (words instanceof Y.XmlText && words.length > 6) {
          words.delete(chance.below(words.length - 3), 2)
          return
        }
        break
      case 2:
        if (words instanceof Y.XmlText && words.length > 6) {
          words.format(chance.below(words.length - 3), 3, { bold: {} })
          return
        }
        break
      case 3:
        if (clause) {
          clause.setAttribute('level', chance.pick(['point', 'article', 'text']))
          return
        }
    }
    const at = (body.toArray() as unknown[]).indexOf(clause)
    typeInto(doc, at, chance.pick([' ă', ' thi đua', '👩‍🏫']))
  })
  return Y.mergeUpdates(updates)
}

/** No frame, or one with an update that is none. @throws whatever `readFrame` throws beside what it may */
function isMalformed(frame: Uint8Array | string): boolean {
  if (typeof frame === 'string') return true
  let update: Uint8Array | null = null
  try {
    const read = readFrame(frame)
    if (read.kind === 'content') update = read.update
  } catch (cause) {
    if (cause instanceof MalformedFrame) return true
    throw cause
  }
  try {
    if (update) readUpdate(update)
    return false
  } catch {
    return true
  }
}

async function recorded(): Promise<Specimen[]> {
  const world = await startTestRooms()
  try {
    return await record(world)
  } finally {
    await world.close()
  }
}

test(
  `[F26] ${FRAMES} frames, recorded and made, changed at random, into a whole room: no exception, no code but the contract’s, the text is what its rows make`,
  async () => {
    const corpus = [...(await recorded()), ...built()]
    expect(new Set(corpus.map(({ bytes }) => bytes[0]))).toEqual(
      new Set([0, 1, 2, 3, 100, 101, 102, 103]),
    )
    const delay = monitorEventLoopDelay({ resolution: 10 })
    delay.enable()
    const ends = new Map<number, number>()
    const sums = { frames: 0, inRoom: 0, saved: 0, waiting: 0, rows: 0, slowest: 0, rss: 0 }
    let seed = SEED
    while (sums.frames < FRAMES) {
      const chance = seeded(seed)
      const room = await FuzzRoom.open()
      try {
        for (let sent = 0; sent < PER_ROOM && sums.frames < FRAMES; sent += BATCH) {
          const shots: Shot[] = []
          for (let i = 0; i < 3; i += 1) {
            const clientID = 100_000 + seed * 100 + chance.below(2 ** 30)
            const frame = updateFrame(edit(room.clone(clientID), chance))
            shots.push({ account: 'vpdbqh.officer', frame, name: 'an honest edit', honest: true })
          }
          const live = Array.from({ length: 10 }, (_, i): Specimen => {
            const doc = room.clone(chance.below(2 ** 31))
            return { name: `live ${i}`, bytes: updateFrame(edit(doc, chance)) }
          })
          while (shots.length < BATCH) {
            const specimen = chance.pick(chance.oneIn(2) ? live : corpus)
            const { name, frame } = mutate(specimen, chance, corpus)
            sums.frames += 1
            // The door turns most away, and that is all that happens to them; some go through the room all the same.
            if (isMalformed(frame) && !chance.oneIn(20)) ends.set(4400, (ends.get(4400) ?? 0) + 1)
            else shots.push({ account: chance.pick(SENDERS), frame, name, honest: false })
          }
          const cpu = process.cpuUsage()
          const tally = await room.fire(shots).catch(async (cause: unknown) => {
            // What real clients send differs from run to run, so a seed alone does not bring it back.
            const file = await room.keepEvidence(seed, shots)
            throw new Error(`seed ${seed}, frame ${sums.frames}: see ${file}`, { cause })
          })
          const { user, system } = process.cpuUsage(cpu)
          sums.slowest = Math.max(sums.slowest, (user + system) / 1000)
          sums.inRoom += shots.length
          sums.saved += tally.saved
          sums.waiting += tally.waiting
          sums.rows += tally.rows
          for (const [code, count] of tally.ended) ends.set(code, (ends.get(code) ?? 0) + count)
        }
      } finally {
        await room.close()
      }
      seed += 1
      sums.rss = Math.max(sums.rss, process.memoryUsage.rss())
      if (isSoak && (seed - SEED) % 20 === 0)
        process.stdout.write(`  seed ${seed}: ${sums.frames} frames, ${sums.rss >> 20} MiB\n`)
    }
    delay.disable()
    const figures = { ...sums, seeds: `${SEED} to ${seed - 1}`, ends: Object.fromEntries(ends) }
    const longest = `${(delay.max / 1e6).toFixed(0)} ms`
    if (isSoak) {
      process.stdout.write(`  ${JSON.stringify({ ...figures, longest })}\n`)
      expect(sums.rss).toBeLessThan(1536 * 2 ** 20)
    }
    // A fuzz that refuses everything, or nothing, has looked at nothing.
    expect(sums.rows).toBeGreaterThan(sums.inRoom / 100)
    for (const code of [4400, 4403, 4409, 4422]) expect(ends.get(code) ?? 0).toBeGreaterThan(0)
  },
  isSoak ? 24 * 3600_000 : 900_000,
)
