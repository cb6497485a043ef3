import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import { findDocument } from '../documents/documentStore.ts'
import { tellDecided } from '../inbox/tellPeople.ts'
import type { Tx } from '../platform/database.ts'
import { applyProposal } from './applyProposal.ts'
import { findProposal, type ProposalRow, proposalsOf } from './proposalStore.ts'

export type Decision = { proposalId: string; actor: Actor; reason?: string | undefined }
export type Decisions = {
  /** @throws {AppError} document/wrong-phase, proposal/decided, proposal/stale-base, content/refused */
  accept(decision: Decision): Promise<void>
  /** @throws {AppError} proposal/decided */
  reject(decision: Decision): Promise<void>
  /** @throws {AppError} proposal/decided */
  withdraw(decision: Decision): Promise<void>
}

/**
 * Accepting changes the text, which is the log, and the row, which is a table; they cannot share a commit. So:
 * 1. the row is claimed: still open, but `decided_by`, `decided_at` and, in `reason`, the revision before are set;
 * 2. the text is changed by a forward edit in the decider's name;
 * 3. the row becomes accepted, with its entry in the chain.
 * Decisions on one document take turns, so a claim found at the beginning of a turn is one that a crash or an error
 * left behind. The log then says whether 2 has happened: if so 3 is done now, else the claim is dropped. That is
 * done for all claims of the document before anything is written again, which would look like their 2.
 */
export function createDecisions(deps: AppDeps): Decisions {
  const { platform, rooms } = deps
  const { database, clock } = platform
  const turns = new Map<string, Promise<unknown>>()

  async function inTurn(proposalId: string, work: (now: ProposalRow) => Promise<void>) {
    const { document_id } = await mustFind(database.read, proposalId)
    const turn = (turns.get(document_id) ?? Promise.resolve())
      .then(() => settleAll(document_id))
      .then(() => mustFind(database.read, proposalId))
      .then(work)
    const tail = turn.catch(() => {
      // Its caller hears of it; the next in line goes on.
    })
    turns.set(document_id, tail)
    void tail.then(() => {
      if (turns.get(document_id) === tail) turns.delete(document_id)
    })
    await turn
    rooms.notify(document_id, { type: 'proposal' })
    const { account_id } = await mustFind(database.read, proposalId)
    rooms.notifyPeople(new Set([account_id]), { type: 'inbox' })
  }

  async function settleAll(documentId: string): Promise<void> {
    const rows = await proposalsOf(database.read, documentId)
    for (const { id, status, decided_by } of rows)
      if (status === 'open' && decided_by !== null) await settle(id)
  }

  /** Ends what a crash interrupted. */
  async function settle(proposalId: string): Promise<ProposalRow> {
    const row = await mustFind(database.read, proposalId)
    if (row.status !== 'open' || row.decided_by === null) return row
    const written = await database.read
      .selectFrom('document_update')
      .select('seq')
      .where('document_id', '=', row.document_id)
      .where('seq', '>', Number(row.reason))
      .where('account_id', '=', row.decided_by)
      .where('client_id', 'is', null)
      .executeTakeFirst()
    if (written) await finishAccepting(row)
    else await dropClaim(proposalId)
    return mustFind(database.read, proposalId)
  }

  const dropClaim = (proposalId: string) =>
    database.write((tx) =>
      setRow(tx, proposalId, { decided_by: null, decided_at: null, reason: null }),
    )

  const claim = (proposal: ProposalRow, actor: Actor): Promise<ProposalRow> =>
    database.write(async (tx) => {
      const document = await findDocument(tx, proposal.document_id)
      if (document?.phase !== 'drafting')
        throw new AppError('document/wrong-phase', { phase: document?.phase })
      // More from its author may have replaced or withdrawn it meanwhile.
      demandOpen(await mustFind(tx, proposal.id))
      await setRow(tx, proposal.id, {
        decided_by: actor.userId,
        decided_at: clock(),
        reason: String(document.revision),
      })
      return mustFind(tx, proposal.id)
    })

  /** The claim says who; whoever finishes it only writes it down. */
  const finishAccepting = (claimed: ProposalRow): Promise<void> =>
    database.write(async (tx) => {
      await setRow(tx, claimed.id, { status: 'accepted', reason: null })
      const decider = await tx
        .selectFrom('account')
        .select(['id', 'name', 'agency_id'])
        .where('id', '=', claimed.decided_by)
        .executeTakeFirstOrThrow()
      const actor = {
        userId: decider.id as Actor['userId'],
        name: decider.name,
        agencyId: decider.agency_id as Actor['agencyId'],
      }
      await record(tx, claimed, 'proposal.accepted', actor, claimed.decided_at ?? clock())
    })

  const close = (status: 'rejected' | 'withdrawn') => (decision: Decision) =>
    inTurn(decision.proposalId, (proposal) =>
      database.write(async (tx) => {
        demandOpen(await mustFind(tx, proposal.id))
        const { actor } = decision
        const [at, reason] = [clock(), decision.reason ?? null]
        await setRow(tx, proposal.id, { status, decided_by: actor.userId, decided_at: at, reason })
        await record(tx, proposal, `proposal.${status}`, actor, at, reason)
      }),
    )

  return {
    accept: ({ proposalId, actor }) =>
      inTurn(proposalId, async (proposal) => {
        const claimed = await claim(proposal, actor)
        const siblings = (await proposalsOf(database.read, proposal.document_id)).filter(
          ({ account_id }) => account_id === proposal.account_id,
        )
        try {
          await rooms.edit(proposal.document_id, actor.userId, (doc) =>
            applyProposal(doc, claimed, siblings),
          )
        } catch (cause) {
          // A refusal has changed nothing; after any other failure only the log knows.
          if (cause instanceof AppError) await dropClaim(proposalId)
          else if ((await settle(proposalId)).status === 'accepted') return
          throw cause
        }
        await finishAccepting(claimed)
      }),
    reject: close('rejected'),
    withdraw: close('withdrawn'),
  }
}

async function mustFind(db: Parameters<typeof findProposal>[0], id: string): Promise<ProposalRow> {
  const row = await findProposal(db, id)
  if (!row) throw new AppError('proposal/not-found')
  return row
}

function demandOpen({ status }: ProposalRow): void {
  if (status !== 'open') throw new AppError('proposal/decided', { status })
}

const setRow = (tx: Tx, id: string, change: Partial<ProposalRow>) =>
  tx.updateTable('proposal').set(change).where('id', '=', id).execute()

async function record(
  tx: Tx,
  proposal: ProposalRow,
  event: string,
  actor: Pick<Actor, 'userId' | 'name' | 'agencyId'>,
  at: number,
  reason: string | null = null,
): Promise<void> {
  const { bloc_id } = await tx
    .selectFrom('document')
    .select('bloc_id')
    .where('id', '=', proposal.document_id)
    .executeTakeFirstOrThrow()
  const { document_id: documentId, clause_id: clauseId, kind } = proposal
  const facts = { documentId, clauseId, kind, ...(reason !== null && { reason }) }
  await appendAudit(tx, { blocId: bloc_id, at, actor, event, subject: proposal.id, facts })
  await tellDecided(tx, proposal, actor, at)
}
