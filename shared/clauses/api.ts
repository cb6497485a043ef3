import * as z from 'zod'
import { NoContent, route } from '../base/contract.ts'
import { ClauseId, DocumentId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from './clause.ts'
import { ScoreProblem } from './tables/scoreProblem.ts'

export const ClauseView = z.object({
  id: z.string(),
  level: z.enum([...CLAUSE_LEVELS, 'table']),
  /** The printed number alone: `Chương I`, `Điều 3`, `1`, `đ`; empty where there is none. */
  label: z.string(),
  text: z.string(),
  hash: Sha256,
  parentId: z.string().nullable(),
  /** What is wrong or odd in the numbers of a score table; absent where nothing is. */
  scores: z.array(ScoreProblem).optional(),
})
export type ClauseView = z.infer<typeof ClauseView>

const ofClause = { params: z.object({ documentId: DocumentId, clauseId: ClauseId }) }
/** Fingerprint of the clause with all under it (`subtreeHash`) as it is on the screen of whoever acts. */
const seen = { hash: Sha256.optional() }
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
    body: z.strictObject({ afterClauseId: ClauseId.nullable(), ...seen }),
    reply: ClauseView,
    refuses: ['input/invalid', ...refusesActs],
  }),
  /** Into the clause before it. Answers the clause that has the words of both. */
  merge: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/merge',
    ...ofClause,
    body: z.strictObject(seen),
    reply: ClauseView,
    refuses: ['input/too-large', ...refusesActs],
  }),
  /** With all that hangs under it. */
  delete: route({
    method: 'POST',
    path: '/api/documents/:documentId/clauses/:clauseId/delete',
    status: 204,
    ...ofClause,
    body: z.strictObject(seen),
    reply: NoContent,
    refuses: refusesActs,
  }),
}
