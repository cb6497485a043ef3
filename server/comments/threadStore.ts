import type { Insertable, Selectable } from 'kysely'
import type { AgencyId, ClauseId, ProposalId, ThreadId } from '../../shared/base/ids.ts'
import { Audience, type ThreadView, type Words } from '../../shared/comments/api.ts'
import { spellOut } from '../../shared/comments/mentions.ts'
import { findPeople } from '../accounts/accountStore.ts'
import { mentionNames } from '../accounts/mentionNames.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'
import type { ThreadPlaces } from './threadPlaces.ts'

export type ThreadRow = Selectable<Schema['thread']>
export type ReplyRow = Selectable<Schema['thread_reply']>

/** One that its author took back before anybody had answered: a row, and nothing else. */
const GONE = 'gone'

/** Agency-only threads do not exist for anybody else: every question for threads goes through one of these two. */
export const findThread = (
  db: Reader | Tx,
  id: string,
  agencyId: string | null,
): Promise<ThreadRow | undefined> => readable(db, agencyId).where('id', '=', id).executeTakeFirst()

export const threadsOf = (
  db: Reader | Tx,
  documentId: string,
  agencyId: string | null,
): Promise<ThreadRow[]> =>
  readable(db, agencyId).where('document_id', '=', documentId).orderBy('at').orderBy('id').execute()

const readable = (db: Reader | Tx, agencyId: string | null) =>
  db
    .selectFrom('thread')
    .selectAll()
    .where('status', '!=', GONE)
    .where((eb) => eb.or([eb('audience', '=', 'all'), eb('agency_id', '=', agencyId ?? '')]))

export const findReply = (
  db: Reader | Tx,
  threadId: string,
  replyId: string,
): Promise<ReplyRow | undefined> =>
  db
    .selectFrom('thread_reply')
    .selectAll()
    .where('thread_id', '=', threadId)
    .where('id', '=', replyId)
    .executeTakeFirst()

export const insertThread = (tx: Tx, row: Insertable<Schema['thread']>) =>
  tx.insertInto('thread').values(row).execute()

export const insertReply = (tx: Tx, row: Insertable<Schema['thread_reply']>) =>
  tx.insertInto('thread_reply').values(row).execute()

/** Null opened the thread, or answered it as this reply. */
export type WordsAt = { threadId: string; replyId: string | null }

export async function setWords(
  tx: Tx,
  { threadId, replyId }: WordsAt,
  change: { body: string; edited_at?: number; deleted_at?: number },
): Promise<void> {
  if (replyId === null)
    await tx.updateTable('thread').set(change).where('id', '=', threadId).execute()
  else await tx.updateTable('thread_reply').set(change).where('id', '=', replyId).execute()
}

/** A thread of which nobody's words are left is gone. */
export async function buryEmpty(tx: Tx, threadId: string): Promise<void> {
  const left = await tx
    .selectFrom('thread_reply')
    .select('id')
    .where('thread_id', '=', threadId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (left) return
  await tx
    .updateTable('thread')
    .set({ status: GONE })
    .where('id', '=', threadId)
    .where('deleted_at', 'is not', null)
    .execute()
}

export async function viewThreads(
  db: Reader | Tx,
  threads: readonly ThreadRow[],
  places: ThreadPlaces,
): Promise<ThreadView[]> {
  const replies = await repliesOf(
    db,
    threads.map(({ id }) => id),
  )
  const view = await wordsViewer(
    db,
    [...threads, ...replies],
    [...threads.map(({ resolved_by }) => resolved_by)],
  )
  const open = await stillOpen(db, threads)
  return threads.map((thread) => {
    const place = places.get(thread.id) ?? null
    return {
      id: thread.id as ThreadId,
      clauseId: (place ?? thread.clause_id) as ClauseId,
      ...(place !== null &&
        place !== thread.clause_id && { openedOn: thread.clause_id as ClauseId }),
      audience: Audience.parse(thread.audience),
      status: thread.status === 'resolved' ? 'resolved' : 'open',
      agencyId: thread.agency_id as AgencyId,
      ...view.words(thread),
      ...(thread.quote !== null && { quote: thread.quote }),
      ...(thread.anchor !== null && { anchor: thread.anchor }),
      ...(thread.excerpt !== null && { excerpt: thread.excerpt }),
      ...(thread.proposal_id !== null && { proposalId: thread.proposal_id as ProposalId }),
      detached: place === null && !open.has(thread.proposal_id ?? ''),
      ...(thread.resolved_by !== null && { resolvedBy: view.person(thread.resolved_by) }),
      ...(thread.resolved_at !== null && { resolvedAt: isoTime(thread.resolved_at) }),
      ...(thread.reason !== null && { reason: thread.reason }),
      replies: replies
        .filter(({ thread_id }) => thread_id === thread.id)
        .map((reply) => ({ id: reply.id, ...view.words(reply) })),
    }
  })
}

/** Proposals that some of them are about and nobody has decided: what is said of a clause to come has not lost its place. */
async function stillOpen(db: Reader | Tx, threads: readonly ThreadRow[]): Promise<Set<string>> {
  const ids = [...new Set(threads.flatMap(({ proposal_id }) => proposal_id ?? []))]
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('proposal')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '=', 'open')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

const repliesOf = async (db: Reader | Tx, ids: readonly string[]): Promise<ReplyRow[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('thread_reply')
        .selectAll()
        .where('thread_id', 'in', ids)
        .orderBy('at')
        .orderBy('id')
        .execute()

type WrittenRow = Pick<ReplyRow, 'account_id' | 'at' | 'body' | 'edited_at' | 'deleted_at'>

/** Names as they are now, of authors and of who is mentioned. */
export async function wordsViewer(
  db: Reader | Tx,
  written: readonly WrittenRow[],
  others: readonly (string | null)[] = [],
) {
  const nameOf = await mentionNames(
    db,
    written.map(({ body }) => body),
  )
  const person = await findPeople(db, [
    ...written.map(({ account_id }) => account_id),
    ...others.flatMap((id) => id ?? []),
  ])
  const words = ({ account_id, at, body, edited_at, deleted_at }: WrittenRow): Words => ({
    author: person(account_id),
    at: isoTime(at),
    ...spellOut(body, nameOf),
    ...(edited_at !== null && { editedAt: isoTime(edited_at) }),
    deleted: deleted_at !== null,
  })
  return { person, words }
}

const isoTime = (ms: number) => new Date(ms).toISOString()
