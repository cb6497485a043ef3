import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findMatches } from '../../shared/vietnamese/findMatches.ts'
import {
  type DocumentKind,
  end,
  overhang,
  poll,
  shot,
  startJourney,
  violations,
} from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

const panel = (page: Page) => page.getByRole('search', { name: 'Tìm' })
const query = (page: Page) => page.getByRole('textbox', { name: 'Tìm trong văn bản' })
const counted = (page: Page) => panel(page).locator('output').textContent().then(String)
const clauseText = (page: Page, id: string) =>
  page.locator(`.page-text [data-id="${id}"]`).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.caret')) caret.remove()
    return (copy.textContent ?? '').replaceAll('\u2060', '')
  })
const clauseIds = (page: Page) =>
  page.$$eval('.page-text .clause[data-level="article"]', (list) =>
    list.map((element) => (element as HTMLElement).dataset.id ?? ''),
  )
const matchesOnPage = (page: Page, text: string) =>
  page
    .$$eval('.page-text .clause, .page-text .cell-paragraph', (list) =>
      list.map((element) => element.textContent ?? ''),
    )
    .then((texts) => texts.flatMap((line) => findMatches(line, { text, matchCase: false })).length)

test('[P06] [UX-62] Ctrl+F finds without marks, keys step through, Escape gives the caret back', async () => {
  const mine = await journey.desk('stc.officer')
  const { page } = mine
  const [first] = (await clauseIds(page)) as [string]
  await placeCaret(page, first, 'start')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('thi dua')
  const count = await matchesOnPage(page, 'thi dua')
  expect(count).toBeGreaterThan(3)
  await poll(() => counted(page)).toMatch(new RegExp(`^\\d+ / ${count}$`))
  const at = async () => Number((await counted(page)).split(' ')[0])
  const start = await at()
  await page.keyboard.press('Enter')
  await poll(at).toBe((start % count) + 1)
  await page.keyboard.press('F3')
  await page.keyboard.press('Shift+F3')
  await page.keyboard.press('Shift+Enter')
  await poll(at).toBe(start)
  await page.keyboard.press('Shift+Enter')
  await poll(at).toBe(((start - 2 + count) % count) + 1)
  const inWindow = () =>
    page
      .locator('.found-current')
      .first()
      .evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect()
        return top > 100 && bottom < window.innerHeight - 40
      })
  await poll(inWindow).toBe(true)
  await shot(page, 'find-1440')
  await query(page).fill('không có chữ này đâu')
  await poll(() => counted(page)).toBe('Không thấy')
  await page.keyboard.press('Escape')
  await poll(() => panel(page).count()).toBe(0)
  expect(await page.locator('.found').count()).toBe(0)
  await page.keyboard.type('Nay ')
  await poll(() => clauseText(page, first)).toMatch(/^Nay /)
  await page.keyboard.press('Control+z')
  await end(mine)
})

test('[P06] one replaces all while another types in the line: nobody loses a letter, one undo takes all back', async () => {
  const mine = await journey.desk('stc.officer')
  const theirs = await journey.desk('snv.officer')
  const [, second] = (await clauseIds(mine.page)) as [string, string]
  const before = await clauseText(mine.page, second)
  await placeCaret(mine.page, second)
  await mine.page.keyboard.type(' Khung khac, khung khác')
  const typed = `${before} Khung khac, khung khác`
  await poll(() => clauseText(theirs.page, second)).toBe(typed)

  await mine.page.keyboard.press('Control+h')
  await query(mine.page).fill('khung khac')
  await poll(() => counted(mine.page)).toBe('1 / 2')
  await mine.page.getByRole('textbox', { name: 'Thay bằng' }).fill('mẫu')
  await shot(mine.page, 'replace-1440')
  await placeCaret(theirs.page, second, 'start')
  await Promise.all([
    theirs.page.keyboard.type('Người khác đang gõ: ', { delay: 15 }),
    mine.page.getByRole('button', { name: 'Thay tất cả' }).click(),
  ])
  const both = `Người khác đang gõ: ${before} mẫu, mẫu`
  await poll(() => clauseText(mine.page, second)).toBe(both)
  await poll(() => clauseText(theirs.page, second)).toBe(both)
  await poll(() => panel(mine.page).textContent()).toContain('Đã thay 2 chỗ.')

  await mine.page.keyboard.press('Escape')
  await poll(() => panel(mine.page).count()).toBe(0)
  await mine.page.keyboard.press('Control+z')
  await poll(() => clauseText(theirs.page, second)).toBe(`Người khác đang gõ: ${typed}`)
  await end(mine, theirs)
})

test('[P06] one after the other: a match goes, the next is current, and what others write is found', async () => {
  const mine = await journey.desk('stc.officer')
  const theirs = await journey.desk('snv.officer')
  const [, , third] = (await clauseIds(mine.page)) as [string, string, string]
  const before = await clauseText(mine.page, third)
  await mine.page.keyboard.press('Control+h')
  await query(mine.page).fill('xyzt')
  await poll(() => counted(mine.page)).toBe('Không thấy')
  await placeCaret(theirs.page, third)
  await theirs.page.keyboard.type(' xyzt, XYZT')
  await poll(() => counted(mine.page)).toBe('1 / 2')
  const replacement = mine.page.getByRole('textbox', { name: 'Thay bằng' })
  await replacement.fill('xong')
  await replacement.press('Enter')
  await poll(() => clauseText(theirs.page, third)).toBe(`${before} xong, XYZT`)
  await poll(() => counted(mine.page)).toBe('1 / 1')
  await mine.page.getByRole('button', { name: 'Phân biệt chữ hoa' }).click()
  await poll(() => counted(mine.page)).toBe('Không thấy')
  await end(mine, theirs)
})

