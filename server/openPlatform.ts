import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import { idFromBytes } from '../shared/base/ids.ts'
import { openBlobs } from './platform/blobs.ts'
import type { Config } from './platform/config.ts'
import { openDatabase } from './platform/database.ts'
import { createLog } from './platform/log.ts'
import type { Platform } from './platform/platform.ts'

export const newId = () => idFromBytes(randomBytes(48))

/**
 * Opens the data folder for this process alone.
 * @param onBroken nothing can be saved any more; the process should end and be started again
 * @throws when another process has it open
 */
export async function openPlatform(
  config: Config,
  onBroken: () => void,
): Promise<{ platform: Platform; close(): Promise<void> }> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const unlock = holdFolder(config.dataDir)
  const log = createLog(config.logLevel)
  const database = await openDatabase(path.join(config.dataDir, 'nhat-tri.sqlite'), (cause) => {
    log.fatal({ err: cause }, 'database.broken')
    onBroken()
  })
  const blobs = await openBlobs(path.join(config.dataDir, 'blobs'))
  return {
    platform: { config, database, blobs, log, clock: Date.now, newId },
    async close() {
      await database.close()
      unlock()
    },
  }
}

/**
 * Two servers on one folder would each believe they order the writes. The lock is a transaction on a file of its own:
 * the system ends it with the process, however that dies.
 */
function holdFolder(folder: string): () => void {
  const lock = new SQLite(path.join(folder, 'in-use'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw new Error(`the data folder ${folder} is in use by another process`, { cause })
  }
  return () => lock.close()
}
