/** What is said of competing wordings, which themselves stand in the text. The rules of all tables: ../schema.ts. */

/** An agency proposes or supports an option; it holds for the option's words, whose hash it names. */
export type BracketWordTable = {
  document_id: string
  clause_id: string
  option_hash: string
  agency_id: string
  /** `proposes` or `supports`. */
  word: string
  account_id: string
  at: number
}

export type BracketDecisionTable = {
  id: string
  document_id: string
  clause_id: string
  /** Of the clause as the decider saw it, and which of its brackets. */
  base_hash: string
  place: number
  words: string
  chosen: string
  /** `kept`; `lost` where somebody had been first. */
  outcome: string
  account_id: string
  at: number
}
