import { type AgreedStructure, agreedStructure } from '../../shared/agreements/agreedStructure.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { Block } from '../../shared/clauses/clause.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import type { Standing } from '../documents/writeOnText.ts'
import type { Database, Reader, Tx } from '../platform/database.ts'
import { clauseAtHash, type Sought } from '../sync/clauseAtHash.ts'
import { firstTaken } from './positionStore.ts'

/** SQLite takes no more than 32,766 values in one statement. */
const ROWS_AT_ONCE = 1_000

/**
 * Keeps the words that a position is taken on, in the transaction of the position: what has changed since can then be
 * told from rows, whatever becomes of the log. Words that are kept already stay as they are, with their revision.
 * @param said clause ids and hashes that stand now
 */
export async function keepAgreedWords(
  tx: Tx,
  { document, text }: Pick<Standing, 'document' | 'text'>,
  said: readonly (readonly [clauseId: string, hash: string])[],
): Promise<void> {
  const ids = uniqueIds(text.blocks)
  const blocks = new Map(ids.map((id, index) => [id, text.blocks[index] as Block]))
  const rows = said.map(([clauseId, hash]) => ({
    document_id: document.id,
    clause_id: clauseId,
    hash,
    words: JSON.stringify(
      clauseId === STRUCTURE ? agreedStructure(text.blocks, document) : blocks.get(clauseId),
    ),
    epoch: text.epoch,
    revision: text.revision,
  }))
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE)
    await tx
      .insertInto('agreed_words')
      .values(rows.slice(first, first + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.columns(['document_id', 'clause_id', 'hash']).doNothing())
      .execute()
}

/**
 * The words of a position that was taken before there was a place to keep them, from the log or a version of the time;
 * they are kept from then on. Only what somebody has taken a position on is looked for: that costs a replay.
 */
export async function recoverAgreedWords(
  { read, write }: Pick<Database, 'read' | 'write'>,
  { documentId, epoch, clauseId, hash }: Omit<Sought, 'at'>,
): Promise<AgreedWords | undefined> {
  if (clauseId === STRUCTURE) return undefined
  const at = await firstTaken(read, { documentId, clauseId, hash })
  if (at === null) return undefined
  const found = await clauseAtHash(read, { documentId, epoch, clauseId, hash, at })
  if (!found) return undefined
  const { block, ...place } = found
  const row = { document_id: documentId, clause_id: clauseId, hash, ...place }
  await write((tx) =>
    tx
      .insertInto('agreed_words')
      .values({ ...row, words: JSON.stringify(block) })
      .onConflict((conflict) => conflict.columns(['document_id', 'clause_id', 'hash']).doNothing())
      .execute(),
  )
  return { ...found, clauseId }
}

export type AgreedWords = { epoch: string; revision: number } & (
  | { clauseId: typeof STRUCTURE; structure: AgreedStructure }
  | { clauseId: string; block: Block }
)

/** The words of a clause, or the structure, that had this hash when somebody took a position on them. */
export async function findAgreedWords(
  db: Reader | Tx,
  documentId: string,
  clauseId: string,
  hash: string,
): Promise<AgreedWords | undefined> {
  const row = await db
    .selectFrom('agreed_words')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('clause_id', '=', clauseId)
    .where('hash', '=', hash)
    .executeTakeFirst()
  if (!row) return undefined
  const { epoch, revision } = row
  const words = JSON.parse(row.words)
  return clauseId === STRUCTURE
    ? { epoch, revision, clauseId: STRUCTURE, structure: words as AgreedStructure }
    : { epoch, revision, clauseId, block: words as Block }
}
