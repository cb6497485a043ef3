// Data folders that the servers begin with. Ours are made by the product itself and then filled with documents, row by
// row as its log keeps them; nothing that guards them is switched off.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import SQLite from 'better-sqlite3'

const ROLES = ['officer', 'head', 'clerk']
const AGENCIES = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt', 'skhcn', 'skhdt']
/** Those who write come first: clerks only read. */
const ACCOUNTS = ROLES.flatMap((role) => AGENCIES.map((agency) => `${agency}.${role}`))
export const WRITING_ACCOUNTS = 2 * AGENCIES.length

export const openData = (folder, options = {}) =>
  new SQLite(path.join(folder, 'nhat-tri.sqlite'), options)

/**
 * A fresh sample bloc, to which every account has signed in.
 * @param start starts ours on an empty folder
 * @returns its folder, the accounts' cookies, and the sample covenant with its text
 */
export async function makeSample(start) {
  const server = await start('ours')
  const cookies = []
  for (const account of ACCOUNTS) cookies.push(await signIn(server.url, account))
  await server.leave()
  const db = openData(server.folder, { readonly: true })
  const { id, bloc_id, state } = db
    .prepare(
      `select document.id, bloc_id, bytes as state from document join document_update on document_id = document.id
       where kind = 'covenant' and seq = 1`,
    )
    .get()
  db.close()
  return { folder: server.folder, cookies, documentId: id, blocId: bloc_id, state }
}

async function signIn(url, account) {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ account, password: process.env.DEMO_PASSWORD ?? 'nhat-tri-demo' }),
  })
  if (!answer.ok) throw new Error(`sign-in of ${account} was answered with ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

export const temporaryFolder = (name) =>
  mkdtempSync(path.join(os.tmpdir(), `nhat-tri-bench-${name}-`))

/**
 * A copy of a folder of ours with more documents in it.
 * @param logs one per document: its rows, each with the clientID that wrote it
 * @returns the folder and the documents' ids
 */
export function withDocuments(sample, logs) {
  const ids = logs.map((_, i) => `bench${String(i).padStart(16, '0')}`)
  const folder = copyWith(sample, (db, covenant) => {
    for (const [i, rows] of logs.entries()) {
      const id = ids[i]
      insert(db, 'document', { ...covenant, id, edition: i + 2, revision: rows.length })
      insertRows(db, { ...covenant, id }, rows, 0)
    }
  })
  return { folder, ids }
}

/** A copy of a folder of ours whose covenant goes on. @param rows behind what its log has */
export function withRows(sample, rows) {
  return copyWith(sample, (db, covenant) => {
    insertRows(db, covenant, rows, covenant.revision)
    db.prepare('update document set revision = revision + ? where id = ?').run(
      rows.length,
      covenant.id,
    )
  })
}

function copyWith(sample, write) {
  const folder = temporaryFolder('data')
  cpSync(sample.folder, folder, { recursive: true })
  const db = openData(folder)
  const covenant = db.prepare('select * from document where id = ?').get(sample.documentId)
  db.transaction(() => write(db, covenant))()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  // Nobody else may write the database: without these the server takes it as it is, and makes them anew.
  for (const guard of ['page-sums', 'high-water']) rmSync(path.join(folder, guard), { force: true })
  return folder
}

function insert(db, table, row) {
  const names = Object.keys(row)
  db.prepare(
    `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
  ).run(row)
}

/** @param after the number of the last row that is there */
function insertRows(db, { id, epoch, created_at: at }, rows, after) {
  const accounts = ACCOUNTS.slice(0, WRITING_ACCOUNTS).map(
    (account) => db.prepare('select id from account where account = ?').get(account).id,
  )
  const clients = [...new Set(rows.map(({ client }) => client))]
  const ownerOf = (client) => accounts[clients.indexOf(client) % accounts.length]
  for (const client of clients)
    insert(db, 'client_claim', {
      document_id: id,
      client_id: client,
      account_id: ownerOf(client),
      at,
    })
  for (const [row, { update, client }] of rows.entries())
    insert(db, 'document_update', {
      document_id: id,
      epoch,
      seq: after + row + 1,
      bytes: update,
      account_id: ownerOf(client),
      client_id: client,
      at,
    })
}

/** What Hocuspocus' SQLite extension has stored of a document. @returns the folder to begin with */
export function hocuspocusFolder(room, state) {
  const folder = temporaryFolder('hocuspocus')
  mkdirSync(folder, { recursive: true })
  const db = new SQLite(path.join(folder, 'peer.sqlite'))
  db.exec(
    'CREATE TABLE "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))',
  )
  db.prepare('insert into documents (name, data) values (?, ?)').run(room, state)
  db.close()
  return folder
}

export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true })
