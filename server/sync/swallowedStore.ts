import type { Selectable } from 'kysely'
import { describePlace } from '../../shared/clauses/describePlace.ts'
import { numberBlocks, parentIndexes } from '../../shared/clauses/numbering.ts'
import { DocumentKind, numberingModel } from '../../shared/documents/document.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'
import type { Grave } from './Graveyard.ts'
import { SwallowedWords } from './SwallowedWords.ts'
import type { Passage } from './SwallowWatch.ts'

export type SwallowedRow = Selectable<Schema['swallowed_text']>

/** Less than this is a slip of the finger in the moment of a colleague's deletion. */
const LETTERS_WORTH_A_NOTICE = 2

const isWorthIt = (text: string) => text.replace(/\s/g, '').length >= LETTERS_WORTH_A_NOTICE

/** Whom to tell of which row. */
export type Told = { accountId: string; id: string }

/**
 * Writes the passages as they are now, in the transaction that stores the update which swallowed them.
 * @returns whom to tell: also of a row that their author has made superfluous himself
 */
export async function keepPassages(
  tx: Tx,
  place: { documentId: string; epoch: string },
  passages: readonly Passage[],
  newId: () => string,
): Promise<Told[]> {
  const told: Told[] = []
  for (const passage of passages) {
    const id = await keepPassage(tx, place, passage, newId)
    if (id !== null) told.push({ accountId: passage.accountId, id })
  }
  return told
}

async function keepPassage(
  tx: Tx,
  { documentId, epoch }: { documentId: string; epoch: string },
  passage: Passage,
  newId: () => string,
): Promise<string | null> {
  const { rowId, fresh } = passage
  if (rowId !== null) {
    if (await rewrite(tx, rowId, passage.words.text)) {
      passage.fresh = []
      return rowId
    }
    // Dismissed: its author has seen those words, and what came since stands by itself.
    passage.rowId = null
    passage.words = new SwallowedWords()
    passage.words.add(fresh)
  }
  const { text } = passage.words
  if (!isWorthIt(text)) return null
  const id = newId()
  await tx
    .insertInto('swallowed_text')
    .values({
      id,
      document_id: documentId,
      epoch,
      ...(await whereItWas(tx, documentId, passage.grave)),
      account_id: passage.accountId,
      text,
      by_account_id: passage.grave?.by ?? null,
      at: passage.at,
      seen_at: null,
    })
    .execute()
  passage.rowId = id
  passage.fresh = []
  return id
}

/** @returns false when there is no such open row */
async function rewrite(tx: Tx, id: string, text: string): Promise<boolean> {
  const open = await tx
    .selectFrom('swallowed_text')
    .select('id')
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .executeTakeFirst()
  if (!open) return false
  if (isWorthIt(text))
    await tx.updateTable('swallowed_text').set({ text }).where('id', '=', id).execute()
  else await tx.deleteFrom('swallowed_text').where('id', '=', id).execute()
  return true
}

async function whereItWas(tx: Tx, documentId: string, grave: Grave | null) {
  if (!grave) return { clause_id: null, after_clause_id: null, place: '' }
  const { blocks, index, joinedTo, after } = grave
  const { kind } = await tx
    .selectFrom('document')
    .select('kind')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow()
  const model = numberingModel(DocumentKind.parse(kind))
  const levels = blocks.map(({ level }) => level)
  const labels = numberBlocks(levels, model)
  const parents = parentIndexes(levels)
  const placed = blocks.map((block, i) => ({
    ...block,
    label: labels[i] ?? '',
    parentId: blocks[parents[i] ?? -1]?.id ?? null,
  }))
  const id = blocks[index]?.id ?? ''
  return {
    clause_id: joinedTo ?? id,
    after_clause_id: after,
    place: describePlace(placed, id, model),
  }
}

/** What this person has lost in the document and not yet seen to, oldest first. */
export const openPassages = (
  db: Reader,
  documentId: string,
  accountId: string,
): Promise<SwallowedRow[]> =>
  db
    .selectFrom('swallowed_text')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('account_id', '=', accountId)
    .where('seen_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()

/** @returns undefined also when it is somebody else's */
export const findPassage = (
  db: Reader,
  id: string,
  accountId: string,
): Promise<SwallowedRow | undefined> =>
  db
    .selectFrom('swallowed_text')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst()

export const dismissPassage = async (tx: Tx, id: string, at: number): Promise<void> => {
  await tx
    .updateTable('swallowed_text')
    .set({ seen_at: at })
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .execute()
}
