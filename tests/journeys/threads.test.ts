import type { Editor } from '@tiptap/core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { OpenPage } from '../support/browser.ts'
import { said } from '../support/deskKeys.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'

const journey = startJourney()
let stc: OpenPage
let snv: OpenPage
let lead: OpenPage
let clauses: ClauseView[]
/** Three agencies at the plan, for all of these. */
async function ready() {
  if (clauses) return
  stc = await journey.desk('stc.officer', { kind: 'plan' })
  snv = await journey.desk('snv.officer', { kind: 'plan' })
  lead = await journey.desk('vpdbqh.head', { kind: 'plan' })
  const { id } = await journey.server.documentOf('plan')
  const answer = await stc.visitor.call<{ clauses: ClauseView[] }>(
    'GET',
    `/api/documents/${id}/clauses`,
  )
  clauses = answer.body.clauses.filter(({ level, text }) => level !== 'table' && text.length > 60)
}
afterAll(async () => {
  if (clauses) await end(stc, snv, lead)
})

const clauseAt = (index: number) => clauses[index] as ClauseView
/** Selects letters of a clause, as a mouse would. */
const select = (page: Page, id: string, from: number, to: number) =>
  poll(() =>
    page.evaluate(
      ([clauseId, start, stop]) => {
        type Editing = HTMLElement & { editor: Editor }
        const dom = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Editing
        dom.editor.state.doc.forEach((node, pos) => {
          if (node.attrs.id !== clauseId) return
          dom.editor.view.focus()
          dom.editor.commands.setTextSelection({ from: pos + 1 + start, to: pos + 1 + stop })
        })
        return String(window.getSelection()).length
      },
      [id, from, to] as const,
    ),
  ).toBe(to - from)

/** Words that each thread is marked on, by thread. */
const marked = (page: Page, id: string) =>
  page.evaluate((clauseId) => {
    const words: Record<string, string> = {}
    const block = document.querySelector(`[role=tabpanel]:not([hidden]) [data-id="${clauseId}"]`)
    for (const mark of block?.querySelectorAll<HTMLElement>('[data-marks]') ?? [])
      words[mark.dataset.marks ?? ''] = (words[mark.dataset.marks ?? ''] ?? '') + mark.textContent
    return words
  }, id)
const words = (page: Page, id: string) => marked(page, id).then((all) => Object.values(all).sort())
const field = (page: Page) => page.locator('textarea:visible')
async function comment({ page }: OpenPage, id: string, from: number, to: number, body: string) {
  await select(page, id, from, to)
  await page.keyboard.press('Control+Alt+m')
  await field(page).waitFor()
  await page.keyboard.insertText(body)
  await page.keyboard.press('Control+Enter')
  await poll(() => field(page).count()).toBe(0)
}
const card = (page: Page, body: string) =>
  page.locator('article[data-thread]:visible', { hasText: body })
const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
/** As a hand does: the page is drawn between its going down and up, and must not take away what is under it. */
async function press(page: Page, button: Locator) {
  await poll(async () => {
    await button.hover()
    await drawn(page)
    return button.evaluate((one) => one.matches(':hover') && document.getAnimations().length === 0)
  }).toBe(true)
  await page.mouse.down()
  await drawn(page)
  await page.mouse.up()
}
const list = (page: Page) => page.getByRole('dialog', { name: 'Danh sách góp ý' })
async function openList(page: Page) {
  await page.keyboard.press('Control+Alt+Shift+a')
  await list(page).waitFor()
}
const closeList = async (page: Page) => {
  await page.keyboard.press('Escape')
  await list(page).waitFor({ state: 'detached' })
}

