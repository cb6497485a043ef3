import type * as Y from 'yjs'
import type { Actor } from '../../shared/accounts/account.ts'
import { can } from '../../shared/accounts/permissions.ts'
import { AppError } from '../../shared/base/errors.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import type { ActMemory } from '../clauses/ActMemory.ts'
import { type PutBack, type Seat, seatOf } from '../clauses/putBlock.ts'
import { findDocument } from '../documents/documentStore.ts'
import { type Told, tellDecided, untellDecided } from '../inbox/tellPeople.ts'
import type { Tx } from '../platform/database.ts'
import { applyProposal } from './applyProposal.ts'
import { findProposal, type ProposalRow, proposalsOf } from './proposalStore.ts'

export type Decision = { proposalId: string; actor: Actor; reason?: string | undefined }
export type Acceptance = Decision & {
  /** See `Applying`. */
  onHash: string | null
  /** By which it can be undone. */
  act: string | null
}
export type Decisions = {
  /** @throws {AppError} document/wrong-phase, proposal/decided, proposal/stale-base, content/refused */
  accept(decision: Acceptance): Promise<void>
  /** @throws {AppError} proposal/decided */
  reject(decision: Decision): Promise<void>
  /** @throws {AppError} proposal/decided */
  withdraw(decision: Decision): Promise<void>
}

type By = Pick<Actor, 'userId' | 'name' | 'agencyId'>

/** Text, row and entry in the chain are one commit: whoever comes second finds the proposal decided, and the text so. */
export function createDecisions(deps: AppDeps, memory: ActMemory): Decisions {
  const { platform, rooms } = deps
  const { database, clock } = platform

  async function accept({ proposalId, actor, onHash, act }: Acceptance): Promise<void> {
    const { document_id } = await mustFind(database.read, proposalId)
    const document = await findDocument(database.read, document_id)
    if (!document) throw new AppError('document/not-found')
    const acts = memory.of(document_id, document.epoch)
    await acts.turn(async () => {
      const proposal = await mustFind(database.read, proposalId)
      if (document.phase === 'drafting') demandOpen(proposal)
      const { account_id } = proposal
      const siblings = (await proposalsOf(database.read, document_id)).filter(
        (each) => each.account_id === account_id,
      )
      const change: { was: Seat; now: Seat } = { was: null, now: null }
      await rooms.edit(
        document_id,
        actor.userId,
        (doc: Y.Doc) => {
          change.was = applyProposal(doc, proposal, { siblings, onHash })
          change.now = seatOf(doc, proposal.clause_id)
        },
        (tx, revision) => recordAcceptance(tx, proposal, actor, revision),
      )
      const inverse: PutBack = {
        kind: 'putBack',
        clauseId: proposal.clause_id,
        ...change,
        stands: false,
        record: (tx, by, stands, revision) => recordAgain(tx, proposal, by, stands, revision),
        tell() {
          rooms.notify(document_id, { type: 'proposal' })
          rooms.notifyPeople(new Set([account_id]), { type: 'inbox' })
        },
      }
      inverse.tell()
      if (act !== null) acts.keep(actor.userId, act, inverse)
    })
  }

  /** @param made as it was put into the text */
  async function recordAcceptance(
    tx: Tx,
    made: ProposalRow,
    by: By,
    revision: number,
  ): Promise<void> {
    const now = await mustFind(tx, made.id)
    demandOpen(now)
    // More from its author may have replaced its words meanwhile.
    if (saysOf(now) !== saysOf(made)) throw new AppError('proposal/stale-base')
    const at = clock()
    await setRow(tx, made.id, {
      status: 'accepted',
      decided_by: by.userId,
      decided_at: at,
      reason: null,
      accepted_revision: revision,
    })
    await record(tx, made, 'proposal.accepted', by, at)
    await tellDecided(tx, made, by, at)
  }

  /** Undone it is open again, redone it is accepted again; both stay on record. */
  async function recordAgain(
    tx: Tx,
    made: ProposalRow,
    by: By,
    stands: boolean,
    revision: number,
  ): Promise<void> {
    const document = await findDocument(tx, made.document_id)
    const actor = document && (await findBlocActor(tx, by.userId, document.blocId, clock()))
    const scene = { deputyActs: false, proposerId: made.account_id }
    if (!actor || !can(actor, 'proposal.decide', scene)) throw new AppError('auth/forbidden')
    if (stands) return recordAcceptance(tx, made, by, revision)
    if ((await mustFind(tx, made.id)).status !== 'accepted') throw new AppError('proposal/decided')
    await setRow(tx, made.id, {
      status: 'open',
      decided_by: null,
      decided_at: null,
      accepted_revision: null,
    })
    await record(tx, made, 'proposal.reopened', by, clock())
    await untellDecided(tx, made)
  }

  const close =
    (status: 'rejected' | 'withdrawn') =>
    async ({ proposalId, actor, reason }: Decision): Promise<void> => {
      const { document_id } = await mustFind(database.read, proposalId)
      const told = await database.write(async (tx): Promise<Told> => {
        const proposal = await mustFind(tx, proposalId)
        demandOpen(proposal)
        const at = clock()
        const decision = { decided_by: actor.userId, decided_at: at, reason: reason ?? null }
        await setRow(tx, proposalId, { status, ...decision })
        await record(tx, proposal, `proposal.${status}`, actor, at, reason)
        return status === 'rejected' ? tellDecided(tx, proposal, actor, at) : new Set<string>()
      })
      rooms.notify(document_id, { type: 'proposal' })
      rooms.notifyPeople(told, { type: 'inbox' })
    }

  return { accept, reject: close('rejected'), withdraw: close('withdrawn') }
}

export async function mustFind(
  db: Parameters<typeof findProposal>[0],
  id: string,
): Promise<ProposalRow> {
  const row = await findProposal(db, id)
  if (!row) throw new AppError('proposal/not-found')
  return row
}

export function demandOpen({ status }: ProposalRow): void {
  if (status !== 'open') throw new AppError('proposal/decided', { status })
}

const saysOf = ({ kind, after_clause_id, base_hash, level, text }: ProposalRow) =>
  JSON.stringify([kind, after_clause_id, base_hash, level, text])

const setRow = (tx: Tx, id: string, change: Partial<ProposalRow>) =>
  tx.updateTable('proposal').set(change).where('id', '=', id).execute()

/** The decider is the entry's actor; `proposedBy` says whose words they are. */
export async function record(
  tx: Tx,
  proposal: ProposalRow,
  event: string,
  actor: By,
  at: number,
  reason?: string,
): Promise<void> {
  const { bloc_id } = await tx
    .selectFrom('document')
    .select('bloc_id')
    .where('id', '=', proposal.document_id)
    .executeTakeFirstOrThrow()
  const { document_id: documentId, clause_id: clauseId, kind, account_id: proposedBy } = proposal
  const facts = {
    documentId,
    clauseId,
    kind,
    proposedBy,
    ...(reason !== undefined && { reason }),
  }
  await appendAudit(tx, { blocId: bloc_id, at, actor, event, subject: proposal.id, facts })
}
