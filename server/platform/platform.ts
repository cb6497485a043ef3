import type { Blobs } from './blobs.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'

/** What every feature is given. Time and chance come from here, so that a test can hold both. */
export type Platform = {
  config: Config
  database: Database
  blobs: Blobs
  log: Log
  /** Milliseconds since 1970. */
  clock: () => number
  /** A fresh opaque id. */
  newId: () => string
}
