/** What is said about a clause. The rules of all tables: ../schema.ts. */

export type ProposalTable = {
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

export type ThreadTable = {
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
  /** What the clause said then; null in threads older than this column. */
  excerpt: string | null
  edited_at: number | null
  deleted_at: number | null
  resolved_by: string | null
  resolved_at: number | null
  reason: string | null
}

export type ThreadReplyTable = {
  id: string
  thread_id: string
  account_id: string
  at: number
  body: string
  edited_at: number | null
  deleted_at: number | null
}

/** An agency's latest word on a clause; whether it still holds is derived from the hash. */
export type PositionTable = {
  document_id: string
  clause_id: string
  agency_id: string
  position: string
  hash: string
  account_id: string
  at: number
  note: string | null
}
