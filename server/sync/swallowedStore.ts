import type { Selectable } from 'kysely'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'
import { type DocumentPlace, keepGraves, type LogPlace } from './graveStore.ts'
import { SwallowedWords } from './SwallowedWords.ts'
import type { Burial, Passage } from './SwallowWatch.ts'

export type SwallowedRow = Selectable<Schema['swallowed_text']>

/** Less than this is a slip of the finger in the moment of a colleague's deletion. */
const LETTERS_WORTH_A_NOTICE = 2

const isWorthIt = (text: string) => text.replace(/\s/g, '').length >= LETTERS_WORTH_A_NOTICE

/** Whom to tell of which row. */
export type Told = { accountId: string; id: string }

/**
 * Writes what was buried, in the transaction that stores the update which did it.
 * @returns whom to tell: also of a row that their author has made superfluous himself
 */
export async function keepBurial(
  tx: Tx,
  place: LogPlace,
  { passages, graves, plots }: Burial,
  newId: () => string,
): Promise<Told[]> {
  await keepGraves(tx, place, graves, plots)
  const told: Told[] = []
  for (const passage of passages) {
    const id = await keepPassage(tx, place, passage, newId)
    if (id !== null) told.push({ accountId: passage.accountId, id })
  }
  return told
}

async function keepPassage(
  tx: Tx,
  { documentId, epoch }: DocumentPlace,
  passage: Passage,
  newId: () => string,
): Promise<string | null> {
  const { rowId, fresh } = passage
  if (rowId !== null) {
    const row = await rewrite(tx, rowId, passage.words.text)
    if (row !== 'dismissed') {
      passage.fresh = []
      if (row === 'gone') passage.rowId = null
      return rowId
    }
    // Its author has seen those words, and what came since stands by itself.
    passage.rowId = null
    passage.words = new SwallowedWords()
    passage.words.add(fresh)
  }
  const { text } = passage.words
  if (!isWorthIt(text)) return null
  const id = newId()
  const { grave } = passage
  await tx
    .insertInto('swallowed_text')
    .values({
      id,
      document_id: documentId,
      epoch,
      clause_id: grave && (grave.joinedTo ?? grave.clauseId),
      after_clause_id: grave?.after ?? null,
      place: grave?.place ?? '',
      account_id: passage.accountId,
      text,
      by_account_id: grave?.by ?? null,
      at: passage.at,
      seen_at: null,
    })
    .execute()
  passage.rowId = id
  passage.fresh = []
  return id
}

/** @returns `gone`: there is too little left to speak of. `dismissed`: the row is closed, and as it was */
async function rewrite(
  tx: Tx,
  id: string,
  text: string,
): Promise<'written' | 'gone' | 'dismissed'> {
  const open = await tx
    .selectFrom('swallowed_text')
    .select('id')
    .where('id', '=', id)
    .where('seen_at', 'is', null)
    .executeTakeFirst()
  if (!open) return 'dismissed'
  if (isWorthIt(text)) {
    await tx.updateTable('swallowed_text').set({ text }).where('id', '=', id).execute()
    return 'written'
  }
  await tx.deleteFrom('swallowed_text').where('id', '=', id).execute()
  return 'gone'
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