test('[P06] whoever may not write finds, at 360 px too, and is offered no replacing; axe finds nothing', async () => {
  for (const account of ['bantdkt.observer', 'stc.officer']) {
    const open = await journey.desk(account, { size: { width: 360, height: 740 } })
    await open.page.getByRole('button', { name: 'Tìm', exact: true }).click()
    await open.page.keyboard.type('thi dua')
    await poll(() => counted(open.page)).toMatch(/^\d+ \/ \d+$/)
    await open.page.keyboard.press('Control+h')
    const writes = account === 'stc.officer'
    await poll(() => open.page.getByRole('textbox', { name: 'Thay bằng' }).count()).toBe(
      writes ? 1 : 0,
    )
    expect(await open.page.getByRole('button', { name: 'Thay tất cả' }).count()).toBe(
      writes ? 1 : 0,
    )
    await shot(open.page, `find-360-${account}`)
    expect(await violations(open.page)).toEqual([])
    expect(await overhang(open.page)).toBe(0)
    await end(open)
  }
})

test('[P06] words are found in all three documents, replaced there by the server, and put back; axe finds nothing', async () => {
  const mine = await journey.desk('stc.officer')
  const { page } = mine
  const read = async (kind: DocumentKind) => {
    const { id } = await journey.server.documentOf(kind)
    const answer = await mine.visitor.call<{ clauses: { id: string; text: string }[] }>(
      'GET',
      `/api/documents/${id}/clauses`,
    )
    return answer.body.clauses
  }
  const plan = await read('plan')
  await page.keyboard.press('Control+h')
  await query(page).fill('ke hoach')
  await page.getByRole('radio', { name: 'Trong cả ba văn bản' }).check()
  const there = panel(page).getByRole('region', { name: 'Kế hoạch' })
  await poll(() => there.locator('h3').textContent()).toMatch(/^Kế hoạch: \d+ chỗ$/)
  const counts = plan.flatMap(({ text }) =>
    text
      .split(/[\t\n]/)
      .flatMap((part) => findMatches(part, { text: 'ke hoach', matchCase: false })),
  )
  expect(await there.locator('h3').textContent()).toBe(`Kế hoạch: ${counts.length} chỗ`)
  await shot(page, 'find-all-1440')
  expect(await violations(page)).toEqual([])

  await page.getByRole('textbox', { name: 'Thay bằng' }).fill('chương trình')
  await page.getByRole('button', { name: 'Thay tất cả' }).click()
  await panel(page).getByText(`Kế hoạch: đã thay ${counts.length} chỗ.`).waitFor()
  expect(JSON.stringify(await read('plan'))).not.toMatch(/kế hoạch/iu)
  await page.getByRole('button', { name: 'Hoàn tác lần thay này' }).click()
  await poll(() => read('plan')).toEqual(plan)

  // A press on a match goes to it, with the panel open there.
  await poll(() => there.locator('h3').textContent()).toBe(`Kế hoạch: ${counts.length} chỗ`)
  const second = there.getByRole('button').nth(1)
  const words = String(await second.locator('mark').textContent())
  await second.click()
  await page.waitForURL(/\/plan/)
  const open = page.getByRole('tabpanel', { name: /Kế hoạch/ })
  await poll(() => open.locator('.found-current').first().textContent()).toBe(words)
  await poll(() => open.locator('search output').textContent()).toBe(`2 / ${counts.length}`)
  await end(mine)
})

test('[P06] before the lock mixed tones and misspelled names are shown, and mended by one press that undo takes back', async () => {
  const mine = await journey.desk('vpdbqh.officer')
  const { page } = mine
  const [first, second] = (await clauseIds(page)) as [string, string]
  const before = await clauseText(page, first)
  await placeCaret(page, first, 'end')
  await page.keyboard.insertText(' hòa và hoà, gửi Sở Kế hoach và Đầu tư')
  await placeCaret(page, second, 'end')
  const button = page.getByRole('button', { name: /việc còn vướng trước khi khóa/ }).first()
  await button.click()
  const advice = page.getByRole('region', { name: 'Nên xem lại trước khi khóa' })
  await advice.getByText('Sở Kế hoạch và Đầu tư').waitFor()
  await shot(page, 'consistency-1440')
  expect(await violations(page)).toEqual([])
  await advice.getByRole('button', { name: /^Sửa: Sở Kế hoach/ }).click()
  await poll(() => clauseText(page, first)).toBe(`${before} hòa và hoà, gửi Sở Kế hoạch và Đầu tư`)
  await advice.getByRole('button', { name: 'Hoàn tác' }).click()
  await poll(() => clauseText(page, first)).toBe(`${before} hòa và hoà, gửi Sở Kế hoach và Đầu tư`)
  await advice.getByRole('button', { name: /Thống nhất kiểu “hoà”/ }).click()
  await poll(() => clauseText(page, first)).toContain(' hoà và hoà')
  await page.setViewportSize({ width: 360, height: 740 })
  await shot(page, 'consistency-360')
  expect(await overhang(page)).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Tìm', exact: true }).click()
  await query(page).fill('thi dua')
  await page.getByRole('radio', { name: 'Trong cả ba văn bản' }).check()
  await panel(page).getByRole('region', { name: 'Quy chế' }).getByRole('button').first().waitFor()
  await shot(page, 'find-all-360')
  expect(await overhang(page)).toBe(0)
  await end(mine)
})
