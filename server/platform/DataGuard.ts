import { closeSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import type SQLite from 'better-sqlite3'
import { HighWaterMark, readHighWater } from './highWater.ts'
import { firstBadPage, PageSums } from './pageSums.ts'
import { readWal, type WalFile } from './walFile.ts'

/** Frames in the log from which it is worth being emptied into the database. */
const CHECKPOINT_FRAMES = 1000
/** After a checkpoint that a reader kept from finishing. */
const AGAIN_FRAMES = 250
const SCRUB_PAGES = 512

/** The data folder is not what was last written there. Nothing has been changed by finding out. */
export class DamagedData extends Error {
  constructor(what: string, toGoOn: string) {
    super(
      `the database is damaged: ${what}. Restore the last backup; to go on with what is left instead, move ${toGoOn} out of the data folder`,
    )
    this.name = 'DamagedData'
  }
}

const places = (file: string) => ({
  log: `${file}-wal`,
  index: `${file}-shm`,
  mark: path.join(path.dirname(file), 'high-water'),
  sums: path.join(path.dirname(file), 'page-sums'),
})

/**
 * Looks at a database before SQLite opens it, for SQLite believes what it reads: a damaged frame of the log ends its
 * recovery without a word, and a damaged page is served.
 * @throws {DamagedData}
 */
export function inspectData(file: string): void {
  const { log, mark, sums } = places(file)
  const wal = readWal(log)
  const noted = readHighWater(mark)
  const lost = (what: string) => new DamagedData(what, '`high-water`')
  if (noted === 'damaged') throw lost('its high-water mark is not readable')
  if (wal && wal.commitsBehind > 1)
    throw lost(`its log breaks off ${wal.commitsBehind} commits before its end`)
  const isSame = noted && wal?.salt.equals(noted.salt)
  if (noted && wal && isSame) {
    const [a, b] = wal.frames < noted.frames ? [] : wal.sumOf(noted.frames)
    if (a !== noted.sums[0] || b !== noted.sums[1])
      throw lost(`its log breaks off at frame ${wal.frames} of ${noted.frames}`)
  } else if (noted && !noted.settled) throw lost(`its log with ${noted.frames} frames is gone`)
  const pageSize = pageSizeOf(file)
  if (pageSize === null) return
  const bad = firstBadPage(sums, file, pageSize, wal)
  if (bad) throw new DamagedData(`page ${bad.page} is ${bad.problem}`, '`page-sums`')
}

/** Of an existing database; null when there is none yet. */
function pageSizeOf(file: string): number | null {
  const head = Buffer.alloc(18)
  try {
    const fd = openSync(file, 'r')
    try {
      if (readSync(fd, head, 0, head.length, 0) < head.length) return null
    } finally {
      closeSync(fd)
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw cause
  }
  const size = head.readUInt16BE(16)
  return size === 1 ? 65_536 : size
}

/**
 * Keeps beside the database what {@link inspectData} asks for: the high-water mark with every commit, the sums of its
 * pages with every checkpoint. So checkpoints are ours; SQLite makes none of its own.
 */
export class DataGuard {
  readonly #db: SQLite.Database
  readonly #file: string
  readonly #mark: HighWaterMark
  readonly #sums: PageSums
  #due = CHECKPOINT_FRAMES
  /** The log as the database has it now, while the sums do not: nothing may be written meanwhile. */
  #owed: { log: WalFile | null } | null = null

  /** @param db the only write connection to `file`, which {@link inspectData} has found whole */
  constructor(db: SQLite.Database, file: string) {
    this.#db = db
    this.#file = file
    db.pragma('wal_autocheckpoint = 0')
    // The index of the log is there from the first look into the database on.
    db.prepare('select count(*) from sqlite_schema').get()
    const { index, mark, sums } = places(file)
    this.#mark = new HighWaterMark(mark, index)
    this.#sums = new PageSums(sums, file, Number(db.pragma('page_size', { simple: true })))
    if (this.#sums.isEmpty) this.#checkpoint()
  }

  /** To be called after each commit, before anybody hears of it. */
  committed(): void {
    this.#mark.note()
  }

  /** Empties the log into the database when it has grown. @throws {DamagedData}, or what the disk says */
  checkpointIfDue(): void {
    const { lastFrames: frames } = this.#mark
    if (frames < this.#due) {
      // The log has begun anew since.
      if (frames < CHECKPOINT_FRAMES) this.#due = CHECKPOINT_FRAMES
      return
    }
    this.#due = this.#checkpoint() ? CHECKPOINT_FRAMES : frames + AGAIN_FRAMES
    if (this.#due === CHECKPOINT_FRAMES) this.#scrub()
  }

  /** @returns whether the database has all there is in the log */
  #checkpoint(): boolean {
    const { frames } = this.#mark
    const log = frames > 0 ? readWal(places(this.#file).log) : null
    // SQLite copies frames without looking at their sums.
    if (frames > 0 && (log?.frames ?? 0) < frames)
      throw new DamagedData(
        `its log breaks off at frame ${log?.frames} of ${frames}`,
        '`high-water`',
      )
    const [outcome] = this.#db.pragma('wal_checkpoint(PASSIVE)') as {
      busy: number
      log: number
      checkpointed: number
    }[]
    if (outcome?.busy !== 0 || outcome.checkpointed !== outcome.log) return false
    if (log || this.#sums.isEmpty) this.#owed = { log }
    this.mayWrite()
    return true
  }

  /**
   * To be called before each write: the next one begins the log anew, and what it held must be vouched for by then.
   * @throws what the disk says
   */
  mayWrite(): void {
    if (!this.#owed) return
    const { log } = this.#owed
    this.#sums.takeOver(log)
    if (log) this.#mark.settle()
    this.#owed = null
  }

  #scrub(): void {
    const bad = this.#sums.scrub(SCRUB_PAGES)
    if (bad) throw new DamagedData(`page ${bad.page} is ${bad.problem}`, '`page-sums`')
  }

  /** Looks at the next pages of the database file; all of it has its turn in time. @throws as {@link checkpointIfDue} */
  scrub(): void {
    if (this.#checkpoint()) this.#scrub()
  }

  /** @returns what the disk answers to a write in place: an error code such as EROFS, or null when it takes it */
  askDisk(): string | null {
    try {
      this.#mark.touch()
      return null
    } catch (cause) {
      return (cause as NodeJS.ErrnoException).code ?? 'unknown'
    }
  }

  /**
   * Leaves everything in the database file, so that closing it changes nothing more.
   * @returns false when a reader kept the log from being emptied: then it must stay, and the database not be closed
   */
  settle(): boolean {
    return this.#checkpoint()
  }

  /** Only once the database is closed. */
  close(): void {
    this.#mark.close()
    this.#sums.close()
  }
}
