import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BlobDamaged, openBlobs } from '../../../server/platform/blobs.ts'
import { DamagedData, DataGuard, inspectData } from '../../../server/platform/DataGuard.ts'
import { openDatabase, openReader } from '../../../server/platform/database.ts'
import { readWal } from '../../../server/platform/walFile.ts'
import { docOf, loadText } from '../../../server/sync/updateLog.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import { type Chance, seeded } from '../../support/seeded.ts'
import { DOCUMENT, startTestRooms, typeInto } from '../testRooms.ts'

/**
 * One flipped bit anywhere in what the data folder keeps is noticed before anything is served of it, or shown to be
 * harmless. Harmless is: a page of the database file that the log replaces whole, and what lies in the log behind its
 * last commit. The shared-memory file is made anew whenever no process is there.
 */
const FLIPS = process.env.SOAK ? 4_000 : 150
const NAME = 'test.sqlite'

let source: string
let folder: string
const at = (name: string) => path.join(folder, name)
const file = () => at(NAME)

/** As kill -9 leaves it: much of the text in the database file, the rest in the log. */
beforeAll(async () => {
  source = mkdtempSync(path.join(tmpdir(), 'nhat-tri-flips-'))
  folder = mkdtempSync(path.join(tmpdir(), 'nhat-tri-flips-'))
  const world = await startTestRooms()
  const peer = await world.join('stc.officer')
  for (let i = 0; i < 60; i += 1) {
    peer.write((_, doc) => typeInto(doc, 1, ` từ thứ ${i}`))
    await peer.saved()
  }
  const { dataDir } = world.platform.config
  for (const name of readdirSync(dataDir))
    if (name !== 'blobs') copyFileSync(path.join(dataDir, name), path.join(source, name))
  await world.close()
})
afterAll(() => {
  for (const place of [source, folder]) rmSync(place, { recursive: true })
})

const FILES = [NAME, `${NAME}-wal`, 'high-water', 'page-sums']
function fresh(): void {
  for (const name of readdirSync(folder)) rmSync(at(name), { recursive: true })
  for (const name of FILES) copyFileSync(path.join(source, name), at(name))
}

/** @returns where it was, for the message */
function flip(name: string, position: number, bit: number): string {
  const fd = openSync(at(name), 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, position)
  byte.writeUInt8(byte.readUInt8(0) ^ (1 << bit))
  writeSync(fd, byte, 0, 1, position)
  closeSync(fd)
  return `${name}: byte ${position}, bit ${bit}`
}

const damage = (): DamagedData | null => {
  try {
    inspectData(file())
    return null
  } catch (cause) {
    if (cause instanceof DamagedData) return cause
    throw cause
  }
}

/** Flips one bit at a time. @returns those of which nothing was noticed */
function unnoticed(name: string, times: number, pick: (chance: Chance) => number): string[] {
  const chance = seeded(FLIPS)
  const missed: string[] = []
  for (let i = 0; i < times; i += 1) {
    const [position, bit] = [pick(chance), chance.below(8)]
    const where = flip(name, position, bit)
    if (!damage()) missed.push(where)
    flip(name, position, bit)
  }
  return missed
}

