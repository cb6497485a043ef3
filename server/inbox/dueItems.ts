import type { BlocActor } from '../../shared/accounts/account.ts'
import { can } from '../../shared/accounts/permissions.ts'
import { isConsent } from '../../shared/agreements/agreement.ts'
import { sha256Hex } from '../../shared/base/sha256.ts'
import type { InboxItem } from '../../shared/inbox/api.ts'
import { personOf } from '../../shared/signing/places.ts'
import { agreedHashes, positionsOf } from '../agreements/positionStore.ts'
import type { AppDeps } from '../authorize.ts'
import { currentClauses } from '../clauses/currentClauses.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { placesOf } from '../signing/signingStore.ts'

/** `state`: read once, it is new again when this has changed. */
export type DueItem = { key: string; state: string; item: InboxItem }

/**
 * What other rows say at this moment: it is never out of date, and gone by itself. Words that come back to what was
 * agreed, or a signature that another of the agency has given, leave nothing in the inbox.
 */
export async function dueItems(
  deps: AppDeps,
  actor: BlocActor,
  document: DocumentRecord,
): Promise<DueItem[]> {
  if (document.phase === 'drafting') return changedItems(deps, actor, document)
  return document.phase === 'signing' ? signatureItems(deps, actor, document) : []
}

/** Clauses of which the agency had agreed to other words. */
async function changedItems(
  deps: AppDeps,
  actor: BlocActor,
  document: DocumentRecord,
): Promise<DueItem[]> {
  if (!can(actor, 'document.write')) return []
  const { read } = deps.platform.database
  const positions = await positionsOf(read, document.id)
  const own = new Map(
    positions
      .filter(({ agencyId, position }) => agencyId === actor.agencyId && isConsent(position))
      .map(({ clauseId, hash }) => [clauseId, hash]),
  )
  if (own.size === 0) return []
  const now = agreedHashes(await currentClauses(deps, document))
  const changed = [...now].filter(([id, hash]) => own.has(id) && own.get(id) !== hash)
  if (changed.length === 0) return []
  const last = await read
    .selectFrom('document_update')
    .select('at')
    .where('document_id', '=', document.id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const key = `changed:${document.id}`
  const clauseIds = changed.map(([id]) => id)
  const item = { kind: 'changed' as const, ...about(document, key, last?.at ?? 0), clauseIds }
  return [{ key, state: sha256Hex(JSON.stringify(changed)), item }]
}

async function signatureItems(
  { platform }: AppDeps,
  actor: BlocActor,
  document: DocumentRecord,
): Promise<DueItem[]> {
  const { read } = platform.database
  const places = await placesOf(read, document.id)
  const isSigned = (id: string) =>
    places.some((place) => place.id === id && place.status === 'signed')
  const due = places.filter((place) => {
    const scene = { deputyActs: false, placeAgencyId: place.agencyId }
    if (place.status !== 'open') return false
    return place.kind === 'person'
      ? can(actor, 'place.signPerson', scene)
      : can(actor, 'place.signSeal', scene) && isSigned(personOf(place))
  })
  if (due.length === 0) return []
  const revisions = await read
    .selectFrom('sealed_revision')
    .select(['sha256', 'at'])
    .where('document_id', '=', document.id)
    .orderBy('number')
    .execute()
  // Whoever has read of one sealed file is told anew of the next, not of each signature in it.
  const state = revisions[0]?.sha256 ?? ''
  const at = revisions.at(-1)?.at ?? 0
  return due.map(({ id }) => {
    const key = `signature:${document.id}:${id}`
    const item = { kind: 'signature' as const, ...about(document, key, at), placeId: id }
    return { key, state, item }
  })
}

const about = ({ id, blocId, kind }: DocumentRecord, key: string, at: number) => ({
  id: key,
  blocId,
  documentId: id,
  document: kind,
  at: new Date(at).toISOString(),
  read: false,
})
