import type * as Y from 'yjs'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { PersonRef } from '../../shared/base/contract.ts'
import { type Block, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { forgetChanged, type KnownBlocks, readBodyAgain } from '../../shared/clauses/yjs.ts'
import { findPeople } from '../accounts/accountStore.ts'
import { answerOnce } from '../platform/answerOnce.ts'
import type { Reader } from '../platform/database.ts'
import { applyRow, nearestState, rowsAfter } from '../sync/pastText.ts'
import { firstTaken } from './positionStore.ts'

/** Rows of the log that one answer looks through, the newest ones. */
const ROWS = 20_000

/** A replay of that many rows takes seconds, and everybody who opens the same page asks the same. */
const writersOnce = answerOnce<ReadonlySet<string>>(500)

export type Since = {
  documentId: string
  /** A clause id or `structure`. */
  clauseId: string
  /** Of the words that a position was taken on. */
  hash: string
  /** Where the words stood when a position on them was first taken. */
  from: { epoch: string; revision: number }
  to: { epoch: string; revision: number }
}

/**
 * Whoever has changed what a position on this clause is bound to, in the order of their first change: from the log of
 * the text and, for the structure, from the audit entries of its printed fields. Whoever put words back counts too.
 */
export async function authorsSince(db: Reader, since: Since): Promise<PersonRef[]> {
  const described = since.clauseId === STRUCTURE ? await describersSince(db, since) : []
  const { documentId, clauseId, from, to } = since
  const key = JSON.stringify([documentId, clauseId, from, to])
  const writers = await writersOnce(db, key, () => writersSince(db, since))
  const ids = new Set([...writers, ...described])
  const person = await findPeople(db, ids)
  return [...ids].map(person)
}

async function writersSince(
  db: Reader,
  { documentId, clauseId, from, to }: Since,
): Promise<Set<string>> {
  const writers = new Set<string>()
  // A text that has begun anew has no log that leads from there to here.
  if (from.epoch !== to.epoch) return writers
  const start = Math.max(from.revision, to.revision - ROWS)
  const known: KnownBlocks = new WeakMap()
  const { doc, revision } = await nearestState(db, { documentId, epoch: to.epoch, revision: start })
  doc.on('afterTransaction', (transaction: Y.Transaction) => forgetChanged(transaction, known))
  try {
    let before: string | null = null
    for await (const row of rowsAfter(db, revision, { documentId, ...to })) {
      if (row.seq > start) before ??= wordsOf(readBodyAgain(doc, known), clauseId)
      applyRow(doc, row.bytes)
      if (row.seq <= start) continue
      const after = wordsOf(readBodyAgain(doc, known), clauseId)
      if (after !== before) writers.add(row.accountId)
      before = after
    }
    return writers
  } finally {
    doc.destroy()
  }
}

/** What differs when the clause, or the order and levels, differ. */
function wordsOf(blocks: readonly Block[], clauseId: string): string {
  const ids = uniqueIds(blocks)
  if (clauseId === STRUCTURE)
    return blocks.map((block, index) => `${ids[index]} ${block.level}`).join(' ')
  const block = blocks[ids.indexOf(clauseId)]
  return block ? `${isTable(block)} ${clauseHash(block)}` : ''
}

/** Who has changed a printed field since the first position that still names that structure. */
async function describersSince(db: Reader, { documentId, hash }: Since): Promise<string[]> {
  const first = await firstTaken(db, { documentId, clauseId: STRUCTURE, hash })
  if (first === null) return []
  const rows = await db
    .selectFrom('audit')
    .select('actor')
    .where('event', '=', 'document.described')
    .where('subject', '=', documentId)
    .where('at', '>=', first)
    .orderBy('seq')
    .execute()
  return rows.flatMap(({ actor }) => (JSON.parse(actor) as PersonRef | null)?.id ?? [])
}
