import type { Reader } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'

export type Visit = { epoch: string; revision: number; at: number }

/** Up to where an account had seen a text when it last left it. */
export async function lastVisit(
  db: Reader,
  documentId: string,
  accountId: string,
): Promise<Visit | undefined> {
  return db
    .selectFrom('document_visit')
    .select(['epoch', 'revision', 'at'])
    .where('document_id', '=', documentId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

/** Whoever leaves has seen everything up to now. */
export async function noteVisit(
  { database, clock }: Platform,
  { documentId, accountId }: { documentId: string; accountId: string },
): Promise<void> {
  await database.write(async (tx) => {
    const document = await tx
      .selectFrom('document')
      .select(['epoch', 'revision'])
      .where('id', '=', documentId)
      .executeTakeFirst()
    if (!document) return
    const seen = { ...document, at: clock() }
    await tx
      .insertInto('document_visit')
      .values({ document_id: documentId, account_id: accountId, ...seen })
      .onConflict((conflict) => conflict.columns(['document_id', 'account_id']).doUpdateSet(seen))
      .execute()
  })
}