describe('[B28] a bit that flipped while the server was down', () => {
  test('an undamaged folder of a killed server is taken as it is', async () => {
    fresh()
    expect(damage()).toBeNull()
    expect(readWal(at(`${NAME}-wal`))?.frames).toBeGreaterThan(100)
    expect(readFileSync(at('page-sums')).length).toBeGreaterThan(16)
  })

  test('in the log: noticed wherever it is, in any frame that was answered for', () => {
    fresh()
    const wal = readWal(at(`${NAME}-wal`))
    const used = 32 + (wal?.frames ?? 0) * (24 + (wal?.pageSize ?? 0))
    const inHead = (chance: Chance) => chance.below(32)
    const inFrames = (chance: Chance) => 32 + chance.below(used - 32)
    expect(unnoticed(`${NAME}-wal`, 32, inHead)).toEqual([])
    expect(unnoticed(`${NAME}-wal`, FLIPS, inFrames)).toEqual([])
  })

  test('in the database file: noticed in every page, but for those that the log replaces', async () => {
    fresh()
    const wal = readWal(at(`${NAME}-wal`))
    const size = wal?.pageSize ?? 0
    const replaced = (position: number) => wal?.pages.has(Math.floor(position / size) + 1) ?? false
    const bytes = readFileSync(file()).length
    const pages = Array.from({ length: bytes / size }, (_, page) => page * size)
    const own = pages.filter((begin) => !replaced(begin))
    expect(own.length).toBeGreaterThan(10)
    for (const begin of own)
      expect(
        unnoticed(NAME, FLIPS > 1000 ? 20 : 1, (chance) => begin + chance.below(size)),
      ).toEqual([])
    const before = await textAndRows()
    for (const begin of pages.filter(replaced)) {
      fresh()
      // The first 100 bytes of page 1 are read before the log is.
      flip(NAME, begin + size - 1 - (begin % 97), 3)
      expect(damage()).toBeNull()
    }
    fresh()
    for (const begin of pages.filter(replaced)) flip(NAME, begin + size / 2, 5)
    expect(await textAndRows()).toEqual(before)
  })

  test('in the high-water mark or the sums themselves: noticed', () => {
    fresh()
    const mark = readFileSync(at('high-water')).length
    const sums = readFileSync(at('page-sums')).length
    for (let i = 0; i < mark; i += 1) expect(unnoticed('high-water', 1, () => i)).toEqual([])
    const wal = readWal(at(`${NAME}-wal`))
    const own = (position: number) => !wal?.pages.has((position - 16) / 4 + 1)
    for (let i = 16; i < sums; i += 4)
      if (own(i)) expect(unnoticed('page-sums', 1, () => i)).toEqual([])
  })

  test('a log that is gone, cut short or of another time, and a database file that is: noticed', () => {
    const log = `${NAME}-wal`
    const old = new Map(FILES.map((name) => [name, readFileSync(path.join(source, name))]))
    const bytes = old.get(log) as Buffer
    const changes: (() => void)[] = [
      () => rmSync(at(log)),
      () => writeFileSync(at(log), ''),
      () => writeFileSync(at(log), bytes.subarray(0, bytes.length / 2)),
      () => writeFileSync(at(log), bytes.subarray(0, bytes.length - 1)),
      () => writeFileSync(at(log), bytes.subarray(0, 32)),
      () => writeFileSync(at(NAME), (old.get(NAME) as Buffer).subarray(0, 8 * 4096)),
    ]
    for (const [i, change] of changes.entries()) {
      fresh()
      change()
      expect(damage(), `change ${i}`).not.toBeNull()
    }
  })

  test('the server does not start on it, says what to do, and has changed nothing', async () => {
    fresh()
    const position = 32 + 3 * (24 + 4096) + 500
    flip(`${NAME}-wal`, position, 1)
    const before = FILES.map((name) => readFileSync(at(name)))
    const opening = openDatabase(file(), () => {})
    await expect(opening).rejects.toThrow(/damaged.*Restore the last backup.*high-water/)
    expect(FILES.every((name, i) => before[i]?.equals(readFileSync(at(name))))).toBe(true)
    expect(existsSync(`${file()}-shm`)).toBe(false)
  })
})

test('[B28] a page that changes under a running server: found as the pages are gone through, which ends the process', () => {
  fresh()
  const db = new SQLite(file())
  const guard = new DataGuard(db, file())
  guard.scrub()
  const bytes = readFileSync(file())
  const position = bytes.length - 2000
  flip(NAME, position, 2)
  expect(() => {
    for (let i = 0; i < 3; i += 1) guard.scrub()
  }).toThrow(DamagedData)
  db.close()
  guard.close()
})

test('[B28] a sealed file with one flipped bit is never handed out', async () => {
  fresh()
  const blobs = await openBlobs(at('blobs'))
  const bytes = Buffer.alloc(20_000, 'giao ước')
  const sha256 = await blobs.put(bytes)
  const chance = seeded(1)
  for (let i = 0; i < FLIPS / 5; i += 1) {
    const [position, bit] = [chance.below(bytes.length), chance.below(8)]
    flip(`blobs/${sha256}`, position, bit)
    await expect(blobs.get(sha256)).rejects.toBeInstanceOf(BlobDamaged)
    flip(`blobs/${sha256}`, position, bit)
  }
  expect(await blobs.get(sha256)).toEqual(bytes)
})

/** What the product would show of the folder. */
async function textAndRows(): Promise<unknown> {
  const read = openReader(file())
  const doc = docOf(await loadText(read, DOCUMENT))
  const rows = await read.selectFrom('document_update').selectAll().orderBy('seq').execute()
  await read.destroy()
  return { text: bodyOf(doc).toString(), rows }
}
