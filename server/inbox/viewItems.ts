import type { ClauseId, ThreadId } from '../../shared/base/ids.ts'
import { spellOut } from '../../shared/comments/mentions.ts'
import type { InboxItem } from '../../shared/inbox/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import { mentionNames } from '../accounts/mentionNames.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Reader } from '../platform/database.ts'
import type { ItemRow } from './inboxStore.ts'

const EXCERPT = 160

/**
 * Stored items as one reads them now: without those whose words are gone, or that somebody may no longer read since he
 * has changed to another agency.
 */
export async function viewItems(
  db: Reader,
  rows: readonly ItemRow[],
  documents: ReadonlyMap<string, DocumentRecord>,
  agencyId: string,
): Promise<InboxItem[]> {
  const threads = await threadsOf(db, idsOf(rows, 'thread_id'), agencyId)
  const replies = await repliesOf(db, idsOf(rows, 'reply_id'))
  const proposals = await proposalsOf(db, idsOf(rows, 'proposal_id'))
  const person = await findPeople(
    db,
    rows.map(({ actor_id }) => actor_id),
  )
  const nameOf = await mentionNames(
    db,
    [...threads.values(), ...replies.values()].map(({ body }) => body),
  )
  return rows.flatMap((row): InboxItem[] => {
    const document = documents.get(row.document_id)
    if (!document) return []
    const common = {
      id: row.key,
      blocId: document.blocId,
      documentId: document.id,
      document: document.kind,
      at: new Date(row.at).toISOString(),
      read: row.read_at !== null,
      by: person(row.actor_id),
    }
    if (row.kind === 'decided') {
      const proposal = proposals.get(row.proposal_id ?? '')
      const { status, reason } = proposal ?? {}
      if (!proposal || (status !== 'accepted' && status !== 'rejected')) return []
      const { id: proposalId, clause_id: clauseId } = proposal
      const why = status === 'rejected' && reason ? { reason } : {}
      return [{ kind: 'decided', ...common, proposalId, clauseId, outcome: status, ...why }]
    }
    const thread = threads.get(row.thread_id ?? '')
    const words = row.reply_id === null ? thread : replies.get(row.reply_id)
    if (!thread || !words || words.deleted_at !== null) return []
    const place = { threadId: thread.id as ThreadId, clauseId: thread.clause_id as ClauseId }
    const excerpt = spellOut(words.body, nameOf).body.slice(0, EXCERPT)
    if (row.kind === 'reply') {
      const about = row.whom === 'proposer' ? 'proposal' : 'thread'
      return [{ kind: 'reply', ...common, ...place, excerpt, about }]
    }
    const whom = row.whom === 'agency' ? 'agency' : 'person'
    return [{ kind: 'mention', ...common, ...place, excerpt, whom }]
  })
}

const idsOf = (rows: readonly ItemRow[], column: 'thread_id' | 'reply_id' | 'proposal_id') => [
  ...new Set(rows.flatMap((row) => row[column] ?? [])),
]

const byId = <T extends { id: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [row.id, row]))

/** An agency's own threads are for that agency alone, here as everywhere. */
async function threadsOf(db: Reader, ids: readonly string[], agencyId: string) {
  if (ids.length === 0) return byId<never>([])
  const rows = await db
    .selectFrom('thread')
    .select(['id', 'clause_id', 'body', 'deleted_at'])
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('audience', '=', 'all'), eb('agency_id', '=', agencyId)]))
    .execute()
  return byId(rows)
}

async function repliesOf(db: Reader, ids: readonly string[]) {
  if (ids.length === 0) return byId<never>([])
  const rows = await db
    .selectFrom('thread_reply')
    .select(['id', 'body', 'deleted_at'])
    .where('id', 'in', ids)
    .execute()
  return byId(rows)
}

async function proposalsOf(db: Reader, ids: readonly string[]) {
  if (ids.length === 0) return byId<never>([])
  const rows = await db
    .selectFrom('proposal')
    .select(['id', 'clause_id', 'status', 'reason'])
    .where('id', 'in', ids)
    .execute()
  return byId(rows)
}