test('[UX-40] [UX-41] selected words: a button at their height, a card with the focus, the words marked for all', async () => {
  await ready()
  const { page } = stc
  const { id, text } = clauseAt(0)
  await select(page, id, 4, 20)
  const button = page.getByRole('button', { name: 'Góp ý cho lời đã chọn' })
  await button.waitFor()
  const [box, mark] = [
    await button.boundingBox(),
    await page.locator(`[data-id="${id}"]`).first().boundingBox(),
  ]
  expect(Math.abs((box?.y ?? 0) - (mark?.y ?? 0))).toBeLessThan(80)
  await button.click()
  await field(page).waitFor()
  expect(await field(page).evaluate((one) => one === document.activeElement)).toBe(true)
  await poll(() => words(page, id)).toEqual([text.slice(4, 20).trim()])
  await shot(page, 'thread-new-1440')
  expect(await violations(page)).toEqual([])
  await page.keyboard.insertText('Đề nghị làm rõ.')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').getByRole('button', { name: 'Viết tiếp' }).click()
  await field(page).focus()
  await page.keyboard.press('Control+Enter')
  for (const open of [stc, snv, lead])
    await poll(() => words(open.page, id)).toEqual([text.slice(4, 20).trim()])
  await card(snv.page, 'Đề nghị làm rõ.').waitFor()
  const other = snv.page
  await other.locator(`[data-id="${id}"] [data-marks]`).first().click()
  await poll(() => other.locator('.thread-active').count()).toBeGreaterThan(0)
  await poll(() =>
    card(other, 'Đề nghị làm rõ.').evaluate((one) => one === document.activeElement),
  ).toBe(true)
})

describe('overlapping threads', () => {
  test('[B46] [UX-42] both stay on their words on both pages after reload; resolving one leaves the other', async () => {
    await ready()
    const { id, text } = clauseAt(1)
    await Promise.all([comment(stc, id, 0, 24, 'Chồng một'), comment(snv, id, 12, 40, 'Chồng hai')])
    const both = [text.slice(0, 24).trim(), text.slice(12, 40).trim()].sort()
    for (const { page } of [stc, snv]) {
      await page.reload()
      await page.waitForSelector('.page-text [data-id]')
      await poll(() => words(page, id)).toEqual(both)
    }
    await shot(stc.page, 'thread-overlap-1440')
    await card(snv.page, 'Chồng một').getByRole('button', { name: 'Trả lời' }).click()
    await snv.page.keyboard.insertText('Viết dở')
    await card(stc.page, 'Chồng một').getByRole('button', { name: 'Đã giải quyết' }).click()
    for (const { page } of [stc, snv])
      await poll(() => words(page, id)).toEqual([text.slice(12, 40).trim()])
    await openList(stc.page)
    await list(stc.page)
      .getByRole('tab', { name: /^Đã giải quyết/ })
      .click()
    const resolved = list(stc.page).locator('article', { hasText: 'Chồng một' })
    expect(await resolved.textContent()).toContain('Đã giải quyết: Cán bộ đầu mối Sở Tài chính')
    await resolved.getByRole('button', { name: 'Mở lại' }).click()
    await closeList(stc.page)
    await poll(() => words(snv.page, id)).toEqual(both)
    // What somebody had begun to answer is there again with the card.
    const begun = card(snv.page, 'Chồng một').getByRole('textbox')
    await poll(() => begun.inputValue()).toBe('Viết dở')
    await begun.press('Control+Enter')
    await card(stc.page, 'Viết dở').waitFor()
    await begun.waitFor({ state: 'detached' })
  })

  test('[B49] of three in one range the outer one goes, the other two stay', async () => {
    await ready()
    const { id, text } = clauseAt(2)
    await comment(stc, id, 0, 50, 'Bao ngoài')
    await comment(stc, id, 5, 25, 'Ở trong một')
    await comment(snv, id, 20, 45, 'Ở trong hai')
    const inner = [text.slice(5, 25).trim(), text.slice(20, 45).trim()].sort()
    await poll(async () => (await words(lead.page, id)).length).toBe(3)
    await card(stc.page, 'Ở trong hai').waitFor()
    await press(stc.page, card(stc.page, 'Bao ngoài').getByRole('button', { name: 'Xóa' }))
    await stc.page.getByRole('dialog').getByRole('button', { name: 'Xóa' }).click()
    for (const { page } of [stc, snv, lead]) await poll(() => words(page, id)).toEqual(inner)
  })
})

