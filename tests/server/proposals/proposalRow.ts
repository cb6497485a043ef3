import type { ProposalRow } from '../../../server/proposals/proposalStore.ts'
import { carriedText } from '../../../shared/clauses/carriedText.ts'
import { clauseHash } from '../../../shared/clauses/hash.ts'
import type { BlockChange } from '../../../shared/proposals/diffBlocks.ts'

/** The row of an open proposal of this change, its words without marks. */
export const proposalRow = (change: BlockChange): ProposalRow => ({
  id: `p-${change.clauseId}`,
  document_id: 'd',
  clause_id: change.clauseId,
  kind: change.kind,
  after_clause_id: 'afterClauseId' in change ? change.afterClauseId : null,
  base_hash: 'before' in change ? clauseHash(change.before) : null,
  level: 'level' in change ? change.level : null,
  text: 'text' in change ? change.text : '',
  origin: 'late',
  status: 'open',
  late_update_id: 'l',
  account_id: 'a',
  agency_id: 'stc',
  at: 0,
  decided_by: null,
  decided_at: null,
  reason: null,
  base_text: 'before' in change ? carriedText(change.before) : null,
  content: null,
  note: null,
  batch_id: null,
  accepted_revision: null,
})
