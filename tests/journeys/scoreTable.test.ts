import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { regulation } from '../../server/sample/regulation.ts'
import type { ClauseId } from '../../shared/base/ids.ts'
import { type Block, isTable } from '../../shared/clauses/clause.ts'
import { scoreProblems } from '../../shared/clauses/tables/scoreTable.ts'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { clause, table } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { overhang, poll, shot, violations } from '../support/journey.ts'
import { pastingTests } from '../support/pastingTests.ts'
import { placeCaret } from '../support/placeCaret.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())
const { open, expectShape, pasteExactly } = pastingTests(() => harness)

const cellOf = (page: Page, row: number, column: number) =>
  page.locator(`.clause-table tr:nth-child(${row}) > :nth-child(${column})`)
const caretIn = async (page: Page, row: number, column: number) => {
  await cellOf(page, row, column).locator('p').last().click()
  await page.keyboard.press('End')
}
const keys = async (page: Page, ...list: string[]) => {
  for (const key of list) await page.keyboard.press(key)
}
const marks = (page: Page) =>
  page.$$eval('.score-mark', (list) => list.map((mark) => mark.getAttribute('aria-label')))
const tableIn = (id: string) => {
  const found = harness.blocks(id).find(isTable)
  if (!found) throw new Error('no table')
  return found
}
const widths = (id: string) => tableIn(id).rows.map(({ cells }) => cells.map((c) => c.colwidth))
const shares = (page: Page) =>
  page.$$eval('.clause-table col', (list) => list.map((col) => col.style.width))

const SCORES = [
  ['STT', 'Tiêu chí', 'Điểm tối đa'],
  ['I', 'Nhiệm vụ', '40'],
  ['I.1', 'Đúng hạn', '20'],
  ['I.2', 'Chất lượng', '20'],
]
const scores = (): Block[] => [clause('a', 'annex', 'Bảng chấm điểm'), table('t', SCORES)]

test('[P03] a wrong sum shows in its cell as one types, here and for the other, and goes when it is mended', async () => {
  let ids = 0
  const { blocks } = regulation(() => `r${++ids}` as ClauseId)
  const id = harness.newDocument(blocks.slice(-4), 'regulation')
  const mine = await open(id)
  const phone = await open(id, 'snv', { width: 360, height: 740 })
  expect([await marks(mine), await marks(phone)]).toEqual([[], []])
  await caretIn(mine, 4, 3)
  await mine.keyboard.type(',5')
  const wrong = ['Các mục con cộng lại là 20,5, ở đây ghi 20.']
  await poll(() => marks(mine)).toEqual(wrong)
  await poll(() => marks(phone)).toEqual(wrong)
  expect(await cellOf(phone, 3, 3).getAttribute('class')).toContain('score-wrong')
  // The mark is on the screen alone: the cell holds what was typed, and nothing else was written.
  expect(tableIn(id).rows[3]?.cells[2]?.paragraphs).toEqual([[{ text: '12,5', marks: [] }]])
  // The page is drawn by React a moment after the marks.
  const odd = () => mine.locator('[data-odd]').getAttribute('aria-label')
  await poll(odd).toBe(`I.1: ${wrong[0]}`)
  const bubble = cellOf(mine, 3, 3).locator('.score-words')
  expect(await bubble.isVisible()).toBe(false)
  await caretIn(mine, 3, 3)
  await poll(() => bubble.isVisible()).toBe(true)
  await shot(mine, 'score-wrong-1440')
  await phone.locator('.score-wrong').scrollIntoViewIfNeeded()
  await phone.locator('.clause-table').evaluate((frame) => frame.scrollBy(300, 0))
  await shot(phone, 'score-wrong-360')
  expect(await overhang(phone)).toBe(0)
  expect(await violations(mine)).toEqual([])
  expect(await violations(phone)).toEqual([])
  await caretIn(mine, 4, 3)
  await keys(mine, 'Backspace', 'Backspace')
  await poll(() => marks(mine)).toEqual([])
  await poll(() => marks(phone)).toEqual([])
  await mine.close()
  await phone.close()
})

test('[P03] the toolbar offers a score table, whose numbers are right and whose words are to be filled in', async () => {
  const id = harness.newDocument([clause('a', 'annex', 'Bảng chấm điểm')])
  const page = await open(id)
  await placeCaret(page, 'a')
  await page.click('button[title="Chèn bảng"]')
  await page.waitForSelector('text=Chèn bảng chấm điểm')
  await shot(page, 'score-insert-1440')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Chèn bảng chấm điểm' }).click()
  await poll(() => harness.blocks(id).map(({ level }) => level)).toEqual(['annex', 'table', 'text'])
  expect(scoreProblems(tableIn(id))).toEqual([])
  expect(tableIn(id).rows[0]?.cells.every(({ header }) => header)).toBe(true)
  expect(await marks(page)).toEqual([])
  await shot(page, 'score-inserted-1440')
  await caretIn(page, 3, 3)
  await keys(page, 'Backspace', 'Backspace')
  await page.keyboard.type('5-10')
  await poll(() => marks(page)).toEqual([
    'Ô này không phải là số: 5-10. Số thập phân dùng dấu phẩy.',
  ])
  await page.close()
})

