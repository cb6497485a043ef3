import type { AgencyId, DocumentId, Sha256 } from '../../shared/base/ids.ts'
import type { Lifecycle } from '../../shared/documents/lifecycle.ts'
import type { PlaceView, SigningView } from '../../shared/signing/api.ts'
import { PlaceKind } from '../../shared/signing/api.ts'
import { isSealedPhase, type Place, type PlaceId } from '../../shared/signing/places.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Reader, Tx } from '../platform/database.ts'

export type StoredPlace = Place & {
  status: 'open' | 'signed' | 'declined'
  by: PlaceView['by']
  signedAt: number | null
}

/** Places of a sealed document, in the order of signing; empty before sealing. */
export async function placesOf(db: Reader | Tx, documentId: string): Promise<StoredPlace[]> {
  const rows = await db
    .selectFrom('signing_place')
    .leftJoin('account', 'account.id', 'signing_place.account_id')
    .select(['place_id', 'signing_place.agency_id', 'kind', 'rank', 'status', 'signed_at'])
    .select(['account_id', 'account.name'])
    .where('document_id', '=', documentId)
    .orderBy('rank')
    .execute()
  return rows.map((row) => ({
    id: row.place_id as PlaceId,
    agencyId: row.agency_id as AgencyId,
    kind: PlaceKind.parse(row.kind),
    rank: row.rank,
    status: row.status === 'signed' ? 'signed' : row.status === 'declined' ? 'declined' : 'open',
    by:
      row.account_id === null
        ? undefined
        : { id: row.account_id, name: row.name ?? '', agencyId: row.agency_id },
    signedAt: row.signed_at,
  }))
}

export const isSealed = ({ phase, currentFile }: DocumentRecord): boolean =>
  isSealedPhase(phase) && currentFile !== null

export async function signingView(db: Reader | Tx, document: DocumentRecord): Promise<SigningView> {
  if (!isSealed(document)) return { revision: null, places: [] }
  const places = await placesOf(db, document.id)
  return {
    revision: document.currentFile as Sha256,
    places: places.map(({ id, agencyId, kind, status, by, signedAt }) => ({
      id,
      agencyId,
      kind,
      status,
      ...(by && { by }),
      ...(signedAt !== null && { at: new Date(signedAt).toISOString() }),
    })),
  }
}

/** The state that the rules of signing start from. */
export function lifecycleOf(document: DocumentRecord, places: readonly StoredPlace[]): Lifecycle {
  const content = document.lockedContent as Sha256
  const signatures = places.flatMap(({ id, status, by, signedAt }) =>
    status === 'signed' ? [{ placeId: id, by: by?.id ?? '', at: signedAt ?? 0 }] : [],
  )
  const revision = document.currentFile as Sha256
  switch (document.phase) {
    case 'drafting':
      return { phase: 'drafting' }
    case 'locked':
      return { phase: 'locked', content }
    case 'sealing':
      return { phase: 'sealing', content, attempt: document.sealAttempt ?? '' }
    case 'signing':
      return { phase: 'signing', content, revision, signatures }
    case 'complete':
      return { phase: 'complete', content, revision, signatures, at: document.completedAt ?? 0 }
  }
}

/** Stores what the rules decided; the places are stored with the signature itself. */
export async function saveLifecycle(tx: Tx, id: DocumentId, next: Lifecycle): Promise<void> {
  await tx
    .updateTable('document')
    .set({
      phase: next.phase,
      seal_attempt: next.phase === 'sealing' ? next.attempt : null,
      last_failure: next.phase === 'locked' ? (next.lastFailure ?? null) : null,
      current_file: next.phase === 'signing' || next.phase === 'complete' ? next.revision : null,
      completed_at: next.phase === 'complete' ? next.at : null,
    })
    .where('id', '=', id)
    .execute()
}

/** Adds one state of the sealed file; number 0 is the base. */
export async function addRevision(
  tx: Tx,
  revision: {
    documentId: string
    sha256: string
    size: number
    placeId: string | null
    at: number
  },
): Promise<void> {
  const last = await tx
    .selectFrom('sealed_revision')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('document_id', '=', revision.documentId)
    .executeTakeFirst()
  await tx
    .insertInto('sealed_revision')
    .values({
      document_id: revision.documentId,
      number: last?.number == null ? 0 : Number(last.number) + 1,
      sha256: revision.sha256,
      size: revision.size,
      place_id: revision.placeId,
      at: revision.at,
    })
    .execute()
}

/** A document that was unlocked unsigned and sealed again starts anew: nobody has put a name to the old file. */
export async function clearSealedFile(tx: Tx, documentId: string): Promise<void> {
  for (const table of ['signing_preparation', 'signing_place', 'sealed_revision'] as const)
    await tx.deleteFrom(table).where('document_id', '=', documentId).execute()
}
