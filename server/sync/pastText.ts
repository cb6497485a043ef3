import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import * as Y from 'yjs'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import type { Reader } from '../platform/database.ts'
import { applyStored } from './updateLog.ts'

const unpack = promisify(inflateRaw)

/** A full state as `packState` of the versions has stored it; with the kind `lock` it is stored as it is. */
export const unpackState = ({
  kind,
  bytes,
}: {
  kind: string
  bytes: Buffer
}): Promise<Uint8Array> => (kind === 'lock' ? Promise.resolve(bytes) : unpack(bytes))

/** A moment in the life of a text: what its log said up to this row. */
export type Moment = { documentId: string; epoch: string; revision: number }

export type LogRow = {
  seq: number
  bytes: Buffer
  accountId: string
  /** Null for a row that the server wrote in the account's name. */
  clientId: number | null
  at: number
}

const PAGE = 500
/** How long rows are read without a look at what else there is to do. */
const BREATH_MS = 10

/** Rows after `from` up to and including `to`, in order, with pauses for others. */
export async function* rowsAfter(db: Reader, from: number, to: Moment): AsyncGenerator<LogRow> {
  let breath = performance.now()
  for (let last = from; last < to.revision; ) {
    const rows = await db
      .selectFrom('document_update')
      .select(['seq', 'bytes', 'account_id as accountId', 'client_id as clientId', 'at'])
      .where('document_id', '=', to.documentId)
      .where('epoch', '=', to.epoch)
      .where('seq', '>', last)
      .where('seq', '<=', to.revision)
      .orderBy('seq')
      .limit(PAGE)
      .execute()
    if (rows.length === 0) return
    for (const row of rows) {
      yield row
      if (performance.now() - breath < BREATH_MS) continue
      await new Promise((resolve) => setImmediate(resolve))
      breath = performance.now()
    }
    last = rows.at(-1)?.seq ?? to.revision
  }
}

/** Applies a row as the room did, and lets `inspect` see what it does before Yjs clears away what it deleted. */
export const applyRow = (
  doc: Y.Doc,
  bytes: Uint8Array,
  inspect?: (transaction: Y.Transaction) => void,
): void => applyStored(doc, [bytes], inspect)

/** The nearest state that was stored at or before a moment; an empty one at the beginning of its epoch. */
export async function nearestState(
  db: Reader,
  { documentId, epoch, revision }: Moment,
): Promise<{ doc: Y.Doc; revision: number }> {
  const version = await db
    .selectFrom('version')
    .select(['kind', 'revision', 'bytes'])
    .where('document_id', '=', documentId)
    .where('epoch', '=', epoch)
    .where('revision', '<=', revision)
    .orderBy('revision', 'desc')
    .executeTakeFirst()
  const snapshot = await db
    .selectFrom('document_snapshot')
    .select(['seq', 'bytes'])
    .where('document_id', '=', documentId)
    .where('epoch', '=', epoch)
    .where('seq', '<=', revision)
    .where('seq', '>', version?.revision ?? 0)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  const doc = new Y.Doc()
  bodyOf(doc)
  if (snapshot) applyRow(doc, await unpack(snapshot.bytes))
  else if (version) applyRow(doc, await unpackState(version))
  return { doc, revision: snapshot?.seq ?? version?.revision ?? 0 }
}

/** The text as it was; the caller destroys it. It is nobody's: what is written to it goes nowhere. */
export async function textAt(db: Reader, moment: Moment): Promise<Y.Doc> {
  const { doc, revision } = await nearestState(db, moment)
  for await (const { bytes } of rowsAfter(db, revision, moment)) applyRow(doc, bytes)
  return doc
}
