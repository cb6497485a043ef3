import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { Brackets } from '../../shared/brackets/api.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { clausesOf, crowd } from '../server/support/people.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

/** Three agencies at competing wordings: proposed at the page, supported, kept by the chair. */
const journey = startJourney()
let person: ReturnType<typeof crowd>
let id: string
let target: ClauseView

beforeAll(async () => {
  person = crowd(journey.server)
  id = (await journey.server.documentOf('covenant')).id
  const { clauses } = await clausesOf(await person('stc.head'), id)
  const found = clauses.find(({ text }) => text.startsWith('Phấn đấu 100%'))
  if (!found) throw new Error('no clause')
  target = found
})

const words = (page: Page) => page.locator(`.page-text [data-id="${target.id}"]`)
/** Without the flags of other people's carets that lie over them. */
const text = (page: Page) =>
  words(page).evaluate((block) => {
    const copy = block.cloneNode(true) as HTMLElement
    for (const flag of copy.querySelectorAll('.ProseMirror-widget')) flag.remove()
    return copy.textContent
  })
const option = (page: Page, text: string) => page.locator(`[data-option="${text}"]:visible`).first()
const saved = (page: Page) =>
  poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
const brackets = async () =>
  (await (await person('stc.head')).call<Brackets>('GET', `/api/documents/${id}/brackets`)).body

/** The words of a cell of the first table. */
const selectCell = (page: Page) =>
  page.evaluate(() => {
    type Editing = HTMLElement & { editor: Editor }
    const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Editing
    const { editor } = shown
    let found: { tableId: string; words: string; from: number } | null = null
    editor.state.doc.forEach((table, at) => {
      table.descendants((node, inside) => {
        if (found || table.type.name !== 'table' || node.textContent.length < 9) return !found
        if (!node.isTextblock) return true
        found = { tableId: table.attrs.id, words: node.textContent, from: at + inside + 2 }
        return false
      })
    })
    if (!found) throw new Error('no cell')
    const { from, words, tableId } = found as { tableId: string; words: string; from: number }
    editor.view.focus()
    editor.commands.setTextSelection({ from, to: from + words.length })
    return { words, tableId }
  })

test('[P14] proposed beside selected words, supported, typed on in the page, kept by the chair; all see it at once', async () => {
  const officer = await journey.desk('stc.officer')
  const head = await journey.desk('snv.head')
  const lead = await journey.desk('vpdbqh.head')
  // From the row of marks to the card, with “100%” selected.
  await officer.page.locator(`[data-marks="${target.id}"]`).last().click()
  await words(officer.page).click()
  await placeCaret(officer.page, target.id, 'start')
  for (let i = 0; i < 'Phấn đấu '.length; i += 1) await officer.page.keyboard.press('ArrowRight')
  for (let i = 0; i < '100%'.length; i += 1) await officer.page.keyboard.press('Shift+ArrowRight')
  await officer.page.getByRole('button', { name: 'Thêm phương án lời văn…' }).click()
  await officer.page.getByText('Bên cạnh lời văn “100%”.').waitFor()
  await officer.page.getByLabel('Phương án khác').fill('95%')
  await officer.page.getByRole('button', { name: 'Đưa vào ngoặc vuông' }).click()
  for (const { page } of [officer, head, lead])
    await poll(() => text(page)).toContain('Phấn đấu [100% / 95%] cơ quan')
  expect(await head.page.locator('.page-text .bracket').first().textContent()).toBe('[100% / 95%]')

  // The head of another agency supports it, from the card that is there by itself.
  await option(head.page, '95%').getByText('Đề xuất: STC').waitFor()
  await option(head.page, '95%').getByRole('button', { name: 'Ủng hộ' }).click()
  await option(lead.page, '95%').getByText('Ủng hộ (1): SNV').waitFor()
  expect(await option(head.page, '95%').getByRole('button', { name: /Chốt/ }).count()).toBe(1)
  expect(await option(officer.page, '95%').getByRole('button').count()).toBe(0)
  await option(lead.page, '95%').scrollIntoViewIfNeeded()
  await shot(lead.page, 'brackets-1440')
  expect(await violations(lead.page)).toEqual([])

  // One more typed by hand in the page is an option like the others.
  await words(officer.page).click()
  await placeCaret(officer.page, target.id, 'start')
  for (let i = 0; i < 'Phấn đấu [100% / 95%'.length; i += 1)
    await officer.page.keyboard.press('ArrowRight')
  await officer.page.keyboard.type(' / 90%')
  await saved(officer.page)
  await option(lead.page, '90%').waitFor()
  await option(lead.page, '95%').getByText('Ủng hộ (1): SNV').waitFor()

  // It stands in the way of the lock, until the chair keeps one.
  await lead.page.getByRole('button', { name: /việc còn vướng trước khi khóa/ }).click()
  await lead.page.getByText('Ngoặc vuông chưa chốt: [100% / 95% / 90%]').waitFor()
  await lead.page.keyboard.press('Escape')
  await option(lead.page, '95%').getByRole('button', { name: 'Chốt phương án này' }).click()
  for (const { page } of [officer, head, lead]) {
    await poll(() => text(page)).toContain('Phấn đấu 95% cơ quan')
    await poll(() => page.locator('.page-text .bracket').count()).toBe(0)
    await poll(() => page.locator('[data-option]').count()).toBe(0)
  }
  expect((await brackets()).decisions[0]).toMatchObject({ chosen: '95%', outcome: 'kept' })

  // Beside words in a cell of a table; the chair settles them on a phone, from the list.
  const cell = await selectCell(officer.page)
  await officer.page.locator(`[data-marks="${cell.tableId}"]`).last().click()
  await selectCell(officer.page)
  // The card of the clause one comes from may still be there.
  const ofTable = officer.page.getByRole('region', { name: /^Phương án lời văn của bảng/ })
  await ofTable.getByRole('button', { name: 'Thêm phương án lời văn…' }).click()
  await officer.page.getByText(`Bên cạnh lời văn “${cell.words}”.`).waitFor()
  await officer.page.getByLabel('Phương án khác').fill('Phương án trong ô')
  await officer.page.getByRole('button', { name: 'Đưa vào ngoặc vuông' }).click()
  await lead.page.setViewportSize({ width: 390, height: 780 })
  await lead.page.getByRole('button', { name: /góp ý$/ }).click()
  const kept = option(lead.page, 'Phương án trong ô')
  await kept.getByText('Đề xuất: STC').waitFor()
  await shot(lead.page, 'brackets-390')
  expect(await overhang(lead.page)).toBe(0)
  expect(await violations(lead.page)).toEqual([])
  await kept.getByRole('button', { name: 'Chốt phương án này' }).click()
  await poll(async () => (await brackets()).decisions[0]).toMatchObject({
    clauseId: cell.tableId,
    chosen: 'Phương án trong ô',
  })
  await end(officer, head, lead)
})
