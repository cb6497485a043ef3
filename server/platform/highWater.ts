import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** How far the write-ahead log had come with the last commit that was answered for. */
export type HighWater = {
  salt: Buffer
  frames: number
  /** The running sums of that frame. */
  sums: [number, number]
  /** All of it is in the database file too, which is on disk: the log may be gone. */
  settled: boolean
}

const MAGIC = 'NTHW'
const VERSION = 1
const BYTES = 36
/** Of the first copy of the head in the shared-memory file; see https://sqlite.org/walformat.html */
const INDEX_HEAD = 48
const INDEX_VERSION = 3_007_000

/** @returns null when there is none, 'damaged' when it is not what was written */
export function readHighWater(file: string): HighWater | null | 'damaged' {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
  // Made, and never written before the machine went down.
  if (bytes.length === 0 || (bytes.length === BYTES && bytes.every((byte) => byte === 0)))
    return null
  if (bytes.length !== BYTES || bytes.toString('latin1', 0, 4) !== MAGIC) return 'damaged'
  if (bytes.readUInt32LE(4) !== VERSION) return 'damaged'
  if (bytes.readUInt32LE(BYTES - 4) !== crc32(bytes.subarray(0, BYTES - 4))) return 'damaged'
  return {
    salt: bytes.subarray(8, 16),
    frames: bytes.readUInt32LE(16),
    sums: [bytes.readUInt32LE(20), bytes.readUInt32LE(24)],
    settled: bytes.readUInt32LE(28) === 1,
  }
}

/**
 * Keeps the mark beside the database. It is written with every commit and before that is answered for, so it survives
 * the process; what a power loss leaves of it may be older than the log, never newer.
 */
export class HighWaterMark {
  readonly #fd: number
  readonly #indexFile: string
  readonly #bytes = Buffer.alloc(BYTES)
  readonly #head = Buffer.alloc(INDEX_HEAD)
  readonly #words = new Uint32Array(this.#head.buffer, this.#head.byteOffset, INDEX_HEAD / 4)
  /** Never closed before the database is: that would take SQLite's own locks on the file away. */
  #index: number | null = null

  constructor(file: string, indexFile: string) {
    this.#fd = openForUpdate(file)
    this.#indexFile = indexFile
    this.#bytes.write(MAGIC, 0, 'latin1')
    this.#bytes.writeUInt32LE(VERSION, 4)
  }

  /** Frames in the log, as its index says. */
  get frames(): number {
    this.#look()
    return this.#words[4] ?? 0
  }

  /** As {@link frames}, when it was last looked at. */
  get lastFrames(): number {
    return this.#words[4] ?? 0
  }

  /** Notes the last commit. @throws what the disk says */
  note(): void {
    this.#look()
    const frames = this.#words[4] ?? 0
    const isNoted =
      this.#bytes.readUInt32LE(16) === frames &&
      this.#bytes.compare(this.#head, 32, 40, 8, 16) === 0
    if (frames === 0 || isNoted) return
    this.#head.copy(this.#bytes, 8, 32, 40)
    this.#bytes.writeUInt32LE(frames, 16)
    this.#bytes.writeUInt32LE(this.#words[6] ?? 0, 20)
    this.#bytes.writeUInt32LE(this.#words[7] ?? 0, 24)
    this.#write(false)
  }

  /** Notes that the log is no longer needed. On disk when it returns. */
  settle(): void {
    this.note()
    this.#write(true)
    fsyncSync(this.#fd)
  }

  /** Writes what is there already, to learn what the disk says to it. */
  touch(): void {
    writeSync(this.#fd, this.#bytes, 0, BYTES, 0)
  }

  #write(settled: boolean): void {
    this.#bytes.writeUInt32LE(settled ? 1 : 0, 28)
    this.#bytes.writeUInt32LE(crc32(this.#bytes.subarray(0, BYTES - 4)), BYTES - 4)
    writeSync(this.#fd, this.#bytes, 0, BYTES, 0)
  }

  #look(): void {
    this.#index ??= openSync(this.#indexFile, 'r')
    readSync(this.#index, this.#head, 0, INDEX_HEAD, 0)
    if (this.#words[0] !== INDEX_VERSION)
      throw new Error('this SQLite keeps the index of its log in another form')
  }

  close(): void {
    if (this.#index !== null) closeSync(this.#index)
    closeSync(this.#fd)
  }
}

/** For writing in place; made when it is not there. */
export function openForUpdate(file: string): number {
  try {
    return openSync(file, 'r+')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    return openSync(file, 'wx+', 0o600)
  }
}
