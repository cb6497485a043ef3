import type { ProposalDraft } from '../../shared/proposals/draft.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import type { SentDrafts } from '../clauses/suggest/sentDrafts.ts'
import { draftsOf } from './draftsOf.ts'

/** The server, as far as a draft goes to it. */
export type ProposalDesk = {
  /** Ids of the proposals that nobody has decided. */
  open(): Promise<ReadonlySet<string>>
  withdraw(proposalId: string): Promise<unknown>
  make(items: ProposalDraft[]): Promise<readonly { id: string; clauseId: string }[]>
}

type Sender = Pick<Fork, 'now' | 'blocks' | 'written' | 'sent' | 'noteSent'>

/**
 * Where a clause starts from and what it follows changes with what others write; what is proposed does not, but for the
 * place of a move, which is proposed itself.
 */
export const saysOf = ({ baseHash, afterClauseId, ...says }: ProposalDraft): string =>
  JSON.stringify(says.kind === 'move' ? { ...says, afterClauseId } : says)

/**
 * Sends what has not gone yet. Words written on after they were sent take the place of their proposal: it is withdrawn.
 * @returns how many proposals were made, and whether the draft holds nothing else
 */
export async function sendDraft(
  fork: Sender,
  desk: ProposalDesk,
): Promise<{ count: number; isAll: boolean }> {
  if (Object.keys(fork.sent()).length > 0) {
    const open = await desk.open()
    fork.noteSent(pick(fork.sent(), (_, { proposalId }) => open.has(proposalId)))
  }
  const written = fork.written()
  const items = notSent(fork)
  for (const { clauseId } of items) {
    const former = fork.sent()[clauseId]
    if (!former) continue
    await desk.withdraw(former.proposalId)
    fork.noteSent(pick(fork.sent(), (id) => id !== clauseId))
  }
  if (items.length > 0) {
    const made = new Map((await desk.make(items)).map(({ id, clauseId }) => [clauseId, id]))
    const entries = items.flatMap((item): [string, SentDrafts[string]][] => {
      const proposalId = made.get(item.clauseId)
      return proposalId === undefined ? [] : [[item.clauseId, { says: saysOf(item), proposalId }]]
    })
    fork.noteSent({ ...fork.sent(), ...Object.fromEntries(entries) })
  }
  // Words typed while the answer was on its way are a draft still; what others wrote meanwhile makes none.
  const isAll = fork.written() === written || notSent(fork).length === 0
  return { count: items.length, isAll }
}

function notSent(fork: Sender): ProposalDraft[] {
  const sent = fork.sent()
  return draftsOf(fork.now().changes, fork.blocks()).filter(
    (item) => sent[item.clauseId]?.says !== saysOf(item),
  )
}

const pick = (
  sent: SentDrafts,
  keeps: (clauseId: string, one: SentDrafts[string]) => boolean,
): SentDrafts => Object.fromEntries(Object.entries(sent).filter(([id, one]) => keeps(id, one)))
