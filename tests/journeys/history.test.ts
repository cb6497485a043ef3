import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { OpenPage } from '../support/browser.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

const screen = (page: Page) => page.getByRole('dialog', { name: /^Lịch sử/ })
const versions = (page: Page) => screen(page).locator('[data-version]')
const changes = (page: Page) =>
  screen(page)
    .locator('ins[data-change], del[data-change]')
    .evaluateAll((all) =>
      all.map(
        (each) =>
          `${each.tagName === 'INS' ? '+' : '-'}${each.textContent} (${(each as HTMLElement).dataset.by})`,
      ),
    )
const articles = (page: Page) =>
  page.$$eval('.page-text .clause[data-level="article"]', (list) =>
    list.map((element) => (element as HTMLElement).dataset.id ?? ''),
  )
const words = (page: Page, id: string) =>
  page.locator(`.page-text [data-id="${id}"]`).evaluate((element) => element.textContent ?? '')
const saved = (page: Page) =>
  poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
const openHistory = async (page: Page) => {
  await page.keyboard.press('Control+Alt+Shift+h')
  await screen(page).waitFor()
}

/** Where a clause comes from: whose its words are, what was said and decided; each leads to its place. */
async function showOrigin({ page, visitor }: OpenPage, clauseId: string) {
  const { id } = await journey.server.documentOf('covenant')
  const { body } = await visitor.call<{ id: string }>('POST', `/api/documents/${id}/threads`, {
    clauseId,
    body: 'Xem lại tên điều',
  })
  await page.locator(`[data-marks="${clauseId}"]`).last().click()
  const open = page.getByRole('button', { name: 'Nguồn gốc' })
  await open.click()
  const origin = page.getByRole('dialog', { name: /^Nguồn gốc của Điều/ })
  await origin.getByText(/Sở Tài chính.*: 3 chữ/).waitFor()
  await origin.locator('[data-event=brought]').waitFor()
  await shot(page, 'origin-1440')
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 780 })
  await shot(page, 'origin-390')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await origin
    .locator('[data-event=talked]')
    .getByRole('button', { name: 'Xem góp ý' })
    .press('Enter')
  await origin.waitFor({ state: 'detached' })
  await poll(() =>
    page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.thread),
  ).toBe(body.id)
}

test('[P16] [UX-13] [UX-50] two agencies write; the history says who, steps through, names, compares and restores', async () => {
  const mine = await journey.desk('stc.officer')
  const theirs = await journey.desk('snv.officer')
  const [first, second] = (await articles(mine.page)) as [string, string]
  const original = await words(mine.page, first)

  // Ctrl+S offers to name the text.
  await placeCaret(mine.page, first, 'end')
  await mine.page.keyboard.press('Control+s')
  await mine.page.getByRole('button', { name: 'Đặt tên bản hiện tại' }).click()
  await mine.page.getByLabel('Tên phiên bản').fill('Bản trước hội nghị')
  await mine.page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await mine.page.getByText('Đã giữ bản “Bản trước hội nghị”.').first().waitFor()

  await placeCaret(mine.page, first, 'end')
  await mine.page.keyboard.type(' thêm của stc')
  await saved(mine.page)
  await placeCaret(theirs.page, second, 'end')
  await theirs.page.keyboard.type(' thêm của snv')
  await saved(theirs.page)
  await poll(() => words(mine.page, second)).toMatch(/thêm của snv/)

  await showOrigin(mine, first)

  await openHistory(mine.page)
  await poll(() => changes(mine.page)).toEqual([
    expect.stringMatching(/^\+ thêm của stc \(.*Sở Tài chính/),
    expect.stringMatching(/^\+ thêm của snv \(.*Sở Nội vụ/),
  ])
  await expect(versions(mine.page).count()).resolves.toBe(2)
  await screen(mine.page).getByText('Không gõ được ở đây').waitFor()
  expect(await screen(mine.page).locator('[contenteditable=true], textarea').count()).toBe(0)
  const steps = () => screen(mine.page).locator('output').textContent()
  await screen(mine.page).getByRole('button', { name: 'Thay đổi sau' }).click()
  await poll(steps).toBe('1 / 2')
  await screen(mine.page).getByRole('button', { name: 'Thay đổi sau' }).click()
  await poll(steps).toBe('2 / 2')
  await screen(mine.page).getByRole('button', { name: 'Thay đổi sau' }).click()
  await poll(steps).toBe('1 / 2')
  expect(await violations(mine.page)).toEqual([])
  await shot(mine.page, 'history-1440')

  // Only the named one, then back to it: everybody is told, and the text before it stays.
  await screen(mine.page).getByLabel('Chỉ bản có tên').check()
  await poll(() => versions(mine.page).count()).toBe(1)
  await versions(mine.page).first().click()
  await screen(mine.page).getByRole('button', { name: 'Khôi phục bản này' }).click()
  const question = mine.page.getByRole('dialog', { name: /^Khôi phục bản/ })
  await question.waitFor()
  await shot(mine.page, 'history-restore-1440')
  await question.getByRole('button', { name: 'Khôi phục bản này' }).click()
  await theirs.page
    .getByText(/Sở Tài chính.* đã khôi phục văn bản/)
    .first()
    .waitFor()
  await poll(() => words(theirs.page, first)).toBe(original)
  await screen(mine.page).getByLabel('Chỉ bản có tên').uncheck()
  await poll(() => versions(mine.page).count()).toBe(3)
  await screen(mine.page).getByText('Trước khi khôi phục').first().waitFor()

  // Any two: what the restore took out again.
  await versions(mine.page).first().click()
  await poll(() => changes(mine.page)).toEqual([
    expect.stringMatching(/^- thêm của stc \(.*Sở Tài chính/),
    expect.stringMatching(/^- thêm của snv \(.*Sở Tài chính/),
  ])
  await screen(mine.page).getByRole('button', { name: 'Đóng' }).first().click()
  await poll(() => screen(mine.page).count()).toBe(0)
  await end(mine, theirs)
})

test('[UX-50] [UX-53] a press on the saved state opens it, on a phone too, without anything to the side', async () => {
  const phone = await journey.desk('vpub.officer', { size: { width: 390, height: 844 } })
  const { page } = phone
  await page.getByRole('button', { name: /Xem lịch sử phiên bản/ }).click()
  await screen(page).waitFor()
  await poll(() => versions(page).count()).toBeGreaterThan(0)
  await versions(page).last().click()
  await screen(page).getByText('Đang xem bản').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  await shot(page, 'history-390')
  await end(phone)
})

test('[UX-54] whoever comes back is told how much has changed, sees it, or sends the line away', async () => {
  const mine = await journey.desk('stnmt.officer')
  await end(mine)
  const theirs = await journey.desk('snv.officer')
  const [, , third] = (await articles(theirs.page)) as [string, string, string]
  await placeCaret(theirs.page, third, 'end')
  await theirs.page.keyboard.type(' đổi khi vắng')
  await saved(theirs.page)
  const back = await journey.desk('stnmt.officer')
  const line = back.page.locator('[data-since]')
  await line.waitFor()
  expect(await line.textContent()).toContain('1 thay đổi từ lần xem trước')
  expect(await violations(back.page)).toEqual([])
  await shot(back.page, 'history-since-1440')
  await line.getByRole('button', { name: 'Xem thay đổi' }).click()
  await poll(() => changes(back.page)).toEqual([
    expect.stringMatching(/^\+ đổi khi vắng \(.*Sở Nội vụ/),
  ])
  await back.page.keyboard.press('Escape')
  await poll(() => line.count()).toBe(0)
  await end(theirs, back)
})
