import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { AgencyId, ClauseId, DocumentId, Sha256 } from '../base/ids.ts'
import { isOptionText } from './bracket.ts'

/** Of an agency, on the words of an option as they are. */
const Word = z.object({ agencyId: AgencyId, by: PersonRef, at: IsoTime })

export const BracketView = z.object({
  clauseId: z.string(),
  /** Which of the clause's brackets, from 0. */
  index: z.number().int(),
  /** Of the whole clause: what an act on the bracket names as seen. */
  hash: Sha256,
  /** As it stands in the text: `[10 ngày / 15 ngày]`. */
  text: z.string(),
  options: z.array(
    z.object({
      /** Of its words; where brackets of a clause have the same ones, also of which of these it stands in. */
      hash: Sha256,
      text: z.string(),
      /** Absent where it was typed by hand, or its words have changed since. */
      proposedBy: Word.optional(),
      supportedBy: z.array(Word),
    }),
  ),
})
export type BracketView = z.infer<typeof BracketView>

export const BracketDecision = z.object({
  clauseId: z.string(),
  text: z.string(),
  /** The words that this decider wanted to keep. */
  chosen: z.string(),
  /** `lost`: somebody had decided a moment before. */
  outcome: z.enum(['kept', 'lost']),
  by: PersonRef,
  at: IsoTime,
})
export type BracketDecision = z.infer<typeof BracketDecision>

export const Brackets = z.object({
  brackets: z.array(BracketView),
  decisions: z.array(BracketDecision),
})
export type Brackets = z.infer<typeof Brackets>

const ofClause = { documentId: DocumentId, clauseId: ClauseId }
const ofBracket = { ...ofClause, index: z.coerce.number().int().nonnegative().max(10_000) }
const refusesActs = [
  'document/not-found',
  'clause/not-found',
  'auth/forbidden',
  'document/wrong-phase',
  'clause/stale-hash',
] as const

export const bracketRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/brackets',
    params: z.object({ documentId: DocumentId }),
    reply: Brackets,
    refuses: ['document/not-found'],
  }),
  /**
   * Another wording, beside these letters of the clause or, without them, beside all of it. Within a bracket it becomes
   * one more option of that. `input/invalid` for letters over the edge of a bracket, all of a table, or with a “/” that
   * would cut them in two; `input/too-large` also where the bracket has 21 options.
   */
  propose: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/brackets',
    params: z.object(ofClause),
    body: z.strictObject({
      hash: Sha256,
      /** UTF-16 units, a reference counting one. */
      span: z
        .strictObject({ from: z.number().int().nonnegative(), to: z.number().int().nonnegative() })
        .optional(),
      /** Of a table: in which paragraph of its cells, counted through them from 0. */
      paragraph: z.number().int().nonnegative().max(1_000_000).optional(),
      words: z.string().trim().max(20_000).refine(isOptionText),
    }),
    status: 201,
    reply: Brackets,
    refuses: [...refusesActs, 'content/refused', 'input/too-large'],
  }),
  /** An agency supports one option of a bracket at most; `supports: false` takes it back. */
  support: route({
    method: 'PUT',
    path: '/api/documents/:documentId/clauses/:clauseId/brackets/:index/support',
    params: z.object(ofBracket),
    body: z.strictObject({ hash: Sha256, option: Sha256, supports: z.boolean() }),
    reply: Brackets,
    refuses: [...refusesActs, 'bracket/not-found'],
  }),
  /** Keeps one option; the others and the signs go. Whoever comes second hears what was kept, and is on record. */
  settle: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/brackets/:index/settle',
    params: z.object(ofBracket),
    body: z.strictObject({ hash: Sha256, option: Sha256 }),
    reply: Brackets,
    refuses: [...refusesActs, 'bracket/not-found', 'bracket/decided', 'content/refused'],
  }),
}
