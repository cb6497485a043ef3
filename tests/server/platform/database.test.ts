import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compileOnce } from '../../../server/platform/compileOnce.ts'
import { type Database, openDatabase } from '../../../server/platform/database.ts'

let folder: string
let database: Database
const file = () => path.join(folder, 'nhat-tri.sqlite')

const broken = (cause: Error) => {
  throw cause
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nhat-tri-db-'))
  database = await openDatabase(file(), broken)
  await database.write(async (tx) => {
    await tx
      .insertInto('bloc')
      .values({ id: 'b', name: 'Khối', short_name: 'Khối', year: 2022, deputy_acts_until: null })
      .execute()
    await tx.insertInto('document').values(documentRow('d1')).execute()
  })
})

afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const documentRow = (id: string, edition = 1) => ({
  id,
  bloc_id: 'b',
  kind: 'covenant',
  edition,
  epoch: 'e1',
  schema_version: 1,
  agreement_policy: 'all',
  title: 'Giao ước',
  place: '',
  recipients: '[]',
  signing_titles: '{}',
  issuer: '{}',
  signers: '[]',
  number: null,
  date: null,
  revision: 0,
  phase: 'drafting',
  locked_at: null,
  locked_content: null,
  locked_structure: null,
  locked_version: null,
  seal_attempt: null,
  last_failure: null,
  current_file: null,
  completed_at: null,
  created_at: 0,
})

const update = (text: string, accountId = 'a', claims: number[] = []) => ({
  bytes: new TextEncoder().encode(text),
  accountId,
  clientId: 7,
  claims,
})
const batch = (updates: ReturnType<typeof update>[], documentId = 'd1', epoch = 'e1') => ({
  documentId,
  epoch,
  updates,
  at: 1,
})

const log = () =>
  database.read
    .selectFrom('document_update')
    .select(['seq', 'bytes'])
    .where('document_id', '=', 'd1')
    .orderBy('seq')
    .execute()

test('what append answers for is on disk, numbered in order, and seen by another connection', async () => {
  expect(await database.append(batch([update('x'), update('y')]))).toEqual({
    outcome: 'appended',
    revision: 2,
  })
  const other = new SQLite(file(), { readonly: true })
  const rows = other.prepare('select seq, bytes from document_update order by seq').all()
  other.close()
  expect(rows).toEqual([
    { seq: 1, bytes: Buffer.from('x') },
    { seq: 2, bytes: Buffer.from('y') },
  ])
})

test('bytes come back as Buffers, from the reader and inside a transaction', async () => {
  await database.append(batch([update('đ')]))
  const inside = await database.write((tx) =>
    tx.selectFrom('document_update').select('bytes').executeTakeFirstOrThrow(),
  )
  expect(Buffer.isBuffer(inside.bytes)).toBe(true)
  expect(inside.bytes.toString()).toBe('đ')
  expect((await log())[0]?.bytes.toString()).toBe('đ')
})

test('a transaction that throws leaves nothing, and the next one works', async () => {
  const failing = database.write(async (tx) => {
    await tx.updateTable('document').set({ phase: 'locked' }).where('id', '=', 'd1').execute()
    throw new Error('change of mind')
  })
  await expect(failing).rejects.toThrow('change of mind')
  const row = await database.read.selectFrom('document').select('phase').executeTakeFirstOrThrow()
  expect(row.phase).toBe('drafting')
  expect(await database.append(batch([update('x')]))).toMatchObject({ outcome: 'appended' })
})

test('an append asked for while a transaction is open waits, and is fenced when that locks the document', async () => {
  let open: (() => void) | undefined
  const inside = new Promise<void>((resolve) => {
    open = resolve
  })
  const lock = database.write(async (tx) => {
    open?.()
    await tx.updateTable('document').set({ phase: 'locked' }).where('id', '=', 'd1').execute()
  })
  await inside
  const late = await database.append(batch([update('late')]))
  await lock
  expect(late).toEqual({ outcome: 'fenced', phase: 'locked', epoch: 'e1', revision: 0 })
  expect(await log()).toEqual([])
})

test('appends racing a lock are wholly before it or wholly refused', async () => {
  const appends = Array.from({ length: 20 }, (_, i) => database.append(batch([update(`${i}`)])))
  const lock = database.write(async (tx) => {
    await tx.updateTable('document').set({ phase: 'locked' }).where('id', '=', 'd1').execute()
    return tx.selectFrom('document').select('revision').executeTakeFirstOrThrow()
  })
  const afterwards = Array.from({ length: 20 }, (_, i) =>
    database.append(batch([update(`late ${i}`)])),
  )
  const outcomes = await Promise.all([...appends, ...afterwards])
  const stored = outcomes.filter((o) => o.outcome === 'appended').length
  expect((await log()).length).toBe(stored)
  expect((await lock).revision).toBe(stored)
})

test('another epoch is fenced', async () => {
  expect(await database.append(batch([update('x')], 'd1', 'e0'))).toMatchObject({
    outcome: 'fenced',
    epoch: 'e1',
  })
})

test('a clientID belongs to the account that used it first; another account is refused whole', async () => {
  await database.append(batch([update('x', 'anh', [41])]))
  await database.append(batch([update('x', 'anh', [41])]))
  const stolen = await database.append(
    batch([update('y', 'bình', [42]), update('z', 'bình', [41])]),
  )
  expect(stolen).toEqual({ outcome: 'foreign', clientId: 41 })
  expect((await log()).length).toBe(2)
  const claims = await database.read.selectFrom('client_claim').select('client_id').execute()
  expect(claims).toEqual([{ client_id: 41 }])
})

test('one batch that cannot be stored does not take its neighbours of the same commit with it silently', async () => {
  const good = database.append(batch([update('x')]))
  const bad = database.append(batch([update('y')], 'no-such-document'))
  const outcomes = await Promise.allSettled([good, bad])
  const stored = (await log()).length
  const promised = outcomes.filter((o) => o.status === 'fulfilled').length
  expect(stored).toBe(promised)
  expect(await database.append(batch([update('x')]))).toMatchObject({ outcome: 'appended' })
})

test('a query made once reads what is on disk, and inside a transaction what that has written', async () => {
  const titles = compileOnce((db, id: string) =>
    db.selectFrom('document').select('title').where('id', '=', id),
  )
  expect(await titles(database.read, 'd1')).toEqual([{ title: 'Giao ước' }])
  await database.write(async (tx) => {
    await tx.updateTable('document').set({ title: 'Kế hoạch' }).where('id', '=', 'd1').execute()
    expect(await titles(tx, 'd1')).toEqual([{ title: 'Kế hoạch' }])
    expect(await titles(database.read, 'd1')).toEqual([{ title: 'Giao ước' }])
  })
  expect(await titles(database.read, 'd1')).toEqual([{ title: 'Kế hoạch' }])
  expect(await titles(database.read, 'nobody')).toEqual([])
})

test('a write inside a write is refused instead of waiting for itself', async () => {
  await expect(database.write(async () => database.write(async () => undefined))).rejects.toThrow(
    'inside a write',
  )
})

test('foreign keys hold', async () => {
  const orphan = database.write((tx) =>
    tx
      .insertInto('document')
      .values({ ...documentRow('d2', 2), bloc_id: 'nobody' })
      .execute(),
  )
  await expect(orphan).rejects.toThrow(/FOREIGN KEY/)
})
