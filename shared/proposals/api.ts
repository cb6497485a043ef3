import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { ActId, AgencyId, ClauseId, DocumentId, ProposalId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from '../clauses/clause.ts'
import { ProposalContent } from './content.ts'
import { DRAFTS_LIMIT, NOTE_LIMIT, ProposalDraft } from './draft.ts'

export const ProposalView = z.object({
  id: ProposalId,
  clauseId: ClauseId,
  kind: z.enum(['edit', 'insert', 'delete', 'move']),
  /** For insert and move: the clause it comes after; absent at the top. */
  afterClauseId: ClauseId.optional(),
  /** Hash of the clause it started from; absent for an insert. */
  baseHash: Sha256.optional(),
  text: z.string(),
  /** With marks and references, where its author sent them. */
  content: ProposalContent.optional(),
  /** What the clause said when the proposal was made; absent for an insert. */
  baseText: z.string().optional(),
  /** The level it is to have; absent for a deletion, and where it is to stay. */
  level: z.enum([...CLAUSE_LEVELS, 'table']).optional(),
  origin: z.enum(['suggestion', 'late']),
  status: z.enum(['open', 'accepted', 'rejected', 'withdrawn']),
  author: PersonRef,
  agencyId: AgencyId,
  at: IsoTime,
  decidedBy: PersonRef.optional(),
  decidedAt: IsoTime.optional(),
  reason: z.string().optional(),
  /** Why its author proposes it. */
  note: z.string().optional(),
  /** The same for all that were sent together. */
  batchId: z.string().optional(),
  /** Agencies that support it, in the order in which they did. */
  supporters: z.array(z.object({ agencyId: AgencyId, by: PersonRef, at: IsoTime })),
})
export type ProposalView = z.infer<typeof ProposalView>

const refusesDrafts = [
  'document/not-found',
  'auth/forbidden',
  'document/wrong-phase',
  'clause/not-found',
  'proposal/stale-base',
  'content/refused',
] as const

const ofProposal = { params: z.object({ proposalId: ProposalId }), reply: ProposalView }

export const proposalRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/proposals',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({ proposals: z.array(ProposalView) }),
    refuses: ['document/not-found'],
  }),
  /** The clause must still say what `baseHash` is the hash of. */
  make: route({
    method: 'POST',
    path: '/api/documents/:documentId/proposals',
    status: 201,
    params: z.object({ documentId: DocumentId }),
    body: ProposalDraft,
    reply: ProposalView,
    refuses: refusesDrafts,
  }),
  /** All of them or none; an insertion may come after another of the same batch. */
  makeMany: route({
    method: 'POST',
    path: '/api/documents/:documentId/proposals/batch',
    status: 201,
    params: z.object({ documentId: DocumentId }),
    body: z.strictObject({
      items: z.array(ProposalDraft).min(1).max(DRAFTS_LIMIT),
      note: z.string().trim().min(1).max(NOTE_LIMIT).optional(),
    }),
    reply: z.object({ proposals: z.array(ProposalView) }),
    refuses: refusesDrafts,
  }),
  /**
   * Puts it into the text, in the name of whoever decides. `onHash`: the clause has moved on and reads so on the screen
   * of whoever decides, who has seen what the two come to (`mergeProposal`). `act` names it, so that it can be undone.
   */
  accept: route({
    method: 'POST',
    path: '/api/proposals/:proposalId/accept',
    ...ofProposal,
    body: z.strictObject({ onHash: Sha256.optional(), act: ActId.optional() }),
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
  /** In the name of one's agency, by whoever speaks for it. */
  support: route({
    method: 'POST',
    path: '/api/proposals/:proposalId/support',
    ...ofProposal,
    refuses: ['proposal/not-found', 'auth/forbidden', 'proposal/decided'],
  }),
  unsupport: route({
    method: 'POST',
    path: '/api/proposals/:proposalId/unsupport',
    ...ofProposal,
    refuses: ['proposal/not-found', 'auth/forbidden', 'proposal/decided'],
  }),
}
