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
  /** `carriedText` of the clause it started from; null for an insertion. */
  base_text: string | null
  /** JSON of `ProposalContent`, where its author sent more than words. */
  content: string | null
  note: string | null
  batch_id: string | null
  /** Row of the update log that put it into the text. */
  accepted_revision: number | null
}

export type ProposalSupportTable = {
  proposal_id: string
  agency_id: string
  account_id: string
  at: number
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
  /** What it is about, where that is a proposal; null for the clause itself. */
  proposal_id: string | null
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

/** What a person thinks of a clause, who does not speak for an agency: it counts for nothing. */
export type PersonalViewTable = {
  document_id: string
  clause_id: string
  account_id: string
  /** Agency of the person when it was left. */
  agency_id: string
  view: string
  hash: string
  at: number
  note: string | null
}

/** Words that somebody has taken a position on, by their hash: what has changed since is told from them. */
export type AgreedWordsTable = {
  document_id: string
  clause_id: string
  hash: string
  words: string
  /** The row of the update log at which they stood when a position on them was first taken. */
  epoch: string
  revision: number
}
