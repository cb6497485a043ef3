import * as z from 'zod'
import { ClauseId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from '../clauses/clause.ts'
import { CLAUSE_LIMIT } from '../clauses/limits.ts'
import { ProposalContent } from './content.ts'

/** Proposals that can be sent together. */
export const DRAFTS_LIMIT = 200
export const NOTE_LIMIT = 2_000

/** What somebody proposes for one clause. */
export const ProposalDraft = z.strictObject({
  kind: z.enum(['edit', 'insert', 'delete', 'move']).default('edit'),
  /** For an insert the id that the new clause is to have. */
  clauseId: ClauseId,
  /** Hash of the clause as its author had it on screen; absent for an insert. */
  baseHash: Sha256.optional(),
  /** For insert and move; null puts it first. */
  afterClauseId: ClauseId.nullable().optional(),
  level: z.enum([...CLAUSE_LEVELS, 'table']).optional(),
  text: z.string().max(CLAUSE_LIMIT).optional(),
  content: ProposalContent.optional(),
  note: z.string().trim().min(1).max(NOTE_LIMIT).optional(),
})
export type ProposalDraft = z.infer<typeof ProposalDraft>

/** The field of a draft that is missing or makes no sense beside its kind; null for a sound one. */
export function draftProblem(draft: ProposalDraft): keyof ProposalDraft | null {
  const { kind, baseHash, afterClauseId, level, text, content } = draft
  const says = text !== undefined || content !== undefined
  if (text !== undefined && content !== undefined) return 'text'
  if ((kind === 'insert') === (baseHash !== undefined)) return 'baseHash'
  if ((kind === 'insert' || kind === 'move') !== (afterClauseId !== undefined))
    return 'afterClauseId'
  // A later copy of one id has a name that nobody may give.
  if (kind === 'insert' && draft.clauseId.includes('~')) return 'clauseId'
  if (kind === 'insert' && level === undefined) return 'level'
  if (kind === 'insert' && !says) return 'text'
  if (kind === 'delete' && level !== undefined) return 'level'
  if (kind === 'delete' && says) return 'text'
  if (kind === 'edit' && !says && level === undefined) return 'text'
  if (content && level !== undefined && 'rows' in content !== (level === 'table')) return 'content'
  return null
}
