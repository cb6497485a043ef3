import { answered } from '../../base/answered.ts'
import { type DraftDatabase, type DraftKey, type Kept, NOTHING_KEPT } from './draftDatabase.ts'
import type { Fork } from './fork.ts'

/**
 * Ends a draft that has been sent or thrown away. From now on it writes nothing to the device: a late letter would bring
 * it back. Words that went adrift stay until their author has seen them.
 * @returns what the next draft begins with; null where the device has this one still
 */
export async function endDraft(
  fork: Pick<Fork, 'now' | 'close'>,
  key: DraftKey,
  database: Pick<DraftDatabase, 'forget'>,
): Promise<Kept | null> {
  const { adrift, kept } = fork.now()
  fork.close()
  const left: Kept = { ...NOTHING_KEPT, adrift }
  const isForgotten = await answered(database.forget(key, left))
  // What the device never took it need not forget.
  return isForgotten || !kept ? left : null
}
