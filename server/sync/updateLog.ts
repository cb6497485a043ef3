import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { sql } from 'kysely'
import * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import { sha256Hex } from '../../shared/base/sha256.ts'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { DocumentKind, numberingModel, Phase } from '../../shared/documents/document.ts'
import { compileOnce } from '../platform/compileOnce.ts'
import type { Database, Reader } from '../platform/database.ts'
import { asWritten } from './asWritten.ts'
import { FullState } from './FullState.ts'
import type { Base } from './Replay.ts'

/** What the room must know of the document's row, as it stands now. */
export type DocumentState = {
  blocId: string
  model: NumberingModel
  phase: Phase
  epoch: string
  revision: number
}

/** Off the main thread. A full state is mostly numbers that grow by little, and takes a third of its size on disk. */
const pack = promisify(deflateRaw)
const unpack = promisify(inflateRaw)

const stateRow = compileOnce((db, id: string) =>
  db
    .selectFrom('document')
    .select(['bloc_id', 'kind', 'phase', 'epoch', 'revision'])
    .where('id', '=', id),
)

export async function documentState(db: Reader, id: string): Promise<DocumentState | undefined> {
  const [row] = await stateRow(db, id)
  if (!row) return undefined
  const { bloc_id, kind, phase, epoch, revision } = row
  const model = numberingModel(DocumentKind.parse(kind))
  return { blocId: bloc_id, model, phase: Phase.parse(phase), epoch, revision }
}

export type LoadedText = {
  state: DocumentState
  /** The last snapshot, and the rows after it. */
  base: Base | null
  rows: readonly Uint8Array[]
}

/**
 * What the text is made of, as it is on disk: the last snapshot and the rows after it.
 * @throws {AppError} document/not-found; anything else means that the text cannot be shown at all, and an empty one
 * must never be shown in its stead
 */
export async function loadText(db: Reader, id: string): Promise<LoadedText> {
  const state = await documentState(db, id)
  if (!state) throw new AppError('document/not-found')
  const snapshot = await db
    .selectFrom('document_snapshot')
    .select(['seq', 'bytes'])
    .where('document_id', '=', id)
    .where('epoch', '=', state.epoch)
    .where('seq', '<=', state.revision)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  const rows = await rowsBetween(db, id, state.epoch, snapshot?.seq ?? 0, state.revision)
  if (!snapshot) return { state, base: null, rows }
  const update = await unpack(snapshot.bytes)
  return { state, base: { state: new FullState(update), revision: snapshot.seq }, rows }
}

/** What is on disk does not make a text. */
export class BrokenLog extends Error {}

export const updatesOf = ({ base, rows }: Pick<LoadedText, 'base' | 'rows'>) =>
  base ? [base.state.bytes, ...rows] : rows

/** The text itself. @throws {BrokenLog} */
export function docOf({ base, rows }: Pick<LoadedText, 'base' | 'rows'>): Y.Doc {
  const doc = new Y.Doc()
  bodyOf(doc)
  if (base) applyStored(doc, [base.state.bytes])
  applyStored(doc, rows)
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new BrokenLog('the update log has a gap inside an update')
  return doc
}

/** All of it as bytes, by way of a document. @throws {BrokenLog} */
export function stateOf(parts: Pick<LoadedText, 'base' | 'rows'>): FullState {
  const doc = docOf(parts)
  const state = new FullState(Y.encodeStateAsUpdate(doc))
  doc.destroy()
  return state
}

