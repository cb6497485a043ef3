import * as Y from 'yjs'
import type { Reader, Tx } from '../platform/database.ts'

export type LateRow = {
  id: string
  document_id: string
  epoch: string
  account_id: string
  client_id: number | null
  base_revision: number
  at: number
}

/** All late updates that one tab sent for one lock; for a tab without a known client there are none to be found. */
const ofSameTab = (db: Reader | Tx, late: LateRow) =>
  db
    .selectFrom('late_update')
    .where('late_update.document_id', '=', late.document_id)
    .where('late_update.epoch', '=', late.epoch)
    .where('late_update.base_revision', '=', late.base_revision)
    .where('late_update.account_id', '=', late.account_id)
    .where('late_update.client_id', '=', late.client_id)

/** Bytes that the same tab sent before, oldest first. What cannot be read is left out. */
export async function earlierBytes(db: Reader, late: LateRow): Promise<Uint8Array[]> {
  const rows = await ofSameTab(db, late)
    .select('late_update.bytes')
    .where('late_update.id', '!=', late.id)
    .where('late_update.at', '<=', late.at)
    .orderBy('late_update.at')
    .execute()
  return rows.map(({ bytes }) => bytes).filter(isReadable)
}

/** Whether proposals have been made of these bytes, or of later ones of the same tab, which contained them. */
export async function isTakenUp(db: Reader | Tx, late: LateRow): Promise<boolean> {
  const own = await db
    .selectFrom('proposal')
    .select('id')
    .where('late_update_id', '=', late.id)
    .executeTakeFirst()
  if (own) return true
  const later = await ofSameTab(db, late)
    .innerJoin('proposal', 'proposal.late_update_id', 'late_update.id')
    .select('late_update.id')
    .where('late_update.at', '>', late.at)
    .executeTakeFirst()
  return later !== undefined
}

function isReadable(bytes: Uint8Array): boolean {
  try {
    Y.decodeUpdate(bytes)
    return true
  } catch {
    // Damaged bytes were reported when they were taken up themselves.
    return false
  }
}
