import type { Actor } from '../../shared/accounts/account.ts'
import type { AppDeps } from '../authorize.ts'
import { demandOpen, mustFind, record } from './decideProposal.ts'
import { addSupport, dropSupport } from './supportStore.ts'

/**
 * Gives or takes away the support of the actor's agency; saying it again changes nothing.
 * @throws {AppError} proposal/not-found, proposal/decided
 */
export async function setSupport(
  { platform, rooms }: AppDeps,
  { proposalId, actor, isGiven }: { proposalId: string; actor: Actor; isGiven: boolean },
): Promise<void> {
  const at = platform.clock()
  const proposal = await platform.database.write(async (tx) => {
    const row = await mustFind(tx, proposalId)
    demandOpen(row)
    const key = { proposal_id: proposalId, agency_id: actor.agencyId ?? '' }
    const isNew = isGiven
      ? await addSupport(tx, { ...key, account_id: actor.userId, at })
      : await dropSupport(tx, key)
    const event = isGiven ? 'proposal.supported' : 'proposal.unsupported'
    if (isNew) await record(tx, row, event, actor, at)
    return row
  })
  rooms.notify(proposal.document_id, { type: 'proposal' })
}
