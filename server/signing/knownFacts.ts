import { isSealedPhase } from '../../shared/signing/places.ts'
import type { Reader } from '../platform/database.ts'
import { findAuthority } from './authority.ts'
import type { KnownDocument, KnownFacts } from './verifyPdf.ts'

/** What this installation knows of the files it sealed. */
export async function loadKnownFacts(read: Reader, now: number): Promise<KnownFacts> {
  const authority = await findAuthority(read)
  const rows = await read
    .selectFrom('document')
    .select(['id', 'kind', 'title', 'edition', 'phase'])
    .execute()
  const revisions = await read
    .selectFrom('sealed_revision')
    .select(['document_id', 'sha256'])
    .orderBy('document_id')
    .orderBy('number')
    .execute()
  const byDocument = new Map<string, string[]>()
  for (const { document_id, sha256 } of revisions)
    byDocument.set(document_id, [...(byDocument.get(document_id) ?? []), sha256])
  const documents: KnownDocument[] = rows
    // After an unlock the old base counts for nothing until the document is sealed again.
    .filter(({ phase }) => isSealedPhase(phase))
    .map(({ id, kind, title, edition }) => ({
      id,
      kind,
      title: title.replaceAll('\n', ' '),
      edition,
      revisions: byDocument.get(id) ?? [],
    }))
  return {
    roots: authority ? [authority.certificate] : [],
    documents,
    documentIds: rows.map(({ id }) => id),
    base: null,
    offline: false,
    now,
  }
}
