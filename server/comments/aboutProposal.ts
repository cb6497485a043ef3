import type { BlocActor } from '../../shared/accounts/account.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { Reader } from '../platform/database.ts'
import { findProposal } from '../proposals/proposalStore.ts'

type About = {
  proposalId?: string | undefined
  clauseId: string
  anchor?: string | undefined
  quote?: string | undefined
}

/**
 * Whether a thread can be about this proposal. Not about one that came late: its author, the lead and the deputy alone
 * know of it, and no thread has that audience.
 * @throws {AppError} proposal/not-found also for one that is not to be known; input/invalid for a late one, a clause that
 * is not the proposal's, and words to hang on
 */
export async function demandTalkable(
  db: Reader,
  documentId: string,
  { actor, scene }: { actor: BlocActor; scene: Scene },
  { proposalId = '', clauseId, anchor, quote }: About,
): Promise<void> {
  const proposal = await findProposal(db, proposalId)
  if (proposal?.document_id !== documentId) throw new AppError('proposal/not-found')
  const isLate = proposal.origin === 'late'
  if (isLate && !can(actor, 'proposal.readLate', { ...scene, proposerId: proposal.account_id }))
    throw new AppError('proposal/not-found')
  const field = isLate
    ? 'proposalId'
    : proposal.clause_id !== clauseId
      ? 'clauseId'
      : anchor !== undefined || quote !== undefined
        ? 'anchor'
        : null
  if (field) throw new AppError('input/invalid', { problems: [{ at: `body.${field}` }] })
}
