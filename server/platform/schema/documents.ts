/** The record around a text. The rules of all tables: ../schema.ts. */

export type DocumentTable = {
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

export type VersionTable = {
  id: string
  document_id: string
  epoch: string
  revision: number
  kind: string
  name: string | null
  /** Full Yjs state; raw-deflated but for kind `lock`. */
  bytes: Buffer
  /** Normalised document as JSON: what is sealed. */
  content: string
  content_hash: string
  structure_hash: string
  account_id: string
  at: number
  /** Letters whose author is not the owner of their clientID (JSON); null until somebody has asked. */
  carried: string | null
  /** Of a version kept before a restore: what was put back, and whether only one clause of it. */
  restored_version: string | null
  restored_clause: string | null
}

/** Up to where somebody has seen a text: the revision when he last left it. */
export type DocumentVisitTable = {
  document_id: string
  account_id: string
  epoch: string
  revision: number
  at: number
}