describe('the text goes its way', () => {
  test('[B47] [UX-45] deleted words leave a thread that is listed with its quote; undo puts it back', async () => {
    await ready()
    const { page } = stc
    const { id, text } = clauseAt(3)
    await comment(snv, id, 10, 30, 'Đoạn này bỏ')
    const quote = text.slice(10, 30).trim()
    await poll(() => words(page, id)).toEqual([quote])
    await select(page, id, 0, 40)
    await page.keyboard.press('Delete')
    for (const open of [stc, snv]) await poll(() => words(open.page, id)).toEqual([])
    await openList(snv.page)
    await list(snv.page)
      .getByRole('tab', { name: /^Mất chỗ/ })
      .click()
    const lost = list(snv.page).locator('article', { hasText: 'Đoạn này bỏ' })
    await lost.waitFor()
    expect(await lost.textContent()).toContain('Đoạn đã bị xóa')
    expect(await lost.locator('blockquote').textContent()).toBe(quote)
    await shot(snv.page, 'thread-detached-1440')
    await closeList(snv.page)
    await page.keyboard.press('Control+z')
    for (const open of [stc, snv, lead]) await poll(() => words(open.page, id)).toEqual([quote])
  })

  test('[B48] undo in the text takes neither a comment nor its place', async () => {
    await ready()
    const { page } = stc
    const { id, text } = clauseAt(4)
    await select(page, id, 0, 0).catch(() => {})
    await comment(stc, id, 3, 18, 'Không bị hoàn tác')
    await select(page, id, 0, 1)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('x')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await poll(() => words(page, id)).toEqual([text.slice(3, 18).trim()])
    await card(page, 'Không bị hoàn tác').waitFor()
  })

  test('the words are followed while others write before and within them, and into a new clause', async () => {
    await ready()
    const { id, text } = clauseAt(5)
    await comment(stc, id, 20, 45, 'Theo lời')
    const quote = text.slice(20, 45).trim()
    const { page } = snv
    await select(page, id, 0, 1)
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('Mở đầu. ')
    for (const open of [stc, lead]) await poll(() => words(open.page, id)).toEqual([quote])
    await select(page, id, 10, 11)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    const anywhere = (one: Page) =>
      one.evaluate(
        (body) =>
          [...document.querySelectorAll<HTMLElement>('[role=tabpanel]:not([hidden]) [data-marks]')]
            .map((mark) => mark.textContent)
            .includes(body),
        quote,
      )
    for (const open of [stc, snv, lead]) await poll(() => anywhere(open.page)).toBe(true)
    await card(stc.page, 'Theo lời').waitFor()
  })
})

describe('[UX-43] [UX-47] what is said', () => {
  test('calls a person or an agency from the list, and is shown by name', async () => {
    await ready()
    const { page } = stc
    const { id } = clauseAt(6)
    await select(page, id, 0, 10)
    await page.keyboard.press('Control+Alt+m')
    await field(page).waitFor()
    await page.keyboard.type('Nhờ @so noi')
    await page.getByRole('option', { name: 'Sở Nội vụ cả cơ quan' }).waitFor()
    await shot(page, 'thread-mention-1440')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await poll(() => field(page).inputValue()).toBe('Nhờ @Sở Nội vụ ')
    await page.keyboard.type('và @thu truong so tai nguyen')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Tab')
    await page.keyboard.type('xem <b>giúp</b>')
    await page.keyboard.press('Control+Enter')
    const shown = card(snv.page, 'xem <b>giúp</b>')
    await shown.waitFor()
    const called = await shown.locator('[data-mention]').allTextContents()
    expect(called).toEqual(['@Sở Nội vụ', expect.stringMatching(/^@Thủ trưởng /)])
    expect(await shown.locator('p b').count()).toBe(0)
  })

  test('only people with access are offered: in an agency’s own thread nobody else', async () => {
    await ready()
    const { page } = stc
    await select(page, clauseAt(7).id, 0, 10)
    await page.keyboard.press('Control+Alt+m')
    await field(page).waitFor()
    await page.getByRole('radio', { name: 'Chỉ cơ quan tôi' }).check()
    await field(page).focus()
    await page.keyboard.type('@')
    await page.getByRole('option').first().waitFor()
    const offered = await page.getByRole('option').allTextContents()
    expect(offered.every((one) => one.includes('Sở Tài chính'))).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').getByRole('button', { name: 'Bỏ' }).click()
    await poll(() => field(page).count()).toBe(0)
  })

  test('is changed by its author alone, and says so', async () => {
    await ready()
    await comment(stc, clauseAt(7).id, 0, 12, 'Lời ban đầu')
    const theirs = card(snv.page, 'Lời ban đầu')
    await theirs.waitFor()
    expect(await theirs.getByRole('button', { name: 'Sửa' }).count()).toBe(0)
    await card(stc.page, 'Lời ban đầu').getByRole('button', { name: 'Sửa' }).click()
    await field(stc.page).fill('Lời đã khác')
    await field(stc.page).press('Control+Enter')
    const changed = card(snv.page, 'Lời đã khác')
    await changed.waitFor()
    expect(await changed.textContent()).toContain('đã sửa')
  })
})

