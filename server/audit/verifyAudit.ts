import type { Selectable } from 'kysely'
import type { AuditEntry } from '../../shared/audit/api.ts'
import { type BrokenLink, entryHash, firstBrokenLink } from '../../shared/audit/chain.ts'
import type { Reader } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'
import { entryOf } from './auditStore.ts'

export type ChainReport = { blocId: string; entries: number; broken: BrokenLink | null }

/**
 * Checks every bloc's chain of acts from its first entry on. Rows cut off at the end leave a shorter chain that still
 * holds: the head printed in a sealed file tells that one.
 */
export async function verifyAudit(db: Reader): Promise<ChainReport[]> {
  const blocs = await db.selectFrom('bloc').select('id').orderBy('id').execute()
  const reports: ChainReport[] = []
  for (const { id } of blocs) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('bloc_id', '=', id)
      .orderBy('seq')
      .execute()
    reports.push({ blocId: id, entries: rows.length, broken: firstBroken(rows) })
  }
  return reports
}

/** A row that cannot even be read any more has been changed, and must not hide behind the error. */
function firstBroken(rows: readonly Selectable<Schema['audit']>[]): BrokenLink | null {
  const entries: AuditEntry[] = []
  for (const row of rows) {
    const entry = readable(row)
    if (!entry) return firstBrokenLink(entries) ?? { seq: row.seq, problem: 'changed' }
    entries.push(entry)
  }
  return firstBrokenLink(entries)
}

function readable(row: Selectable<Schema['audit']>): AuditEntry | null {
  try {
    const entry = entryOf(row)
    // Whatever the chain would throw at, it throws at here.
    entryHash(entry)
    return entry
  } catch {
    // Broken JSON, an impossible time or a number that no entry of ours holds: all mean a changed row.
    return null
  }
}
