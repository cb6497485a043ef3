import { readdirSync } from 'node:fs'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import * as Y from 'yjs'
import { verifyAudit } from '../../../server/audit/verifyAudit.ts'
import { clausesAt } from '../../../server/clauses/currentClauses.ts'
import { findDocument } from '../../../server/documents/documentStore.ts'
import { openBlobs } from '../../../server/platform/blobs.ts'
import { inspectData } from '../../../server/platform/DataGuard.ts'
import { openReader, type Reader } from '../../../server/platform/database.ts'
import { applyStored, docOf, loadText } from '../../../server/sync/updateLog.ts'
import { bodyOf, readBody } from '../../../shared/clauses/yjs.ts'
import { textOf } from './covenant.ts'

/**
 * What is wrong with a data folder after a crash, as the product itself reads it.
 * @param promised lines of the child from before the crash
 * @returns sentences, none when all is as promised
 */
export async function judgeFolder(folder: string, promised: readonly string[]): Promise<string[]> {
  const file = path.join(folder, 'nhat-tri.sqlite')
  try {
    inspectData(file)
  } catch (cause) {
    return [`refused at start: ${(cause as Error).message}`]
  }
  const db = new SQLite(file, { readonly: true })
  const integrity = db.pragma('integrity_check', { simple: true })
  db.close()
  if (integrity !== 'ok') return [`integrity: ${integrity}`]
  const read = openReader(file)
  try {
    const argument = (verb: string) =>
      promised
        .filter((line) => line.startsWith(`${verb} `))
        .map((line) => line.slice(verb.length + 1))
    return [
      ...(await wrongInText(read, argument('kept'))),
      ...(await wrongInLock(read, promised.includes('locked'), promised.includes('late'))),
      ...(await wrongInBlobs(read, folder, argument('stored'), argument('named'))),
      ...(await verifyAudit(read))
        .filter(({ broken }) => broken !== null)
        .map(({ broken }) => `audit: ${JSON.stringify(broken)}`),
    ]
  } catch (cause) {
    return [`not readable: ${(cause as Error).message}`]
  } finally {
    await read.destroy()
  }
}

async function wrongInText(read: Reader, kept: readonly string[]): Promise<string[]> {
  const wrong: string[] = []
  for (const { id, kind } of await read.selectFrom('document').select(['id', 'kind']).execute()) {
    const doc = docOf(await loadText(read, id))
    const log = new Y.Doc()
    const rows = await read
      .selectFrom('document_update')
      .select('bytes')
      .where('document_id', '=', id)
      .orderBy('seq')
      .execute()
    applyStored(
      log,
      rows.map(({ bytes }) => bytes),
    )
    if (bodyOf(log).toString() !== bodyOf(doc).toString())
      wrong.push(`${kind}: log and snapshot differ`)
    if (kind !== 'plan') continue
    const text = textOf(doc)
    for (const words of kept) if (!text.includes(words)) wrong.push(`lost: ${words}`)
    const found = text.match(/\[\w+\]/g) ?? []
    if (new Set(found).size !== found.length) wrong.push('words that are there twice')
  }
  return wrong
}

/** Locked with its version, its entry and its hashes, or not at all. */
async function wrongInLock(read: Reader, promised: boolean, late: boolean): Promise<string[]> {
  const { id } = await read
    .selectFrom('document')
    .select('id')
    .where('kind', '=', 'covenant')
    .executeTakeFirstOrThrow()
  const document = await findDocument(read, id)
  const versions = await read.selectFrom('version').selectAll().where('kind', '=', 'lock').execute()
  const entries = await read
    .selectFrom('audit')
    .select('facts')
    .where('event', '=', 'document.locked')
    .execute()
  const isLocked = document?.phase === 'locked'
  const wrong: string[] = []
  if (promised && !isLocked) wrong.push('lost: the lock')
  const expected = isLocked ? 1 : 0
  if (versions.length !== expected) wrong.push(`${versions.length} locked versions`)
  if (entries.length !== expected) wrong.push(`${entries.length} audit entries of a lock`)
  const stored = await read.selectFrom('late_update').select('id').execute()
  if (late && stored.length !== 1) wrong.push('lost: what came after the lock')
  if (!isLocked || !document) return wrong
  const loaded = await loadText(read, id)
  const [doc, { state }] = [docOf(loaded), loaded]
  const now = clausesAt(document, { blocks: readBody(doc), ...state })
  const facts = JSON.parse(entries[0]?.facts ?? '{}') as { contentHash?: string }
  const hashes = [
    document.lockedContent,
    versions[0]?.content_hash,
    facts.contentHash,
    now.contentHash,
  ]
  if (new Set(hashes).size !== 1) wrong.push(`hashes of the lock: ${hashes.join(' ')}`)
  if (document.lockedVersion !== versions[0]?.id) wrong.push('another version is named')
  return wrong
}

/** Whatever is named is whole; whatever looks whole is. */
async function wrongInBlobs(
  read: Reader,
  folder: string,
  stored: readonly string[],
  named: readonly string[],
): Promise<string[]> {
  const wrong: string[] = []
  const rows = await read.selectFrom('sealed_revision').select('sha256').execute()
  const inRows = rows.map(({ sha256 }) => sha256)
  for (const sha256 of named)
    if (!inRows.includes(sha256)) wrong.push(`lost: the name of a file ${sha256}`)
  const place = path.join(folder, 'blobs')
  const blobs = await openBlobs(place)
  const visible = readdirSync(place).filter((name) => !name.startsWith('.'))
  for (const sha256 of new Set([...stored, ...inRows, ...visible]))
    await blobs.get(sha256).catch((cause) => wrong.push(`file ${sha256}: ${cause.name}`))
  return wrong
}
