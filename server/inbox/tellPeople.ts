import type { Actor } from '../../shared/accounts/account.ts'
import { addressable, mentionsIn } from '../../shared/comments/mentions.ts'
import { peopleOf } from '../documents/blocStore.ts'
import type { Tx } from '../platform/database.ts'
import { addItems, dropItem } from './inboxStore.ts'

/** Accounts that have something new; they are told by a notice once it is on disk. */
export type Told = ReadonlySet<string>

type Writer = Pick<Actor, 'userId'> & { blocId: string }
export type Spoken = {
  thread: { id: string; document_id: string; audience: string; agency_id: string }
  /** Null for what opened the thread. */
  replyId: string | null
  body: string
  /** What it said before it was changed; nobody is called twice by the same words. */
  before?: string
  at: number
}

/** Whom words in a thread call, and whom they answer. Only who may read the thread is told of it. */
export async function tellSpoken(tx: Tx, actor: Writer, said: Spoken): Promise<Told> {
  const { thread, replyId, body, before = '', at } = said
  const people = await peopleOf(tx, actor.blocId)
  const audience = thread.audience === 'agency' ? 'agency' : 'all'
  const readers = addressable({ people, agencies: [] }, audience, thread.agency_id).people
  const known = new Set(mentionsIn(before).map(({ kind, id }) => `${kind} ${id}`))
  const calls = mentionsIn(body).filter(({ kind, id }) => !known.has(`${kind} ${id}`))
  const called = new Map<string, 'person' | 'agency'>()
  for (const whom of ['agency', 'person'] as const)
    for (const { kind, id } of calls.filter((one) => one.kind === whom))
      for (const reader of readers)
        if (id === (kind === 'person' ? reader.id : reader.agencyId)) called.set(reader.id, whom)
  called.delete(actor.userId)
  const spoken = replyId === null ? [] : await speakersOf(tx, thread.id, replyId)
  const answered = new Map<string, 'proposer' | null>()
  if (before === '') {
    for (const id of await proposerOf(tx, thread.id)) answered.set(id, 'proposer')
    for (const id of spoken) answered.set(id, null)
  }
  const common = {
    document_id: thread.document_id,
    thread_id: thread.id,
    reply_id: replyId,
    proposal_id: null,
    actor_id: actor.userId,
    at,
  }
  const mentions = [...called].map(([accountId, whom]) => ({
    ...common,
    account_id: accountId,
    key: `mention:${thread.id}:${replyId ?? ''}`,
    kind: 'mention',
    whom,
  }))
  const replies = [...answered]
    .filter(
      ([id]) => id !== actor.userId && !called.has(id) && readers.some((one) => one.id === id),
    )
    .map(([accountId, whom]) => ({
      ...common,
      account_id: accountId,
      key: `reply:${replyId ?? thread.id}`,
      kind: 'reply',
      whom,
    }))
  await addItems(tx, [...mentions, ...replies])
  return new Set([...mentions, ...replies].map(({ account_id }) => account_id))
}

/** Whose proposal a thread is about, if it is about one: what is said of it answers him. */
async function proposerOf(tx: Tx, threadId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('thread')
    .innerJoin('proposal', 'proposal.id', 'thread.proposal_id')
    .select('proposal.account_id')
    .where('thread.id', '=', threadId)
    .execute()
  return rows.map(({ account_id }) => account_id)
}

/** Who has spoken in a thread before this reply. */
async function speakersOf(tx: Tx, threadId: string, replyId: string): Promise<string[]> {
  const opener = await tx
    .selectFrom('thread')
    .select('account_id')
    .where('id', '=', threadId)
    .execute()
  const others = await tx
    .selectFrom('thread_reply')
    .select('account_id')
    .where('thread_id', '=', threadId)
    .where('id', '!=', replyId)
    .execute()
  return [...new Set([...opener, ...others].map(({ account_id }) => account_id))]
}

type Decided = { id: string; document_id: string; account_id: string }
const decidedKey = ({ id }: Decided) => `decided:${id}`

/** The author of a proposal hears what became of it last, unless he decided himself. */
export async function tellDecided(
  tx: Tx,
  proposal: Decided,
  actor: Pick<Actor, 'userId'>,
  at: number,
): Promise<Told> {
  await untellDecided(tx, proposal)
  if (proposal.account_id === actor.userId) return new Set()
  await addItems(tx, [
    {
      account_id: proposal.account_id,
      key: decidedKey(proposal),
      kind: 'decided',
      document_id: proposal.document_id,
      thread_id: null,
      reply_id: null,
      proposal_id: proposal.id,
      whom: null,
      actor_id: actor.userId,
      at,
    },
  ])
  return new Set([proposal.account_id])
}

/** A decision is no more: the proposal is open again, or is decided anew. */
export async function untellDecided(tx: Tx, proposal: Decided): Promise<void> {
  await dropItem(tx, proposal.account_id, decidedKey(proposal))
}
