import { canonicalJson, type Json } from '../base/canonicalJson.ts'
import type { Sha256 } from '../base/ids.ts'
import { sha256Hex } from '../base/sha256.ts'
import type { AuditEntry } from './api.ts'

export const FIRST_LINK = '0'.repeat(64) as Sha256

/** Hash of an entry: SHA-256 of its canonical JSON without the hash itself. */
export function entryHash(entry: Omit<AuditEntry, 'hash'>): Sha256 {
  const { seq, at, actor, event, subject, facts, prev } = entry
  return sha256Hex(canonicalJson({ seq, at, actor, event, subject, facts, prev } as Json))
}

export type BrokenLink = { seq: number; problem: 'changed' | 'missing-or-moved' }

/** First entry that does not follow from the one before, or null when the whole chain holds. */
export function firstBrokenLink(entries: Iterable<AuditEntry>): BrokenLink | null {
  let prev = FIRST_LINK
  let seq = 1
  for (const entry of entries) {
    if (entry.seq !== seq || entry.prev !== prev) return { seq, problem: 'missing-or-moved' }
    if (entryHash(entry) !== entry.hash) return { seq, problem: 'changed' }
    prev = entry.hash
    seq += 1
  }
  return null
}
