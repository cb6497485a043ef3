import type { Selectable } from 'kysely'
import type { AgencyId, BlocId, DocumentId } from '../../shared/base/ids.ts'
import {
  AgreementPolicy,
  DocumentKind,
  Phase,
  type RecordFields,
} from '../../shared/documents/document.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'

/** The row of a document, as the rules want it. */
export type DocumentRecord = RecordFields & {
  id: DocumentId
  blocId: BlocId
  kind: DocumentKind
  edition: number
  epoch: string
  agreementPolicy: AgreementPolicy
  issuer: { superior: string; name: string }
  signers: AgencyId[]
  number: string | null
  date: string | null
  revision: number
  phase: Phase
  lockedAt: number | null
  lockedContent: string | null
  lockedStructure: string | null
  lockedVersion: string | null
  sealAttempt: string | null
  lastFailure: string | null
  currentFile: string | null
  completedAt: number | null
}

type Row = Selectable<Schema['document']>

export async function findDocument(
  db: Reader | Tx,
  id: string,
): Promise<DocumentRecord | undefined> {
  const row = await db.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

export async function documentsOfBloc(db: Reader | Tx, blocId: string): Promise<DocumentRecord[]> {
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where('bloc_id', '=', blocId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}

function fromRow(row: Row): DocumentRecord {
  return {
    id: row.id as DocumentId,
    blocId: row.bloc_id as BlocId,
    kind: DocumentKind.parse(row.kind),
    edition: row.edition,
    epoch: row.epoch,
    agreementPolicy: AgreementPolicy.parse(row.agreement_policy),
    title: row.title,
    place: row.place,
    recipients: JSON.parse(row.recipients) as string[],
    signingTitles: JSON.parse(row.signing_titles) as Record<string, string>,
    issuer: JSON.parse(row.issuer) as DocumentRecord['issuer'],
    signers: JSON.parse(row.signers) as AgencyId[],
    number: row.number,
    date: row.date,
    revision: row.revision,
    phase: Phase.parse(row.phase),
    lockedAt: row.locked_at,
    lockedContent: row.locked_content,
    lockedStructure: row.locked_structure,
    lockedVersion: row.locked_version,
    sealAttempt: row.seal_attempt,
    lastFailure: row.last_failure,
    currentFile: row.current_file,
    completedAt: row.completed_at,
  }
}
