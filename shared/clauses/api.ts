import * as z from 'zod'
import { NoContent, route } from '../base/contract.ts'
import { ActId, ClauseId, DocumentId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from './clause.ts'
import { ScoreProblem } from './tables/scoreProblem.ts'

export const ClauseView = z.object({
  id: z.string(),
  level: z.enum([...CLAUSE_LEVELS, 'table']),
  /** The printed number alone: `Chương I`, `Điều 3`, `1`, `đ`; empty where there is none. */
  label: z.string(),
  text: z.string(),
  /** The text with one U+FFFC for each reference, whose words are not its own; absent where it has none. */
  own: z.string().optional(),
  hash: Sha256,
  parentId: z.string().nullable(),
  /** What is wrong or odd in the numbers of a score table; absent where nothing is. */
  scores: z.array(ScoreProblem).optional(),
})
export type ClauseView = z.infer<typeof ClauseView>

const ofClause = { params: z.object({ documentId: DocumentId, clauseId: ClauseId }) }
/** Fingerprint of the clause with all under it (`subtreeHash`) as it is on the screen of whoever acts. */
const seen = { hash: Sha256.optional() }
/** Names the act, so that whoever asks for it can have it undone. */
const named = { act: ActId.optional() }
const refusesActs = [
  'document/not-found',
  'clause/not-found',
  'document/wrong-phase',
  'clause/stale-hash',
  'content/refused',
] as const

/** A clause of another document of the bloc. */
const elsewhere = { document: DocumentId, clause: z.string() }

export const clauseRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/clauses',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({
      revision: z.number().int(),
      contentHash: Sha256,
      structureHash: Sha256,
      clauses: z.array(ClauseView),
    }),
    refuses: ['document/not-found'],
  }),
  /** What its references to other documents say; null for one whose clause is gone. Once locked, what they said then. */
  references: route({
    method: 'GET',
    path: '/api/documents/:documentId/references',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({
      references: z.array(z.object({ ...elsewhere, words: z.string().nullable() })),
    }),
    refuses: ['document/not-found'],
  }),
  /** Where other documents of the bloc refer to it: `target` is a clause of this one, `words` say where. */
  citations: route({
    method: 'GET',
    path: '/api/documents/:documentId/citations',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({
      citations: z.array(z.object({ ...elsewhere, target: z.string(), words: z.string() })),
    }),
    refuses: ['document/not-found'],
  }),
  /**
   * With all that hangs under it; it keeps its id. Null puts it first. Answers the clause as it stands then.
   * `input/invalid` where another clause would come under it, or it under a heading that cannot hold it.
   */
  move: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/move',
    ...ofClause,
    body: z.strictObject({ afterClauseId: ClauseId.nullable(), ...seen, ...named }),
    reply: ClauseView,
    refuses: ['input/invalid', ...refusesActs],
  }),
  /** Into the clause before it. Answers the clause that has the words of both. */
  merge: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/merge',
    ...ofClause,
    body: z.strictObject({ ...seen, ...named }),
    reply: ClauseView,
    refuses: ['input/too-large', ...refusesActs],
  }),
  /** With all that hangs under it. */
  delete: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/delete',
    status: 204,
    ...ofClause,
    body: z.strictObject({ ...seen, ...named }),
    reply: NoContent,
    refuses: refusesActs,
  }),
  /**
   * Every match becomes `by`; `count`: how many, all of them on disk; `kept`: whether it can be undone by its name.
   * Matches as in the find panel: a query without marks finds words with any. For a text that is not open in an editor.
   * `input/too-large` where there are more than 5,000 (details: `of: "matches"`), or a clause would become too long.
   */
  replace: route({
    method: 'POST',
    path: '/api/documents/:documentId/replace',
    params: z.object({ documentId: DocumentId }),
    body: z.strictObject({
      text: z.string().min(1).max(200),
      matchCase: z.boolean(),
      by: z.string().max(1_000),
      ...named,
    }),
    reply: z.object({ count: z.number().int(), kept: z.boolean() }),
    refuses: ['document/not-found', 'document/wrong-phase', 'input/too-large', 'content/refused'],
  }),
  /**
   * Takes back an act of one's own that was named, and is itself one: to redo is to undo this. Words that anybody has
   * typed since stay. `act/gone` where the text is no more as the act left it, or the server has forgotten it.
   */
  undo: route({
    method: 'POST',
    path: '/api/documents/:documentId/acts/:actId/undo',
    params: z.object({ documentId: DocumentId, actId: ActId }),
    body: z.strictObject(named),
    /** The clause stands behind `after` now, or is gone; `next`: the clause to go on in. */
    reply: z.object({
      clauseId: z.string(),
      stands: z.boolean(),
      after: z.string().nullable(),
      next: z.string().nullable(),
      /** How many places have changed. */
      count: z.number().int(),
      /** Whether it can be redone by its name. */
      kept: z.boolean(),
    }),
    refuses: [
      'document/not-found',
      'document/wrong-phase',
      'act/gone',
      'input/too-large',
      'content/refused',
    ],
  }),
}
