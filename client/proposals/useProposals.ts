import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentId, ProposalId } from '../../shared/base/ids.ts'
import { proposalRoutes } from '../../shared/proposals/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

export const useProposals = (documentId: DocumentId) =>
  useQuery({
    queryKey: queryKey.proposals(documentId),
    queryFn: async () => (await call(proposalRoutes.list, { params: { documentId } })).proposals,
  })

export type Decision = { act: 'accept' } | { act: 'reject'; reason?: string } | { act: 'withdraw' }

export function useDecide(documentId: DocumentId, proposalId: ProposalId) {
  const client = useQueryClient()
  const params = { proposalId }
  return useMutation({
    mutationFn: (decision: Decision) => {
      if (decision.act === 'accept') return call(proposalRoutes.accept, { params })
      if (decision.act === 'withdraw') return call(proposalRoutes.withdraw, { params })
      const { reason } = decision
      return call(proposalRoutes.reject, { params, body: reason ? { reason } : {} })
    },
    onSettled: () =>
      Promise.all(
        [queryKey.proposals(documentId), queryKey.readiness(documentId)].map((key) =>
          client.invalidateQueries({ queryKey: key }),
        ),
      ),
  })
}
