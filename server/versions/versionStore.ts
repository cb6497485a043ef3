import { promisify } from 'node:util'
import { deflateRaw, deflateRawSync } from 'node:zlib'
import type { Selectable } from 'kysely'
import * as z from 'zod'
import type { Block } from '../../shared/clauses/clause.ts'
import { RecordFields } from '../../shared/documents/document.ts'
import { KeptSayings } from '../clauses/otherTexts.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'

export type VersionRow = Omit<Selectable<Schema['version']>, 'bytes' | 'content' | 'carried'>

const LISTED = [
  'id',
  'document_id',
  'epoch',
  'revision',
  'kind',
  'name',
  'content_hash',
  'structure_hash',
  'account_id',
  'at',
  'restored_version',
  'restored_clause',
] as const

/** What an answer lists at most; older ones are there all the same. */
const LIST_LIMIT = 500

/** Newest first. */
export const versionsOf = (db: Reader | Tx, documentId: string): Promise<VersionRow[]> =>
  db
    .selectFrom('version')
    .select(LISTED)
    .where('document_id', '=', documentId)
    .orderBy('revision', 'desc')
    .orderBy('at', 'desc')
    .limit(LIST_LIMIT)
    .execute()

/** Row of the log that the last version before `revision` was kept at, in the same epoch; 0 where there is none. */
export async function revisionBefore(
  db: Reader | Tx,
  { document_id, epoch, revision }: Pick<VersionRow, 'document_id' | 'epoch' | 'revision'>,
): Promise<number> {
  const row = await db
    .selectFrom('version')
    .select(({ fn }) => fn.max('revision').as('revision'))
    .where('document_id', '=', document_id)
    .where('epoch', '=', epoch)
    .where('revision', '<', revision)
    .executeTakeFirst()
  return row?.revision ?? 0
}

export const findVersion = (db: Reader | Tx, id: string): Promise<VersionRow | undefined> =>
  db.selectFrom('version').select(LISTED).where('id', '=', id).executeTakeFirst()

const Content = z.object({
  blocks: z.array(z.custom<Block>()),
  fields: RecordFields,
  /** What references to other documents said then; absent where there were none. */
  elsewhere: KeptSayings.default({}),
})
export type VersionContent = z.infer<typeof Content>

/** What was kept: the text as the server itself wrote it down. */
export async function contentOf(db: Reader | Tx, id: string): Promise<VersionContent> {
  const { content } = await db
    .selectFrom('version')
    .select('content')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return Content.parse(JSON.parse(content))
}

const pack = promisify(deflateRaw)

/** A full state as it is stored with every kind but `lock`. */
export const packState = (state: Uint8Array): Promise<Buffer> => pack(state)
/** The same within a transaction, which waits for nothing but the database. */
export const packStateNow = (state: Uint8Array): Buffer => deflateRawSync(state)
