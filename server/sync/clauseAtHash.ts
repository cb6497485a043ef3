import type * as Y from 'yjs'
import type { Block } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { forgetChanged, type KnownBlocks, readBodyAgain } from '../../shared/clauses/yjs.ts'
import type { Reader } from '../platform/database.ts'
import { applyRow, type Moment, nearestState, rowsAfter } from './pastText.ts'

/** Kept versions, and rows of the log, that one search looks into. */
const VERSIONS = 40
const ROWS = 20_000
/** A position is taken on what stood there in that moment, give or take what was on its way. */
const AROUND_MS = 10_000
const AROUND_ROWS = 2_000

export type Sought = {
  documentId: string
  epoch: string
  clauseId: string
  hash: string
  /** When somebody saw it so, if that is known: it is looked for there first. */
  at?: number
}

export type FormerClause = { block: Block; epoch: string; revision: number }

/**
 * What a clause said, and where, when its hash was this one, from the log and the versions kept of it. Looks into a
 * bounded number of rows, the newest ones where nobody knows when it was.
 * @returns null where it never said so, or too long ago
 */
export async function clauseAtHash(db: Reader, sought: Sought): Promise<FormerClause | null> {
  return (await nearTime(db, sought)) ?? (await inVersions(db, sought)) ?? (await inLog(db, sought))
}

async function inVersions(db: Reader, sought: Sought): Promise<FormerClause | null> {
  const versions = await db
    .selectFrom('version')
    .select(['id', 'epoch', 'revision'])
    .where('document_id', '=', sought.documentId)
    .orderBy('at', 'desc')
    .limit(VERSIONS)
    .execute()
  for (const { id, epoch, revision } of versions) {
    const { content } = await db
      .selectFrom('version')
      .select('content')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const block = find((JSON.parse(content) as { blocks: Block[] }).blocks, sought)
    if (block) return { block, epoch, revision }
  }
  return null
}

async function nearTime(db: Reader, sought: Sought): Promise<FormerClause | null> {
  if (sought.at === undefined) return null
  const around = await seqsBetween(db, sought, sought.at - AROUND_MS, sought.at + AROUND_MS)
  const first = around.first ?? (await lastBefore(db, sought, sought.at))
  if (first === null) return null
  const last = Math.min(around.last ?? first, first + AROUND_ROWS)
  return walk(db, sought, first - 1, last)
}

async function inLog(db: Reader, sought: Sought): Promise<FormerClause | null> {
  const last = await lastBefore(db, sought, Number.MAX_SAFE_INTEGER)
  return last === null ? null : walk(db, sought, Math.max(0, last - ROWS), last)
}

/** Looks at the clause as it stood after row `from`, and after each row up to `to` that changed something in it. */
async function walk(
  db: Reader,
  sought: Sought,
  from: number,
  to: number,
): Promise<FormerClause | null> {
  const { documentId, epoch } = sought
  const moment = (revision: number): Moment => ({ documentId, epoch, revision })
  const { doc, revision } = await nearestState(db, moment(from))
  let at = revision
  const known: KnownBlocks = new WeakMap()
  doc.on('afterTransaction', (transaction: Y.Transaction) => forgetChanged(transaction, known))
  try {
    for await (const { seq, bytes } of rowsAfter(db, revision, moment(to))) {
      // The state after `from` counts as well: nothing may have come since.
      const block = seq > from ? find(readBodyAgain(doc, known), sought) : null
      if (block) return { block, epoch, revision: at }
      applyRow(doc, bytes)
      at = seq
    }
    const block = find(readBodyAgain(doc, known), sought)
    return block && { block, epoch, revision: at }
  } finally {
    doc.destroy()
  }
}

function find(blocks: readonly Block[], { clauseId, hash }: Sought): Block | null {
  const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
  return block && clauseHash(block) === hash ? block : null
}

async function seqsBetween(db: Reader, { documentId, epoch }: Sought, from: number, to: number) {
  const row = await db
    .selectFrom('document_update')
    .select(({ fn }) => [fn.min('seq').as('first'), fn.max('seq').as('last')])
    .where('document_id', '=', documentId)
    .where('epoch', '=', epoch)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .executeTakeFirst()
  return { first: row?.first ?? null, last: row?.last ?? null }
}

async function lastBefore(db: Reader, { documentId, epoch }: Sought, at: number) {
  const row = await db
    .selectFrom('document_update')
    .select(({ fn }) => fn.max('seq').as('last'))
    .where('document_id', '=', documentId)
    .where('epoch', '=', epoch)
    .where('at', '<=', at)
    .executeTakeFirst()
  return row?.last ?? null
}
