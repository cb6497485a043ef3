import * as Y from 'yjs'
import * as z from 'zod'
import { readCarried } from '../../shared/clauses/carriedText.ts'
import { type Block, paragraphsOf } from '../../shared/clauses/clause.ts'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import type { SignedRun } from '../../shared/diff/wordTokens.ts'
import type { Database } from '../platform/database.ts'
import { applyRow, type LogRow, type Moment, rowsAfter, unpackState } from '../sync/pastText.ts'
import { loadClaims } from '../sync/updateLog.ts'
import { letteredBody, signBody } from './Letters.ts'
import { type KnownWords, LogReplay } from './LogReplay.ts'
import type { Passage } from './Passages.ts'
import { findVersion } from './versionStore.ts'

const Carried = z.array(z.tuple([z.number(), z.number(), z.number(), z.string()]))

/** A proposal is accepted and its words written in one breath. */
const ACCEPTING_MS = 60_000

/** A text with each run signed by who wrote it. */
export async function signedText(database: Database, moment: Moment): Promise<Block[]> {
  const { doc, letters } = await replayTo(database, moment)
  const signed = signBody(letteredBody(doc), (span) => letters.authorsOf(span))
  doc.destroy()
  return signed
}

/**
 * Two moments of one epoch: the later text signed by who wrote it, the earlier one by who has taken its letters out
 * since.
 */
export async function signedPair(
  database: Database,
  from: Moment,
  to: Moment,
): Promise<{ before: Block[]; after: Block[] }> {
  const replay = await replayTo(database, from)
  const { doc, letters } = replay
  const was = letteredBody(doc)
  replay.watch()
  for await (const row of rowsAfter(database.read, from.revision, to)) await replay.apply(row)
  const after = signBody(letteredBody(doc), (span) => letters.authorsOf(span))
  doc.destroy()
  return { before: signBody(was, replay.removersOf), after }
}

/**
 * Goes through the log from the last version of which it is known who wrote it, and notes that of every version on the
 * way, so that nobody goes the same way again.
 */
async function replayTo(database: Database, moment: Moment): Promise<LogReplay> {
  const { read } = database
  const { documentId, epoch, revision } = moment
  const base = await read
    .selectFrom('version')
    .select(['kind', 'revision', 'bytes', 'carried'])
    .where('document_id', '=', documentId)
    .where('epoch', '=', epoch)
    .where('revision', '<=', revision)
    .where('carried', 'is not', null)
    .orderBy('revision', 'desc')
    .executeTakeFirst()
  const doc = new Y.Doc()
  bodyOf(doc)
  if (base) applyRow(doc, await unpackState(base))
  const carried = base?.carried ? Carried.parse(JSON.parse(base.carried)) : []
  const owners = await loadClaims(read, documentId)
  const replay = new LogReplay(doc, owners, carried, knownWords(database, moment))
  const start = base?.revision ?? 0
  const unsigned = await read
    .selectFrom('version')
    .select(['id', 'revision'])
    .where('document_id', '=', documentId)
    .where('epoch', '=', epoch)
    .where('revision', '>', start)
    .where('revision', '<=', revision)
    .where('carried', 'is', null)
    .execute()
  for await (const row of rowsAfter(read, start, moment)) {
    await replay.apply(row)
    const here = unsigned.filter((version) => version.revision === row.seq)
    if (here.length > 0)
      await noteCarried(
        database,
        here.map(({ id }) => id),
        replay,
      )
  }
  return replay
}

const noteCarried = (database: Database, ids: readonly string[], { letters, doc }: LogReplay) =>
  database.write((tx) =>
    tx
      .updateTable('version')
      .set({ carried: JSON.stringify(letters.carried(doc)) })
      .where('id', 'in', [...ids])
      .execute(),
  )

/** Words that come back with a restored version, or in with an accepted proposal, have been written by somebody before. */
const knownWords =
  (database: Database, { documentId, epoch }: Moment): KnownWords =>
  async (row) => [
    ...(await restoredBy(database, { documentId, epoch, revision: row.seq - 1 })),
    ...(await acceptedBy(database, documentId, row)),
  ]

async function restoredBy(database: Database, before: Moment): Promise<Passage[]> {
  const kept = await database.read
    .selectFrom('version')
    .select('restored_version')
    .where('document_id', '=', before.documentId)
    .where('epoch', '=', before.epoch)
    .where('revision', '=', before.revision)
    .where('restored_version', 'is not', null)
    .executeTakeFirst()
  const source = kept && (await findVersion(database.read, kept.restored_version ?? ''))
  if (!source) return []
  const { epoch, revision } = source
  const blocks = await signedText(database, { documentId: before.documentId, epoch, revision })
  return blocks.flatMap((block) => paragraphsOf(block).map((runs) => passageOf(block.id, runs)))
}

async function acceptedBy(
  { read }: Database,
  documentId: string,
  { accountId, at }: LogRow,
): Promise<Passage[]> {
  const rows = await read
    .selectFrom('proposal')
    .select(['clause_id', 'text', 'account_id'])
    .where('document_id', '=', documentId)
    .where('status', '=', 'accepted')
    .where('decided_by', '=', accountId)
    .where('decided_at', '>', at - ACCEPTING_MS)
    .where('decided_at', '<=', at + ACCEPTING_MS)
    .execute()
  return rows.flatMap(({ clause_id, text, account_id }) =>
    text.split(/[\n\t]/).map((line) =>
      passageOf(
        clause_id,
        readCarried(line).map((run) => ({ ...run, by: account_id })),
      ),
    ),
  )
}

const passageOf = (clauseId: string, runs: readonly SignedRun[]): Passage => ({
  clauseId,
  text: runs.map(({ text }) => text).join(''),
  authors: runs.flatMap(({ text, by }) => Array.from({ length: text.length }, () => by)),
})
