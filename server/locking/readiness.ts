import type { BlocActor } from '../../shared/accounts/account.ts'
import { can } from '../../shared/accounts/permissions.ts'
import type { Blocker } from '../../shared/locking/api.ts'
import { lockBlockers } from '../../shared/locking/lockBlockers.ts'
import { positionsOf } from '../agreements/positionStore.ts'
import type { ClausesNow } from '../clauses/currentClauses.ts'
import { partiesOf } from '../documents/blocStore.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Reader, Tx } from '../platform/database.ts'
import { openProposalsOf } from '../proposals/proposalStore.ts'
import { canPrint } from '../signing/printableCharacters.ts'

/** Gathers what the rules want to know, and asks them why this document cannot be locked yet. */
export async function gatherBlockers(
  db: Reader | Tx,
  document: DocumentRecord,
  { clauses, structureHash }: ClausesNow,
): Promise<Blocker[]> {
  const { superior, name } = document.issuer
  return lockBlockers({
    policy: document.agreementPolicy,
    parties: await partiesOf(db, document.blocId),
    clauses,
    structureHash,
    fields: document,
    alsoPrinted: [superior, name, ...(document.number === null ? [] : [document.number])],
    positions: await positionsOf(db, document.id),
    openProposals: await openProposalsOf(db, document.id),
    canPrint,
  })
}

/** Which late proposal it is, is for its author, the lead and the deputy; that one is open, for all. */
export async function blockersFor(
  db: Reader | Tx,
  actor: BlocActor,
  documentId: string,
  blockers: readonly Blocker[],
): Promise<Blocker[]> {
  const open = await openProposalsOf(db, documentId)
  return blockers.map((blocker) => {
    const proposal = open.find(({ id }) => id === blocker.proposalId)
    if (proposal?.origin !== 'late') return blocker
    const scene = { deputyActs: false, proposerId: proposal.proposerId }
    if (can(actor, 'proposal.readLate', scene)) return blocker
    const { proposalId: _, ...rest } = blocker
    return rest
  })
}
