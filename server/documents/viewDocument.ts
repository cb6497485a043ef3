import { AppError } from '../../shared/base/errors.ts'
import type { Sha256 } from '../../shared/base/ids.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import { SCHEMA_VERSION } from '../../shared/documents/document.ts'
import type { AppDeps } from '../authorize.ts'
import { currentClauses } from '../clauses/currentClauses.ts'
import { partiesOf } from './blocStore.ts'
import { findDocument } from './documentStore.ts'

/** The document as the contract shows it, from its row and its text as they are on disk now. */
export async function viewDocument(deps: AppDeps, documentId: string): Promise<DocumentView> {
  const { read } = deps.platform.database
  const document = await findDocument(read, documentId)
  if (!document) throw new AppError('document/not-found')
  const { revision, contentHash, structureHash } = await currentClauses(deps, document)
  return {
    id: document.id,
    blocId: document.blocId,
    kind: document.kind,
    edition: document.edition,
    epoch: document.epoch,
    phase: document.phase,
    revision,
    // Once locked, what was agreed to is a recorded fact and no longer computed.
    contentHash: (document.lockedContent as Sha256 | null) ?? contentHash,
    structureHash: (document.lockedStructure as Sha256 | null) ?? structureHash,
    // What this server speaks: a text of an older version is one of this version too.
    schemaVersion: SCHEMA_VERSION,
    agreementPolicy: document.agreementPolicy,
    parties: await partiesOf(read, document.blocId),
    signers: document.signers,
    issuer: document.issuer,
    title: document.title,
    place: document.place,
    recipients: document.recipients,
    signingTitles: document.signingTitles,
    number: document.number,
    date: document.date,
    lockedAt: document.lockedAt === null ? null : new Date(document.lockedAt).toISOString(),
    lastFailure: document.lastFailure,
  }
}
