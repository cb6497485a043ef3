import { NOTHING_KEPT, type Words } from '../../client/clauses/suggest/draftDatabase.ts'

/** Whose draft of what it is, in tests of one draft. */
export const DRAFT_KEY = { userId: 'u', documentId: 'd', epoch: 'e' }

/** A device that keeps drafts in memory; `device` is what a later page finds there. */
export function draftDevice() {
  const updates: Uint8Array[] = []
  const device = { ...NOTHING_KEPT, updates }
  const database = {
    add: async (_: unknown, update: Uint8Array) => updates.push(update) > 0,
    setWords: async (_: unknown, words: Words) => Object.assign(device, words) === device,
  }
  return { device, database }
}
