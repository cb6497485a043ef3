export type SqlDialect = 'sqlite' | 'postgres'

/**
 * The tables, one type each, as migrations/ makes them. Times are milliseconds since 1970 in UTC; bytes are Buffers;
 * JSON is text. Nothing here is SQLite's own: PostgreSQL reads the same types (blob as bytea).
 */
export type Schema = {
  account: AccountTable
  mandate: MandateTable
  session: SessionTable
  agency: AgencyTable
  bloc: BlocTable
  membership: MembershipTable
  document: DocumentTable
  document_update: DocumentUpdateTable
  document_snapshot: DocumentSnapshotTable
  client_claim: ClientClaimTable
  late_update: LateUpdateTable
  swallowed_text: SwallowedTextTable
  grave: GraveTable
  grave_plot: GravePlotTable
  proposal: ProposalTable
  thread: ThreadTable
  thread_reply: ThreadReplyTable
  position: PositionTable
  version: VersionTable
  seal_attempt: SealAttemptTable
  sealed_revision: SealedRevisionTable
  signing_place: SigningPlaceTable
  signing_preparation: SigningPreparationTable
  authority: AuthorityTable
  certificate: CertificateTable
  audit: AuditTable
}

type AccountTable = {
  id: string
  /** Sign-in name, lower case. */
  account: string
  name: string
  agency_id: string | null
  role: string
  password_hash: string
  created_at: number
  disabled_at: number | null
}

/** A delegate speaks for the agency while one of these is in force. */
type MandateTable = { id: string; account_id: string; starts_at: number; ends_at: number }

type SessionTable = {
  /** SHA-256 of the cookie's token, so that a stolen database opens no session. */
  id: string
  account_id: string
  created_at: number
  expires_at: number
  step_up_until: number | null
}

type AgencyTable = { id: string; code: string; name: string; short_name: string }

type BlocTable = {
  id: string
  name: string
  short_name: string
  year: number
  /** The deputy acts in the lead's stead until then. */
  deputy_acts_until: number | null
}

type MembershipTable = {
  bloc_id: string
  agency_id: string
  role: string
  /** Protocol order, from 0. */
  rank: number
}

type DocumentTable = {
  id: string
  bloc_id: string
  kind: string
  edition: number
  /** Lineage of the shared text; a client of another lineage never merges. */
  epoch: string
  schema_version: number
  agreement_policy: string
  title: string
  place: string
  recipients: string
  signing_titles: string
  issuer: string
  /** Agency ids that sign, in protocol order (JSON). */
  signers: string
  number: string | null
  date: string | null
  /** The last row of the update log. */
  revision: number
  phase: string
  locked_at: number | null
  locked_content: string | null
  locked_structure: string | null
  locked_version: string | null
  seal_attempt: string | null
  last_failure: string | null
  /** SHA-256 of the current file, from `signing` on. */
  current_file: string | null
  completed_at: number | null
  created_at: number
}

/** The update log is the text; append-only. */
type DocumentUpdateTable = {
  document_id: string
  epoch: string
  seq: number
  bytes: Buffer
  account_id: string
  /** Y.Doc clientID of the connection that sent it; null for the server's own. */
  client_id: number | null
  at: number
}

/** State of the text after update `seq`, raw-deflated: loading starts here. */
type DocumentSnapshotTable = {
  document_id: string
  epoch: string
  seq: number
  bytes: Buffer
  at: number
}

/** A Yjs clientID belongs to one account in one document, for ever. */
type ClientClaimTable = { document_id: string; client_id: number; account_id: string; at: number }

/** What came after the lock: the bytes as received, stored before they are refused. */
type LateUpdateTable = {
  id: string
  document_id: string
  epoch: string
  account_id: string
  client_id: number | null
  base_revision: number
  bytes: Buffer
  sha256: string
  at: number
}

