import type { Insertable, Selectable } from 'kysely'
import type { AgencyId, ClauseId, ThreadId } from '../../shared/base/ids.ts'
import { Audience, type ThreadView } from '../../shared/comments/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'

export type ThreadRow = Selectable<Schema['thread']>

/** Agency-only threads do not exist for anybody else: every question for threads goes through one of these two. */
export const findThread = (
  db: Reader | Tx,
  id: string,
  agencyId: string | null,
): Promise<ThreadRow | undefined> =>
  db
    .selectFrom('thread')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => eb.or([eb('audience', '=', 'all'), eb('agency_id', '=', agencyId ?? '')]))
    .executeTakeFirst()

export const threadsOf = (
  db: Reader | Tx,
  documentId: string,
  agencyId: string | null,
): Promise<ThreadRow[]> =>
  db
    .selectFrom('thread')
    .selectAll()
    .where('document_id', '=', documentId)
    .where((eb) => eb.or([eb('audience', '=', 'all'), eb('agency_id', '=', agencyId ?? '')]))
    .orderBy('at')
    .orderBy('id')
    .execute()

export const insertThread = (tx: Tx, row: Insertable<Schema['thread']>) =>
  tx.insertInto('thread').values(row).execute()

export const insertReply = (tx: Tx, row: Insertable<Schema['thread_reply']>) =>
  tx.insertInto('thread_reply').values(row).execute()

/** @param known ids of the clauses that stand in the text now */
export async function viewThreads(
  db: Reader | Tx,
  threads: readonly ThreadRow[],
  known: ReadonlySet<string>,
): Promise<ThreadView[]> {
  const ids = threads.map(({ id }) => id)
  const replies =
    ids.length === 0
      ? []
      : await db
          .selectFrom('thread_reply')
          .selectAll()
          .where('thread_id', 'in', ids)
          .orderBy('at')
          .orderBy('id')
          .execute()
  const person = await findPeople(db, [
    ...threads.flatMap(({ account_id, resolved_by }) => [account_id, resolved_by ?? account_id]),
    ...replies.map(({ account_id }) => account_id),
  ])
  return threads.map((thread) => ({
    id: thread.id as ThreadId,
    clauseId: thread.clause_id as ClauseId,
    audience: Audience.parse(thread.audience),
    status: thread.status === 'resolved' ? 'resolved' : 'open',
    agencyId: thread.agency_id as AgencyId,
    author: person(thread.account_id),
    at: isoTime(thread.at),
    body: thread.body,
    ...(thread.quote !== null && { quote: thread.quote }),
    ...(thread.anchor !== null && { anchor: thread.anchor }),
    detached: !known.has(thread.clause_id),
    ...(thread.resolved_by !== null && { resolvedBy: person(thread.resolved_by) }),
    ...(thread.resolved_at !== null && { resolvedAt: isoTime(thread.resolved_at) }),
    ...(thread.reason !== null && { reason: thread.reason }),
    replies: replies
      .filter(({ thread_id }) => thread_id === thread.id)
      .map(({ id, account_id, at, body }) => ({
        id,
        author: person(account_id),
        at: isoTime(at),
        body,
      })),
  }))
}

const isoTime = (ms: number) => new Date(ms).toISOString()