test('a pasted score table is known by its shape', async () => {
  const id = harness.newDocument([clause('a', 'text', '')])
  const page = await open(id)
  await placeCaret(page, 'a')
  const rows = SCORES.map((row) => row.map((text) => `<td>${text.replace('40', '41')}</td>`))
  await pasteExactly(
    page,
    `<table>${rows.map((row) => `<tr>${row.join('')}</tr>`).join('')}</table>`,
  )
  await poll(() => marks(page)).toEqual(['Các mục con cộng lại là 40, ở đây ghi 41.'])
  await page.close()
})

test('columns get their widths by mouse and by keys, for both people, and words beside them write none', async () => {
  const id = harness.newDocument(scores())
  const mine = await open(id)
  const theirs = await open(id, 'snv')
  const box = await cellOf(mine, 2, 1).boundingBox()
  if (!box) throw new Error('no cell')
  const [x, y] = [box.x + box.width, box.y + box.height / 2]
  await mine.mouse.move(x - 1, y)
  await mine.mouse.down()
  await mine.mouse.move(x + 20, y, { steps: 4 })
  // Given up: nothing is stored.
  await mine.keyboard.press('Escape')
  await mine.mouse.up()
  expect(widths(id).flat()).toEqual(Array(12).fill(null))
  await mine.mouse.move(x - 1, y)
  await mine.mouse.down()
  await mine.mouse.move(x + 39, y, { steps: 4 })
  await mine.mouse.up()
  await poll(() => widths(id)[0]?.every((width) => width !== null)).toBe(true)
  const drawn = widths(id)[0]?.flat() as number[]
  expect(Math.abs((drawn[0] ?? 0) - box.width - 40)).toBeLessThan(4)
  expect(widths(id).every((row) => JSON.stringify(row.flat()) === JSON.stringify(drawn))).toBe(true)
  await poll(() => shares(theirs)).toEqual(await shares(mine))
  // At once: one draws the first line, the other the second.
  await caretIn(mine, 2, 1)
  await caretIn(theirs, 3, 3)
  await Promise.all([keys(mine, 'Alt+Shift+ArrowLeft'), keys(theirs, 'Alt+Shift+ArrowRight')])
  await poll(() => widths(id)[1]?.flat()).toEqual([
    (drawn[0] ?? 0) - 12,
    expect.any(Number),
    (drawn[2] ?? 0) + 12,
  ])
  const written: string[] = []
  bodyOf(harness.relay.room(id).doc).observeDeep((events) => {
    for (const { target } of events) written.push((target as Y.XmlText).constructor.name)
  })
  await caretIn(mine, 3, 2)
  await mine.keyboard.type(' và đủ')
  await poll(() => tableIn(id).rows[2]?.cells[1]?.paragraphs[0]?.[0]?.text).toBe('Đúng hạn và đủ')
  expect([...new Set(written)]).toEqual(['YXmlText'])
  await mine.close()
  await theirs.close()
})

test('everything about a table can be done by keys', async () => {
  const id = harness.newDocument([...scores(), clause('z', 'text', 'Hết./.')])
  const page = await open(id)
  const choose = async (name: string) => {
    await page.getByRole('toolbar').getByRole('button', { name: 'Bảng', exact: true }).focus()
    await keys(page, 'Enter')
    await page.getByRole('menuitem', { name }).focus()
    await keys(page, 'Enter')
  }
  await caretIn(page, 4, 3)
  await keys(page, 'Tab')
  await page.keyboard.type('I.3')
  await expectShape(id, [
    ['annex', 'Bảng chấm điểm'],
    ['table', [...SCORES, ['I.3', '', '']].map((row) => row.join('\t')).join('\n')],
    ['text', 'Hết./.'],
  ])
  await choose('Thêm cột phải')
  await poll(() => tableIn(id).rows[0]?.cells.length).toBe(4)
  await choose('Xóa hàng')
  await poll(() => tableIn(id).rows.length).toBe(4)
  await caretIn(page, 2, 1)
  await keys(page, 'End', 'Shift+ArrowRight')
  await choose('Gộp ô')
  await poll(() => tableIn(id).rows[1]?.cells[0]?.colspan).toBe(2)
  await choose('Tách ô')
  await poll(() => tableIn(id).rows[1]?.cells.length).toBe(4)
  await choose('Hàng đầu là tiêu đề')
  await poll(() => tableIn(id).rows[0]?.cells.every(({ header }) => header)).toBe(true)
  await choose('Cột rộng hơn')
  await poll(() => widths(id)[0]?.every((width) => width !== null)).toBe(true)
  await choose('Xóa bảng')
  await expectShape(id, [
    ['annex', 'Bảng chấm điểm'],
    ['text', 'Hết./.'],
  ])
  await page.close()
})
