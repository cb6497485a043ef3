import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { cellElement, elements, insertClause, readBody } from '../../shared/clauses/yjs.ts'
import { cell, table } from '../support/builders.ts'
import { tableCase } from './tables/tableCase.ts'
import { accountId, DOCUMENT, eventually, startTestRooms, type TestRooms } from './testRooms.ts'

/** SEED=17 replays one seed; SOAK=1 takes the long size. */
const { SEED, SOAK } = process.env
const SEEDS = SOAK === '1' ? 2_000 : 40
const seeds = SEED ? [Number(SEED)] : Array.from({ length: SEEDS }, (_, i) => i)

let world: TestRooms | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

test(`[P03] ${SEEDS} sequences of rows, columns, merges and words by three people at one table: one rectangle for all, the one that was read before it was mended`, () => {
  const failures = seeds.flatMap((seed) => tableCase(seed).map((what) => `SEED=${seed}: ${what}`))
  expect(failures.slice(0, 20).join('\n')).toBe('')
}, 600_000)

test('[P03] a row and a column added at once: the server mends the table once, for all, and what is read stays', async () => {
  world = await startTestRooms()
  const [one, two] = [await world.join('stc.officer'), await world.join('snv.officer')]
  const ROWS = [
    ['STT', 'Điểm'],
    ['I', '60'],
    ['II', '40'],
  ]
  one.write((_, doc) => insertClause(doc, null, table('bang', ROWS)))
  await one.saved()
  const tableIn = (doc: Y.Doc) => elements(doc.getXmlFragment('body'), 'table')[0] as Y.XmlElement
  await two.until(() => tableIn(two.doc)?.length === 3, 'the table')
  const made = (text = '') => cellElement(cell(text))
  const column = one.change((_, doc) => {
    for (const row of elements(tableIn(doc), 'tableRow')) row.insert(2, [made()])
  })
  const row = two.change((_, doc) => {
    const line = new Y.XmlElement('tableRow')
    line.insert(0, [made('III'), made('0')])
    tableIn(doc).insert(3, [line])
  })
  one.sendUpdate(column)
  two.sendUpdate(row)
  const squares = (doc: Y.Doc) => elements(tableIn(doc), 'tableRow').map((line) => line.length)
  for (const { doc } of [one, two]) await eventually(() => squares(doc)).toEqual([3, 3, 3, 3])
  expect(readBody(one.doc)).toEqual(readBody(two.doc))
  expect((await world.rooms.read(DOCUMENT)).blocks).toEqual(readBody(one.doc))
  const rows = await world.database.read
    .selectFrom('document_update')
    .select('account_id')
    .where('document_id', '=', DOCUMENT)
    .execute()
  const people = ['stc.officer', 'snv.officer'].map(accountId)
  expect(rows.slice(-4).map(({ account_id }) => people.includes(account_id))).toEqual([
    true,
    true,
    true,
    false,
  ])
})
