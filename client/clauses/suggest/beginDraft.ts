import { answered } from '../../base/answered.ts'
import {
  type DraftDatabase,
  type DraftKey,
  type Kept,
  NO_DEVICE,
  NOTHING_KEPT,
} from './draftDatabase.ts'

/** What a draft begins with, and what it is kept in. */
export type Beginning = { kept: Kept; device: Pick<DraftDatabase, 'add' | 'setWords'> }

/** A device that does not answer keeps nobody from drafting: it is then said that nothing is kept. */
export async function beginDraft(key: DraftKey, database: DraftDatabase): Promise<Beginning> {
  const kept = await answered(database.read(key)).catch(() => null)
  return kept ? { kept, device: database } : { kept: NOTHING_KEPT, device: NO_DEVICE }
}
