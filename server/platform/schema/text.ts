/** The text itself, and what became of words that are not in it. The rules of all tables: ../schema.ts. */

/** The update log is the text; append-only. */
export type DocumentUpdateTable = {
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
export type DocumentSnapshotTable = {
  document_id: string
  epoch: string
  seq: number
  bytes: Buffer
  at: number
}

/** A Yjs clientID belongs to one account in one document, for ever. */
export type ClientClaimTable = {
  document_id: string
  client_id: number
  account_id: string
  at: number
}

/** What came after the lock: the bytes as received, stored before they are refused. */
export type LateUpdateTable = {
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
export type SwallowedTextTable = {
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
export type GraveTable = {
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
export type GravePlotTable = {
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
