import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import { crc32 } from 'node:zlib'
import { openForUpdate } from './highWater.ts'
import type { WalFile } from './walFile.ts'

const MAGIC = 'NTPS'
const VERSION = 1
const HEADER = 16
const CHUNK_PAGES = 256

/** A page that is not what was last written there, or could not be read at all. */
export type BadPage = { page: number; problem: 'changed' | 'missing' | 'unknown' }

/**
 * A CRC-32 of every page of the database file, kept beside it: SQLite itself takes what it reads. Only a checkpoint
 * changes a page, and until the sums are on disk the log still holds whatever it changed.
 */
export class PageSums {
  readonly #fd: number
  readonly #data: number
  readonly #pageSize: number
  #sums: Uint32Array
  #next = 1

  /** @param dataFile has been opened by SQLite. Its descriptor here must outlive SQLite's: closing it ends their locks. */
  constructor(file: string, dataFile: string, pageSize: number) {
    this.#sums = readSums(file, pageSize) ?? new Uint32Array(0)
    this.#fd = openForUpdate(file)
    this.#data = openSync(dataFile, 'r')
    this.#pageSize = pageSize
  }

  get isEmpty(): boolean {
    return this.#sums.length === 0
  }

  /**
   * After a checkpoint that left nothing in the log alone: takes over the sums of what the log wrote. On disk when it
   * returns.
   */
  takeOver(log: WalFile | null): void {
    const count = Math.floor(fstatSync(this.#data).size / this.#pageSize)
    const known = Math.min(this.#sums.length, count)
    const sums = new Uint32Array(count)
    sums.set(this.#sums.subarray(0, known))
    for (const [page, at] of log?.pages ?? [])
      if (page <= count && log) sums[page - 1] = crc32(log.bytes.subarray(at, at + log.pageSize))
    // Pages that were given back within the transaction that took them never went through the log.
    const buffer = Buffer.alloc(this.#pageSize)
    for (let page = known + 1; page <= count; page += 1) {
      if (log?.pages.has(page)) continue
      readSync(this.#data, buffer, 0, this.#pageSize, (page - 1) * this.#pageSize)
      sums[page - 1] = crc32(buffer)
    }
    this.#sums = sums
    const header = Buffer.alloc(HEADER)
    header.write(MAGIC, 0, 'latin1')
    header.writeUInt32LE(VERSION, 4)
    header.writeUInt32LE(this.#pageSize, 8)
    header.writeUInt32LE(count, 12)
    writeSync(this.#fd, Buffer.concat([header, bytesOf(sums)]), 0, HEADER + count * 4, 0)
    fsyncSync(this.#fd)
  }

  /**
   * Looks at the next pages, round and round. Only while the log holds nothing that the database file lacks.
   * @returns the first that is not what was written
   */
  scrub(pages: number): BadPage | null {
    if (this.isEmpty) return null
    if (this.#next > this.#sums.length) this.#next = 1
    const from = this.#next
    this.#next = from + pages
    return firstBad(this.#data, this.#sums, this.#pageSize, from, from + pages - 1, () => false)
  }

  close(): void {
    closeSync(this.#fd)
    closeSync(this.#data)
  }
}

/**
 * Looks at a database file that no process has open. Pages that the log replaces do not count.
 * @returns the first page that is not what was written; null also when no sums are kept yet
 */
export function firstBadPage(
  file: string,
  dataFile: string,
  pageSize: number,
  log: WalFile | null,
): BadPage | null {
  const sums = readSums(file, pageSize)
  if (!sums) return null
  const data = openSync(dataFile, 'r')
  try {
    const last = Math.max(sums.length, Math.ceil(fstatSync(data).size / pageSize))
    return firstBad(data, sums, pageSize, 1, last, (page) => log?.pages.has(page) ?? false)
  } finally {
    closeSync(data)
  }
}

function firstBad(
  data: number,
  sums: Uint32Array,
  pageSize: number,
  from: number,
  to: number,
  isReplaced: (page: number) => boolean,
): BadPage | null {
  const buffer = Buffer.alloc(CHUNK_PAGES * pageSize)
  for (let first = from; first <= to; first += CHUNK_PAGES) {
    const read = readSync(data, buffer, 0, buffer.length, (first - 1) * pageSize)
    for (let page = first; page < first + CHUNK_PAGES && page <= to; page += 1) {
      if (isReplaced(page)) continue
      const at = (page - first) * pageSize
      const sum = sums[page - 1]
      const bytes = buffer.subarray(at, at + pageSize)
      if (at + pageSize > read) {
        if (sum !== undefined) return { page, problem: 'missing' }
      } else if (sum === undefined) {
        // A checkpoint that was cut short makes the file longer before it fills it.
        if (bytes.some((byte) => byte !== 0)) return { page, problem: 'unknown' }
      } else if (crc32(bytes) !== sum) return { page, problem: 'changed' }
    }
  }
  return null
}

/** @returns null when none have been kept yet, or for another page size */
function readSums(file: string, pageSize: number): Uint32Array | null {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
  // Made, and never written before the machine went down.
  if (bytes.subarray(0, HEADER).every((byte) => byte === 0)) return null
  const isOurs = bytes.length >= HEADER && bytes.toString('latin1', 0, 4) === MAGIC
  if (!isOurs || bytes.readUInt32LE(4) !== VERSION || bytes.readUInt32LE(8) !== pageSize)
    throw new Error('its page sums are not readable')
  const count = Math.min(bytes.readUInt32LE(12), Math.floor((bytes.length - HEADER) / 4))
  const sums = new Uint32Array(count)
  for (let i = 0; i < count; i += 1) sums[i] = bytes.readUInt32LE(HEADER + i * 4)
  return sums
}

function bytesOf(sums: Uint32Array): Buffer {
  const bytes = Buffer.alloc(sums.length * 4)
  for (const [i, sum] of sums.entries()) bytes.writeUInt32LE(sum, i * 4)
  return bytes
}
