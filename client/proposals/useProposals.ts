import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ActId, DocumentId, ProposalId, Sha256 } from '../../shared/base/ids.ts'
import { proposalRoutes } from '../../shared/proposals/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

/** All of a document, decided ones too. */
export const fetchProposals = async (documentId: DocumentId) =>
  (await call(proposalRoutes.list, { params: { documentId } })).proposals

export const useProposals = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.proposals(documentId),
    queryFn: () => fetchProposals(documentId),
  })

export type Decision =
  /** `name`: by which it can be undone. */
  | { act: 'accept'; onHash: Sha256 | null; name: string | null }
  | { act: 'reject'; reason: string | null }
  | { act: 'withdraw' | 'support' | 'unsupport' }

export function sendDecision(proposalId: ProposalId, decision: Decision) {
  const params = { proposalId }
  if (decision.act === 'accept') {
    const { onHash, name } = decision
    const act = name === null ? {} : { act: name as ActId }
    return call(proposalRoutes.accept, { params, body: { ...act, ...(onHash && { onHash }) } })
  }
  if (decision.act !== 'reject') return call(proposalRoutes[decision.act], { params })
  const { reason } = decision
  return call(proposalRoutes.reject, { params, body: reason ? { reason } : {} })
}

/** Asks anew for what decisions change. */
export function useAfterDecisions(documentId: DocumentId) {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [queryKey.proposals, queryKey.readiness, queryKey.clauses].map((key) =>
        client.invalidateQueries({ queryKey: key(documentId) }),
      ),
    )
}

export function useDecide(documentId: DocumentId, proposalId: ProposalId) {
  const onSettled = useAfterDecisions(documentId)
  return useMutation({
    mutationFn: (decision: Decision) => sendDecision(proposalId, decision),
    onSettled,
  })
}