/** Words that a concurrent deletion hid, kept for their author. */
type SwallowedTextTable = {
  id: string
  document_id: string
  epoch: string
  /** The clause they were written in, or the one it was joined to; it need not exist any more. Null when not known. */
  clause_id: string | null
  /** The block that stood before it and was left standing. */
  after_clause_id: string | null
  /** Where it stood, in words, by the numbers of that moment; empty when not known. */
  place: string
  account_id: string
  /** Who deleted; null when not known. */
  by_account_id: string | null
  text: string
  at: number
  seen_at: number | null
}

/** A deleted part of the text, by the first of its Yjs ids: where it stood. */
type GraveTable = {
  document_id: string
  epoch: string
  root_client: number
  root_clock: number
  root_end: number
  clause_id: string
  place: string
  /** The clause that took in its words. */
  joined_to: string | null
  after_clause_id: string | null
  by_account_id: string | null
}

/** Yjs ids that lie in a grave. */
type GravePlotTable = {
  document_id: string
  epoch: string
  /** The row of the log that brought it. */
  seq: number
  client: number
  from_clock: number
  to_clock: number
  root_client: number
  root_clock: number
}

type ProposalTable = {
  id: string
  document_id: string
  clause_id: string
  kind: string
  after_clause_id: string | null
  base_hash: string | null
  level: string | null
  text: string
  origin: string
  status: string
  late_update_id: string | null
  account_id: string
  agency_id: string
  at: number
  decided_by: string | null
  decided_at: number | null
  reason: string | null
}

type ThreadTable = {
  id: string
  document_id: string
  clause_id: string
  audience: string
  status: string
  agency_id: string
  account_id: string
  at: number
  body: string
  quote: string | null
  anchor: string | null
  resolved_by: string | null
  resolved_at: number | null
  reason: string | null
}

type ThreadReplyTable = {
  id: string
  thread_id: string
  account_id: string
  at: number
  body: string
}

/** An agency's latest word on a clause; whether it still holds is derived from the hash. */
type PositionTable = {
  document_id: string
  clause_id: string
  agency_id: string
  position: string
  hash: string
  account_id: string
  at: number
  note: string | null
}

type VersionTable = {
  id: string
  document_id: string
  epoch: string
  revision: number
  kind: string
  name: string | null
  /** Full Yjs state. */
  bytes: Buffer
  /** Normalised document as JSON: what is sealed. */
  content: string
  content_hash: string
  structure_hash: string
  account_id: string
  at: number
}

/** Everything printed, fixed when sealing starts, so that rendering again gives the same bytes. */
type SealAttemptTable = {
  id: string
  document_id: string
  version_id: string
  /** The render input (JSON): text, record fields, number, date, audit head, verification address, time. */
  input: string
  account_id: string
  at: number
  outcome: string | null
}

/** Each state of the sealed file, in order; the base is number 0. */
type SealedRevisionTable = {
  document_id: string
  number: number
  sha256: string
  size: number
  place_id: string | null
  at: number
}

type SigningPlaceTable = {
  document_id: string
  /** `stc:person`. */
  place_id: string
  agency_id: string
  kind: string
  /** Order on the signing screen: persons first, then seals, each in protocol order. */
  rank: number
  status: string
  account_id: string | null
  signed_at: number | null
  certificate_sha256: string | null
}

type SigningPreparationTable = {
  id: string
  document_id: string
  place_id: string
  account_id: string
  base: string
  /** The file with the place filled but for the signature value. */
  prepared_file: string
  /** What assembling needs again (JSON). */
  state: string
  expires_at: number
}

/** The bloc's own certificate authority. The operator can read its key: what it certifies is labelled so. */
type AuthorityTable = { id: string; certificate: string; private_key: string; created_at: number }

type CertificateTable = {
  sha256: string
  serial: string
  account_id: string
  agency_id: string
  kind: string
  der: Buffer
  not_before: number
  not_after: number
  revoked_at: number | null
}

type AuditTable = {
  bloc_id: string
  seq: number
  at: number
  /** `{id, name, agencyId}` or null (JSON). */
  actor: string
  event: string
  subject: string
  facts: string
  prev: string
  hash: string
}
