import type { Updateable } from 'kysely'
import type { BlocActor } from '../../shared/accounts/account.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import { canonicalJson, type Json } from '../../shared/base/canonicalJson.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { AgencyId } from '../../shared/base/ids.ts'
import type { DocumentPatch } from '../../shared/documents/api.ts'
import type { Phase } from '../../shared/documents/document.ts'
import { appendAudit } from '../audit/auditStore.ts'
import { demand } from '../authorize.ts'
import type { Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'
import { partiesOf } from './blocStore.ts'
import { type DocumentRecord, findDocument } from './documentStore.ts'

export type Patch = ReturnType<(typeof DocumentPatch)['parse']>

/** What agencies agree to, and what the clerk may still fill in afterwards: other rights, other phases. */
const KINDS = [
  {
    fields: ['title', 'place', 'recipients', 'signingTitles'],
    action: 'document.describe',
    phases: ['drafting'] as Phase[],
    event: 'document.described',
  },
  {
    fields: ['number', 'date'],
    action: 'document.number',
    phases: ['drafting', 'locked'] as Phase[],
    event: 'document.numbered',
  },
] as const

const touched = (patch: Patch) =>
  KINDS.filter(({ fields }) => fields.some((field) => patch[field] !== undefined))

/** A body that mixes both kinds needs both rights, an empty one either. @throws {AppError} auth/forbidden */
export function demandPatch(actor: BlocActor, patch: Patch, scene: Scene): void {
  const kinds = touched(patch)
  if (kinds.length === 0 && !KINDS.some(({ action }) => can(actor, action, scene)))
    throw new AppError('auth/forbidden')
  for (const { action } of kinds) demand(actor, action, scene)
}

/** @returns whether anything is different now; @throws {AppError} document/wrong-phase, input/invalid */
export async function describeDocument(
  tx: Tx,
  {
    documentId,
    patch,
    actor,
    at,
  }: { documentId: string; patch: Patch; actor: BlocActor; at: number },
): Promise<boolean> {
  const document = await findDocument(tx, documentId)
  if (!document) throw new AppError('document/not-found')
  for (const { phases } of touched(patch))
    if (!phases.includes(document.phase))
      throw new AppError('document/wrong-phase', { phase: document.phase })
  const wanted = normalise(patch)
  if (wanted.signingTitles)
    demandParties(wanted.signingTitles, await partiesOf(tx, document.blocId))

  let changed = false
  for (const { fields, event } of KINDS) {
    const changes = changesOf(document, wanted, fields)
    if (Object.keys(changes).length === 0) continue
    changed = true
    const columns = Object.fromEntries(
      Object.entries(changes).map(([field, { to }]) => [
        field === 'signingTitles' ? 'signing_titles' : field,
        typeof to === 'object' && to !== null ? JSON.stringify(to) : to,
      ]),
    ) as Updateable<Schema['document']>
    await tx.updateTable('document').set(columns).where('id', '=', documentId).execute()
    const { blocId } = document
    await appendAudit(tx, { blocId, at, actor, event, subject: documentId, facts: { changes } })
  }
  return changed
}

function changesOf(
  document: DocumentRecord,
  wanted: Patch,
  fields: readonly (keyof Patch & keyof DocumentRecord)[],
): Record<string, { from: Json; to: Json }> {
  const changes: Record<string, { from: Json; to: Json }> = {}
  for (const field of fields) {
    const to = wanted[field] as Json | undefined
    const from = document[field] as Json
    if (to !== undefined && canonicalJson(to) !== canonicalJson(from)) changes[field] = { from, to }
  }
  return changes
}

/** What is printed must be the same bytes whoever typed it. */
function normalise(patch: Patch): Patch {
  const nfc = (value: unknown): unknown => {
    if (typeof value === 'string') return value.normalize('NFC')
    if (Array.isArray(value)) return value.map(nfc)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nfc(inner)]))
  }
  return nfc(patch) as Patch
}

function demandParties(titles: Record<string, string>, parties: readonly AgencyId[]): void {
  const strangers = Object.keys(titles).filter((id) => !parties.includes(id as AgencyId))
  if (strangers.length > 0)
    throw new AppError('input/invalid', {
      problems: strangers.map((id) => ({ at: `body.signingTitles.${id}`, message: 'not a party' })),
    })
}
