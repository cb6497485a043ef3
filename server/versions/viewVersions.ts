import type { PersonRef } from '../../shared/base/contract.ts'
import type { DocumentId, Sha256, VersionId } from '../../shared/base/ids.ts'
import { VersionKind, type VersionView } from '../../shared/versions/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { answerOnce } from '../platform/answerOnce.ts'
import type { Reader } from '../platform/database.ts'
import { revisionBefore, type VersionRow, versionsOf } from './versionStore.ts'

type Person = (id: string) => PersonRef

/** Who wrote between two versions is read from all rows of the log there, and stays so. */
const authorsOnce = answerOnce<string[]>(2_000)

export async function viewVersions(db: Reader, document: DocumentRecord): Promise<VersionView[]> {
  const rows = await versionsOf(db, document.id)
  const authors = await Promise.all(
    rows.map(async (row, index) => {
      const next = rows[index + 1]
      const from = next?.epoch === row.epoch ? next.revision : await revisionBefore(db, row)
      const key = JSON.stringify([row.document_id, row.epoch, from, row.revision])
      return authorsOnce(db, key, () => authorsBetween(db, row, from, row.revision))
    }),
  )
  const person = await findPeople(db, [...rows.map((row) => row.account_id), ...authors.flat()])
  return rows.map((row, index) => viewRow(row, authors[index] ?? [], person))
}

export async function viewVersion(db: Reader, row: VersionRow): Promise<VersionView> {
  const authors = await authorsBetween(db, row, await revisionBefore(db, row), row.revision)
  return viewRow(row, authors, await findPeople(db, [row.account_id, ...authors]))
}

/** What has been written since the newest version. */
export async function viewNow(db: Reader, { id, epoch, revision }: DocumentRecord) {
  const here = { document_id: id, epoch }
  const newest = await revisionBefore(db, { ...here, revision: revision + 1 })
  if (newest === revision) return null
  const last = await db
    .selectFrom('document_update')
    .select('at')
    .where('document_id', '=', id)
    .where('epoch', '=', epoch)
    .where('seq', '=', revision)
    .executeTakeFirst()
  if (!last) return null
  const ids = await authorsBetween(db, here, newest, revision)
  const person = await findPeople(db, ids)
  return { revision, at: new Date(last.at).toISOString(), authors: ids.map(person) }
}

/** Accounts that have rows there; what the server mended by itself has no author. */
async function authorsBetween(
  db: Reader,
  { document_id, epoch }: Pick<VersionRow, 'document_id' | 'epoch'>,
  from: number,
  to: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('document_update')
    .innerJoin('account', 'account.id', 'document_update.account_id')
    .select('document_update.account_id')
    .distinct()
    .where('document_id', '=', document_id)
    .where('epoch', '=', epoch)
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .execute()
  return rows.map(({ account_id }) => account_id)
}

const viewRow = (row: VersionRow, authors: readonly string[], person: Person): VersionView => ({
  id: row.id as VersionId,
  documentId: row.document_id as DocumentId,
  kind: VersionKind.parse(row.kind),
  name: row.name,
  revision: row.revision,
  contentHash: row.content_hash as Sha256,
  structureHash: row.structure_hash as Sha256,
  at: new Date(row.at).toISOString(),
  by: person(row.account_id),
  authors: authors.map(person),
  ...(row.restored_version !== null && {
    restored: { versionId: row.restored_version as VersionId, clauseId: row.restored_clause },
  }),
})
