import type { DocumentId, ProposalId } from '../../shared/base/ids.ts'
import { proposalRoutes } from '../../shared/proposals/api.ts'
import { call } from '../base/api.ts'
import type { ProposalDesk } from './sendDraft.ts'

/** @param note said of all that is made; empty for nothing */
export function proposalDesk(documentId: DocumentId, note: string): ProposalDesk {
  const params = { documentId }
  return {
    async open() {
      const { proposals } = await call(proposalRoutes.list, { params })
      return new Set(proposals.flatMap(({ id, status }) => (status === 'open' ? id : [])))
    },
    withdraw: (proposalId) =>
      call(proposalRoutes.withdraw, { params: { proposalId: proposalId as ProposalId } }),
    async make(items) {
      const body = { items, ...(note && { note }) }
      return (await call(proposalRoutes.makeMany, { params, body })).proposals
    },
  }
}
