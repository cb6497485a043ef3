import { sql } from 'kysely'
import type { BlocActor } from '../../shared/accounts/account.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import { isWord, words } from '../../shared/base/words.ts'
import { paragraphsOf } from '../../shared/clauses/clause.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { bodyOf, readBody } from '../../shared/clauses/yjs.ts'
import { diffRuns } from '../../shared/diff/diffWords.ts'
import type { ClauseOrigin } from '../../shared/versions/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import { positionsOf } from '../agreements/positionStore.ts'
import { threadsOf } from '../comments/threadStore.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { answerOnce } from '../platform/answerOnce.ts'
import type { Database, Reader } from '../platform/database.ts'
import { proposalsOf } from '../proposals/proposalStore.ts'
import { applyRow, type Moment, nearestState, rowsAfter } from '../sync/pastText.ts'
import { signedText } from './attribution.ts'

/** Rows of the log that are looked through for the one that brought a clause. */
const ROWS = 20_000

type First = { accountId: string; at: number } | null
/** A replay of that many rows takes seconds. */
const firstOnce = answerOnce<First>(500)

type Asker = { actor: BlocActor; scene: Scene }

/**
 * Where a clause comes from: who brought it, whose its words are, and what has been proposed, said, agreed and decided
 * about it, as far as the asker may know.
 */
export async function clauseOrigin(
  database: Database,
  document: DocumentRecord,
  clauseId: string,
  { actor, scene }: Asker,
): Promise<ClauseOrigin> {
  const { read } = database
  const { id: documentId, epoch, revision } = document
  const moment = { documentId, epoch, revision }
  const key = JSON.stringify([moment, clauseId])
  const first = await firstOnce(read, key, () => firstSeen(read, moment, clauseId))
  const authors = await authorsOf(database, moment, clauseId)
  const proposals = (await proposalsOf(read, documentId)).filter(
    (row) =>
      row.clause_id === clauseId &&
      (row.origin !== 'late' ||
        can(actor, 'proposal.readLate', { ...scene, proposerId: row.account_id })),
  )
  const threads = (await threadsOf(read, documentId, actor.agencyId)).filter(
    (thread) => thread.clause_id === clauseId,
  )
  const positions = (await positionsOf(read, documentId)).filter(
    (position) => position.clauseId === clauseId,
  )
  const restores = await restoresOf(read, documentId, clauseId)
  const person = await findPeople(read, [
    ...(first ? [first.accountId] : []),
    ...authors.keys(),
    ...proposals.flatMap(({ account_id, decided_by }) => [account_id, decided_by ?? account_id]),
    ...threads.map(({ account_id }) => account_id),
    ...positions.map(({ accountId }) => accountId),
    ...restores.map(({ account_id }) => account_id),
  ])
  const time = (at: number) => new Date(at).toISOString()
  return {
    first: first && { by: person(first.accountId), at: time(first.at) },
    authors: [...authors].map(([by, count]) => ({ by: person(by), words: count })),
    proposals: proposals.map((row) => ({
      id: row.id,
      kind: row.kind,
      origin: row.origin,
      status: row.status,
      by: person(row.account_id),
      at: time(row.at),
      ...(row.status !== 'open' &&
        row.decided_by !== null && {
          decided: { by: person(row.decided_by), at: time(row.decided_at ?? row.at) },
        }),
    })),
    threads: threads.map(({ id, status, account_id, at }) => ({
      id,
      status,
      by: person(account_id),
      at: time(at),
    })),
    positions: positions.map(({ agencyId, position, accountId, at }) => ({
      agencyId,
      position,
      by: person(accountId),
      at: time(at),
    })),
    restores: restores.map(({ account_id, at }) => ({ by: person(account_id), at: time(at) })),
  }
}

/** How many of its words are whose, most first. */
async function authorsOf(database: Database, moment: Moment, clauseId: string) {
  const blocks = await signedText(database, moment)
  const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
  const counts = new Map<string, number>()
  for (const runs of block ? paragraphsOf(block) : [])
    for (const { text, by } of diffRuns([], runs))
      if (by) counts.set(by, (counts.get(by) ?? 0) + words(text).filter(isWord).length)
  return new Map([...counts].sort((a, b) => b[1] - a[1]))
}

/** The row that brought it, within the versions between which it came; null when that is too long ago to look. */
async function firstSeen(db: Reader, now: Moment, clauseId: string): Promise<First> {
  const versions = db
    .selectFrom('version')
    .where('document_id', '=', now.documentId)
    .where('epoch', '=', now.epoch)
  // A version is a whole text: which of hundreds have the clause, SQLite says faster than we could read them.
  const { to = now.revision } =
    (await versions
      .select('revision as to')
      .where(sql<boolean>`instr(content, ${`"id":${JSON.stringify(clauseId)}`}) > 0`)
      .orderBy('revision')
      .limit(1)
      .executeTakeFirst()) ?? {}
  const { from = 0 } =
    (await versions
      .select('revision as from')
      .where('revision', '<', to)
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? {}
  if (to - from > ROWS) return null
  const { doc, revision } = await nearestState(db, { ...now, revision: from })
  const stands = () => readBody(doc).some((block) => block.id === clauseId)
  try {
    for await (const row of rowsAfter(db, revision, { ...now, revision: to })) {
      let isRestructured = false
      applyRow(doc, row.bytes, ({ changed }) => {
        isRestructured = changed.has(bodyOf(doc) as never)
      })
      if (isRestructured && stands()) return { accountId: row.accountId, at: row.at }
    }
    return null
  } finally {
    doc.destroy()
  }
}

const restoresOf = (db: Reader, documentId: string, clauseId: string) =>
  db
    .selectFrom('version')
    .select(['account_id', 'at'])
    .where('document_id', '=', documentId)
    .where('restored_clause', '=', clauseId)
    .orderBy('at')
    .execute()
