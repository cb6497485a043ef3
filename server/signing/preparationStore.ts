import * as z from 'zod'
import type { Sha256 } from '../../shared/base/ids.ts'
import type { Database, Reader } from '../platform/database.ts'

const State = z.object({
  /** SHA-256 of the certificate that the signed attributes name. */
  certificate: z.string(),
  hole: z.object({ start: z.number().int(), end: z.number().int() }),
  /** The time that the file states. */
  at: z.number().int(),
})

/** One signature under way: the server has made the file, the key has not yet signed. */
export type Preparation = {
  id: string
  documentId: string
  placeId: string
  accountId: string
  base: Sha256
  preparedFile: string
  state: z.infer<typeof State>
  expiresAt: number
}

const KEPT_MS = 24 * 60 * 60_000

/** Old ones go after a day: until then their owner hears that they have expired. */
export async function savePreparation(database: Database, made: Preparation): Promise<void> {
  await database.write(async (tx) => {
    await tx
      .deleteFrom('signing_preparation')
      .where('document_id', '=', made.documentId)
      .where('expires_at', '<', made.expiresAt - KEPT_MS)
      .execute()
    await tx
      .insertInto('signing_preparation')
      .values({
        id: made.id,
        document_id: made.documentId,
        place_id: made.placeId,
        account_id: made.accountId,
        base: made.base,
        prepared_file: made.preparedFile,
        state: JSON.stringify(made.state),
        expires_at: made.expiresAt,
      })
      .execute()
  })
}

export async function findPreparation(
  read: Reader,
  id: string,
  owner: { documentId: string; accountId: string },
): Promise<Preparation | undefined> {
  const row = await read
    .selectFrom('signing_preparation')
    .selectAll()
    .where('id', '=', id)
    .where('document_id', '=', owner.documentId)
    .where('account_id', '=', owner.accountId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      documentId: row.document_id,
      placeId: row.place_id,
      accountId: row.account_id,
      base: row.base as Sha256,
      preparedFile: row.prepared_file,
      state: State.parse(JSON.parse(row.state)),
      expiresAt: row.expires_at,
    }
  )
}