/** Rows after `from` up to and including `to`. @throws when one is missing */
export async function rowsBetween(
  db: Reader,
  id: string,
  epoch: string,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('document_update')
    .select(['seq', 'bytes'])
    .where('document_id', '=', id)
    .where('epoch', '=', epoch)
    .where('seq', '>', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute()
  const first = rows[0]?.seq ?? to + 1
  const start = from === 0 && (await startsLineage(db, id, epoch, first)) ? first - 1 : from
  const complete = rows.every((row, i) => row.seq === start + 1 + i) && start + rows.length === to
  if (!complete) throw new Error(`the update log of ${id} lacks rows between ${from} and ${to}`)
  return rows.map((row) => row.bytes)
}

/** Numbers run through all epochs of a document: a later one starts after the last row of the one before. */
async function startsLineage(db: Reader, id: string, epoch: string, seq: number): Promise<boolean> {
  if (seq <= 1) return true
  const before = await db
    .selectFrom('document_update')
    .select('seq')
    .where('document_id', '=', id)
    .where('epoch', '!=', epoch)
    .where('seq', '=', seq - 1)
    .executeTakeFirst()
  return before !== undefined
}

/**
 * Applies updates without the clean-up of formatting marks that Yjs does after other people's edits: the document is
 * the log and nothing else ({@link asWritten}).
 */
export function applyStored(
  doc: Y.Doc,
  updates: readonly Uint8Array[],
  inspect?: (transaction: Y.Transaction) => void,
): void {
  doc.transact((transaction) => {
    for (const update of updates) Y.applyUpdate(doc, update)
    asWritten(transaction)
    inspect?.(transaction)
  })
}

export async function loadClaims(db: Reader, id: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('client_claim')
    .select(['client_id', 'account_id'])
    .where('document_id', '=', id)
    .execute()
  return new Map(rows.map((row) => [row.client_id, row.account_id]))
}

/** Loading starts here from now on. The rows before it stay: they say who wrote what. */
export async function saveSnapshot(
  database: Database,
  snapshot: { documentId: string; epoch: string; seq: number; bytes: Uint8Array; at: number },
): Promise<void> {
  const { documentId, epoch, seq, at } = snapshot
  const bytes = await pack(snapshot.bytes)
  await database.write(async (tx) => {
    await tx
      .insertInto('document_snapshot')
      .values({ document_id: documentId, epoch, seq, bytes, at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await tx
      .deleteFrom('document_snapshot')
      .where('document_id', '=', documentId)
      .where('epoch', '=', epoch)
      .where('seq', '<', seq)
      .execute()
  })
}

export type LateUpdate = {
  documentId: string
  epoch: string
  accountId: string
  clientId: number | null
  baseRevision: number
  bytes: Uint8Array
  at: number
}

/** What one account may bring too late for one document: more than anybody writes, less than a disk. */
const LATE_BYTES = 16 * 1024 * 1024

/**
 * Keeps what came too late, once however often it is sent. Resolves when it is on disk.
 * @returns `fresh`: no proposal has been made of it yet
 * @throws {AppError} input/too-large
 */
export async function storeLate(
  database: Database,
  newId: () => string,
  late: LateUpdate,
): Promise<{ id: string; fresh: boolean }> {
  const sha256 = sha256Hex(late.bytes)
  return database.write(async (tx) => {
    const { held } = await tx
      .selectFrom('late_update')
      .select(sql<number>`coalesce(sum(length(bytes)), 0)`.as('held'))
      .where('document_id', '=', late.documentId)
      .where('account_id', '=', late.accountId)
      .where('sha256', '!=', sha256)
      .executeTakeFirstOrThrow()
    if (held + late.bytes.byteLength > LATE_BYTES)
      throw new AppError('input/too-large', { limit: LATE_BYTES, of: 'late' })
    await tx
      .insertInto('late_update')
      .values({
        id: newId(),
        document_id: late.documentId,
        epoch: late.epoch,
        account_id: late.accountId,
        client_id: late.clientId,
        base_revision: late.baseRevision,
        bytes: Buffer.from(late.bytes),
        sha256,
        at: late.at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { id } = await tx
      .selectFrom('late_update')
      .select('id')
      .where('document_id', '=', late.documentId)
      .where('account_id', '=', late.accountId)
      .where('sha256', '=', sha256)
      .executeTakeFirstOrThrow()
    const proposal = await tx
      .selectFrom('proposal')
      .select('id')
      .where('late_update_id', '=', id)
      .executeTakeFirst()
    return { id, fresh: proposal === undefined }
  })
}
