import type { Migration, MigrationProvider } from 'kysely'
import type { SqlDialect } from '../schema.ts'
import * as firstTables from './0001-first-tables.ts'
import * as swallowedText from './0002-swallowed-text.ts'
import * as graves from './0003-graves.ts'
import * as packedSnapshots from './0004-packed-snapshots.ts'
import * as suggestions from './0005-suggestions.ts'
import * as threads from './0006-threads.ts'
import * as inbox from './0007-inbox.ts'
import * as versions from './0008-versions.ts'
import * as views from './0009-views.ts'
import * as brackets from './0010-brackets.ts'
import * as mail from './0011-mail.ts'
import * as proposalThreads from './0012-proposal-threads.ts'

const ALL = {
  '0001-first-tables': firstTables,
  '0002-swallowed-text': swallowedText,
  '0003-graves': graves,
  '0004-packed-snapshots': packedSnapshots,
  '0005-suggestions': suggestions,
  '0006-threads': threads,
  '0007-inbox': inbox,
  '0008-versions': versions,
  '0009-views': views,
  '0010-brackets': brackets,
  '0011-mail': mail,
  '0012-proposal-threads': proposalThreads,
} as const

/** Forward only: a release never asks for its predecessor's shape again. */
export const migrationsFor = (dialect: SqlDialect): MigrationProvider => ({
  async getMigrations() {
    const migrations: Record<string, Migration> = {}
    for (const [name, { up }] of Object.entries(ALL))
      migrations[name] = { up: (db) => up(db, dialect) }
    return migrations
  },
})
