import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { AgencyId, ClauseId, DocumentId, ProposalId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from '../clauses/clause.ts'

export const ProposalView = z.object({
  id: ProposalId,
  clauseId: ClauseId,
  kind: z.enum(['edit', 'insert', 'delete', 'move']),
  /** For insert and move: the clause it comes after; absent at the top. */
  afterClauseId: ClauseId.optional(),
  /** Hash of the clause it started from; absent for an insert. */
  baseHash: Sha256.optional(),
  text: z.string(),
  /** The level it is to have; absent for a deletion. */
  level: z.enum([...CLAUSE_LEVELS, 'table']).optional(),
  origin: z.enum(['suggestion', 'late']),
  status: z.enum(['open', 'accepted', 'rejected', 'withdrawn']),
  author: PersonRef,
  agencyId: AgencyId,
  at: IsoTime,
  decidedBy: PersonRef.optional(),
  decidedAt: IsoTime.optional(),
  reason: z.string().optional(),
})
export type ProposalView = z.infer<typeof ProposalView>

const ofProposal = { params: z.object({ proposalId: ProposalId }), reply: ProposalView }

export const proposalRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/proposals',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({ proposals: z.array(ProposalView) }),
    refuses: ['document/not-found'],
  }),
  accept: route({
    method: 'POST',
    path: '/api/proposals/:proposalId/accept',
    ...ofProposal,
    refuses: [
      'proposal/not-found',
      'auth/forbidden',
      'document/wrong-phase',
      'proposal/decided',
      'proposal/stale-base',
      'content/refused',
    ],
  }),
  reject: route({
    method: 'POST',
    path: '/api/proposals/:proposalId/reject',
    ...ofProposal,
    body: z.strictObject({ reason: z.string().trim().min(1).max(2_000).optional() }),
    refuses: ['proposal/not-found', 'auth/forbidden', 'proposal/decided'],
  }),
  withdraw: route({
    method: 'POST',
    path: '/api/proposals/:proposalId/withdraw',
    ...ofProposal,
    refuses: ['proposal/not-found', 'auth/forbidden', 'proposal/decided'],
  }),
}
