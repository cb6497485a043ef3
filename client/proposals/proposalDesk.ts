import type { DocumentId, ProposalId } from '../../shared/base/ids.ts'
import { proposalRoutes } from '../../shared/proposals/api.ts'
import { NOTE_LIMIT, type ProposalDraft } from '../../shared/proposals/draft.ts'
import { call } from '../base/api.ts'
import type { ProposalDesk } from './sendDraft.ts'

/**
 * @param note said of all that is made; empty for nothing
 * @param remarks what is said of one clause besides
 */
export function proposalDesk(
  documentId: DocumentId,
  note: string,
  remarks: (clauseId: string) => readonly string[] = () => [],
): ProposalDesk {
  const params = { documentId }
  return {
    async open() {
      const { proposals } = await call(proposalRoutes.list, { params })
      return new Set(proposals.flatMap(({ id, status }) => (status === 'open' ? id : [])))
    },
    withdraw: (proposalId) =>
      call(proposalRoutes.withdraw, { params: { proposalId: proposalId as ProposalId } }),
    async make(items) {
      const noted = items.map((item) => withRemarks(item, note, remarks(item.clauseId)))
      const body = { items: noted, ...(note && { note }) }
      return (await call(proposalRoutes.makeMany, { params, body })).proposals
    },
  }
}

/** Behind what is said of all; what does not fit is left out. */
export function withRemarks(
  item: ProposalDraft,
  note: string,
  remarks: readonly string[],
): ProposalDraft {
  if (remarks.length === 0) return item
  return { ...item, note: [note, ...remarks].filter(Boolean).join('\n').slice(0, NOTE_LIMIT) }
}
