import { readFileSync } from 'node:fs'
import { endianness } from 'node:os'

/** What a SQLite write-ahead log holds up to its last whole commit, as SQLite's own recovery would take it. */
export type WalFile = {
  /** Changes whenever the log starts anew; 8 bytes. */
  salt: Buffer
  pageSize: number
  /** Frames up to the last whole commit. */
  frames: number
  /** Two running sums of the n-th frame, counted from 1. */
  sumOf(frame: number): [number, number]
  /** Where the newest image of each page begins. */
  pages: ReadonlyMap<number, number>
  /** Commits that lie whole-looking behind the end: one may be what a crash tore, more were once on disk. */
  commitsBehind: number
  bytes: Buffer
}

const HEADER = 32
const FRAME_HEADER = 24
const MAGIC = 0x377f0682

/**
 * Reads the log beside a database that no process has open.
 * @returns null when there is none, or its head is not whole: then SQLite ignores all of it
 * @see https://sqlite.org/walformat.html
 */
export function readWal(file: string): WalFile | null {
  const bytes = readOrNull(file)
  if (!bytes || bytes.length < HEADER) return null
  const magic = bytes.readUInt32BE(0)
  if ((magic & ~1) >>> 0 !== MAGIC) return null
  const words = wordsOf(bytes, (magic & 1) === 1)
  const pageSize = bytes.readUInt32BE(8)
  const head = running(words, 0, 24, [0, 0])
  if (!sumsAt(bytes, 24, head)) return null
  const salt = bytes.subarray(16, 24)
  const step = FRAME_HEADER + pageSize
  const inAll = Math.floor((bytes.length - HEADER) / step)
  const at = (frame: number) => HEADER + (frame - 1) * step
  const isCommit = (frame: number) => bytes.readUInt32BE(at(frame) + 4) !== 0
  const isOurs = (frame: number) => bytes.subarray(at(frame) + 8, at(frame) + 16).equals(salt)

  let sums = head
  let whole = 0
  let frames = 0
  while (whole < inAll && isOurs(whole + 1)) {
    const begin = at(whole + 1)
    const next = running(words, begin + FRAME_HEADER, pageSize, running(words, begin, 8, sums))
    if (!sumsAt(bytes, begin + 16, next)) break
    sums = next
    whole += 1
    if (isCommit(whole)) frames = whole
  }
  const pages = new Map<number, number>()
  for (let frame = 1; frame <= frames; frame += 1)
    pages.set(bytes.readUInt32BE(at(frame)), at(frame) + FRAME_HEADER)
  let commitsBehind = 0
  for (let frame = whole + 1; frame <= inAll; frame += 1)
    if (isOurs(frame) && isCommit(frame)) commitsBehind += 1
  return {
    salt,
    pageSize,
    frames,
    sumOf: (frame) => [bytes.readUInt32BE(at(frame) + 16), bytes.readUInt32BE(at(frame) + 20)],
    pages,
    commitsBehind,
    bytes,
  }
}

type Sums = [number, number]

/** The sums run over words in the order of the machine that wrote them. */
function wordsOf(bytes: Buffer, bigEndian: boolean): Uint32Array {
  const isNative = bigEndian === (endianness() === 'BE')
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 4))
  const ordered = isNative ? whole : Buffer.from(whole).swap32()
  return new Uint32Array(ordered.buffer, ordered.byteOffset, ordered.length / 4)
}

function running(words: Uint32Array, from: number, length: number, sums: Sums): Sums {
  let [a, b] = sums
  const end = (from + length) / 4
  for (let at = from / 4; at < end; at += 2) {
    a = (a + (words[at] as number) + b) >>> 0
    b = (b + (words[at + 1] as number) + a) >>> 0
  }
  return [a, b]
}

const sumsAt = (bytes: Buffer, at: number, [a, b]: Sums) =>
  bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b

function readOrNull(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
}
