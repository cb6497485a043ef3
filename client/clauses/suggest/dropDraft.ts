import { type DraftKey, draftDatabase, NOTHING_KEPT } from './draftDatabase.ts'

/** What a closed draft said is in the text now: said once more it would stand there twice. */
export const dropDraft = (key: DraftKey): Promise<boolean> =>
  draftDatabase.forget(key, NOTHING_KEPT)