describe('[UX-46] the list', () => {
  test('is filtered by person, agency and clause, over all three documents', async () => {
    await ready()
    const { page } = snv
    await openList(page)
    const cards = () => list(page).locator('article:visible').count()
    const choose = (name: string, label: string) =>
      list(page).getByLabel(name, { exact: true }).selectOption({ label })
    await poll(cards).toBeGreaterThan(4)
    const all = await cards()
    await shot(page, 'thread-list-1440')
    expect(await violations(page)).toEqual([])
    await choose('Của ai', 'Liên quan đến tôi')
    await poll(async () => (await cards()) < all && (await cards()) > 0).toBe(true)
    expect(await list(page).textContent()).toContain('xem <b>giúp</b>')
    await choose('Của ai', 'Cơ quan tôi')
    await poll(() => list(page).locator('article', { hasText: 'Lời đã khác' }).count()).toBe(0)
    await choose('Của ai', 'Tất cả')
    await choose('Cơ quan', 'Sở Tài chính')
    await poll(() => list(page).locator('article', { hasText: 'Chồng hai' }).count()).toBe(0)
    await choose('Cơ quan', 'Mọi cơ quan')
    await choose('Văn bản', 'Cả ba văn bản')
    await poll(cards).toBeGreaterThan(all)
    await page.setViewportSize({ width: 390, height: 800 })
    await shot(page, 'thread-list-390')
    expect(await overhang(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await closeList(page)
  })

  test('resolves what one may: an officer his agency’s, the lead any with a reason', async () => {
    await ready()
    await openList(snv.page)
    const boxes = list(snv.page).getByRole('checkbox', { name: 'Chọn góp ý này' })
    const own = await boxes.count()
    const articles = await list(snv.page).locator('article:visible').count()
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThan(articles)
    await closeList(snv.page)
    const { page } = lead
    await openList(page)
    await list(page).getByLabel('Cơ quan', { exact: true }).selectOption({ label: 'Sở Tài chính' })
    await list(page)
      .getByRole('checkbox', { name: /^Chọn tất cả/ })
      .check()
    await list(page)
      .getByRole('button', { name: /^Đóng \d+ góp ý đã chọn/ })
      .click()
    await page.getByRole('textbox', { name: 'Lý do' }).fill('đã tiếp thu')
    await page.getByRole('dialog').last().getByRole('button', { name: 'Đã giải quyết' }).click()
    await poll(() => said(page)).toMatch(/^Đã giải quyết \d+ góp ý/)
    await poll(() => list(page).evaluate((dialog) => dialog.contains(document.activeElement))).toBe(
      true,
    )
    await page.keyboard.press('Escape')
    await list(page).waitFor({ state: 'detached' })
    await poll(() => card(snv.page, 'Lời đã khác').count()).toBe(0)
    await card(snv.page, 'Chồng hai').waitFor()
  })
})

test('[UX-48] on a phone: selected words, the button, the sheet with the field', async () => {
  await ready()
  const phone = await journey.desk('stnmt.officer', {
    kind: 'plan',
    size: { width: 390, height: 800 },
  })
  const { page } = phone
  await select(page, clauseAt(0).id, 25, 45)
  await page.getByRole('button', { name: 'Góp ý cho lời đã chọn' }).click()
  await field(page).waitFor()
  await page.keyboard.insertText('Từ điện thoại')
  await shot(page, 'thread-new-390')
  expect(await violations(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  await page.keyboard.press('Control+Enter')
  await card(snv.page, 'Từ điện thoại').waitFor()
  await end(phone)
})
