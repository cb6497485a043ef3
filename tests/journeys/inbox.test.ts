import { afterAll, describe, expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { setClauseText } from '../../shared/clauses/yjs.ts'
import type { OpenPage } from '../support/browser.ts'
import { said } from '../support/deskKeys.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { codeIn, startMailSink } from '../support/mailSink.ts'
import { TestPeer } from '../support/TestPeer.ts'

const sink = await startMailSink()
afterAll(() => sink.close())
const publicUrl = 'https://nhat-tri.example'
const journey = startJourney({ mail: { url: sink.url, from: 'a@nhat-tri.example', publicUrl } })
let stc: OpenPage
let planId: string
let clauses: ClauseView[]
/** The head of an agency at the covenant; others act in the plan, which is not open there. */
async function ready() {
  if (stc) return
  stc = await journey.desk('stc.head')
  planId = (await journey.server.documentOf('plan')).id
  clauses = (
    await stc.visitor.call<{ clauses: ClauseView[] }>('GET', `/api/documents/${planId}/clauses`)
  ).body.clauses.filter(({ level, text }) => level !== 'table' && text.length > 40)
}
afterAll(async () => {
  if (stc) await end(stc)
})

const button = () => stc.page.getByRole('button', { name: /^Hộp thông báo/ })
const panel = () => stc.page.getByRole('dialog', { name: 'Hộp thông báo' })
const unread = async () =>
  Number(
    (await stc.page
      .locator('[data-unread]')
      .getAttribute('data-unread', { timeout: 200 })
      .catch(() => null)) ?? 0,
  )
const items = () => panel().locator('[data-inbox]')
const kinds = () =>
  items().evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.inbox))
async function open() {
  await button().click()
  await panel().waitFor()
}
const idOf = async (account: string) =>
  (
    await journey.server.platform.database.read
      .selectFrom('account')
      .select('id')
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
  ).id

describe('[P17] [UX-80] the inbox', () => {
  test('counts a mention in a document that is not open, at once, and leads to its card', async () => {
    await ready()
    const snv = await journey.server.signIn('snv.officer')
    const thread = await snv.call<{ id: string }>('POST', `/api/documents/${planId}/threads`, {
      clauseId: clauses[2]?.id,
      body: `Nhờ @[person:${await idOf('stc.head')}] xem <i>giúp</i>.`,
    })
    await poll(unread).toBe(1)
    await poll(() => said(stc.page)).toBe('Hộp thông báo: 1 mục chưa đọc')
    await open()
    expect(await items().first().textContent()).toContain('xem <i>giúp</i>.')
    await stc.page.keyboard.press('Enter')
    await poll(() => stc.page.url()).toMatch(/\/plan/)
    const card = stc.page.locator(`article[data-thread="${thread.body.id}"]:visible`)
    await card.waitFor()
    await poll(() => card.evaluate((one) => one === document.activeElement)).toBe(true)
    await poll(unread).toBe(0)
  })

  test('an answer by another agency comes too', async () => {
    const { page } = stc
    const { id } = clauses[4] as ClauseView
    const own = await stc.visitor.call<{ id: string }>('POST', `/api/documents/${planId}/threads`, {
      clauseId: id,
      body: 'Ai làm việc này?',
    })
    const vpub = await journey.server.signIn('vpub.clerk')
    await vpub.call('POST', `/api/threads/${own.body.id}/replies`, { body: 'Văn phòng làm.' })
    await poll(unread).toBe(1)
    await open()
    expect(await kinds()).toEqual(['reply', 'mention'])
    await page.keyboard.press('ArrowDown')
    await poll(() =>
      page.evaluate(() => (document.activeElement as HTMLElement).dataset.inbox),
    ).toBe('mention')
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'detached' })
    await poll(() => button().evaluate((one) => one === document.activeElement)).toBe(true)
  })

  test('says that words have changed since we agreed, and forgets it when they come back', async () => {
    const clause = clauses[3] as ClauseView
    const { body } = await stc.visitor.call<{ contentHash: string }>(
      'GET',
      `/api/documents/${planId}/clauses`,
    )
    await stc.visitor.call('PUT', `/api/documents/${planId}/positions`, {
      position: 'agreed',
      contentHash: body.contentHash,
    })
    const snv = await journey.server.signIn('snv.officer')
    const peer = await TestPeer.join(`${journey.server.syncUrl}/${planId}`, {
      headers: { cookie: snv.cookie },
    })
    const write = async (text: string) => {
      peer.write((_, doc) => setClauseText(doc, clause.id, text))
      await peer.saved()
    }
    await write(`${clause.text} Thêm một câu.`)
    await poll(unread).toBe(2)
    await open()
    expect(await kinds()).toContain('changed')
    await shot(stc.page, 'inbox-1440')
    expect(await violations(stc.page)).toEqual([])
    await items().filter({ hasText: 'đã đổi từ khi cơ quan bạn đồng ý' }).click()
    await poll(unread).toBe(1)
    await poll(() =>
      stc.page.evaluate(
        (id) => document.querySelector(`[data-id="${id}"]`)?.getBoundingClientRect().top ?? -1,
        clause.id,
      ),
    ).toBeGreaterThan(0)
    await write(clause.text)
    await open()
    await poll(kinds).toEqual(['reply', 'mention'])
    await peer.leave()
  })

  test('each kind can be turned off but the signature; at 390 px too; axe finds nothing', async () => {
    const { page } = stc
    await panel().getByText('Nhận thông báo về').click()
    await panel()
      .getByRole('checkbox', { name: /^Trả lời góp ý/ })
      .uncheck()
    await poll(kinds).toEqual(['mention'])
    expect(
      await panel()
        .getByRole('checkbox', { name: /^Đến lượt tôi ký/ })
        .isDisabled(),
    ).toBe(true)
    await panel()
      .getByRole('checkbox', { name: /^Trả lời góp ý/ })
      .check()
    await poll(kinds).toEqual(['reply', 'mention'])
    await panel().getByRole('button', { name: 'Đánh dấu đã đọc tất cả' }).click()
    await poll(unread).toBe(0)
    await page.setViewportSize({ width: 390, height: 800 })
    // The header of a phone is another one.
    await panel().waitFor({ state: 'detached' })
    await open()
    await panel().evaluate((one) =>
      Promise.all(one.getAnimations().map(({ finished }) => finished)),
    )
    await shot(page, 'inbox-390')
    expect(await overhang(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('Escape')
  })
  test('[P17] a digest by mail: an address, the code that came there, then each day, kind by kind', async () => {
    const { page } = stc
    const address = 'truong@stc.example'
    const focused = () =>
      page.evaluate(() => (document.activeElement as HTMLInputElement)?.labels?.[0]?.textContent)
    await panel().waitFor({ state: 'detached' })
    await open()
    await panel().getByText('Nhận thông báo về').click()
    await panel().getByLabel('Địa chỉ thư').fill(address)
    await shot(page, 'mail-address-1440')
    await page.keyboard.press('Enter')
    // Where notices go is of weight: the password first.
    await page.getByRole('textbox', { name: 'Mật khẩu' }).fill('nhat-tri-demo')
    await page.keyboard.press('Enter')
    await poll(focused).toMatch(/^Mã trong thư/)
    await shot(page, 'mail-code-1440')
    expect(await violations(page)).toEqual([])
    await page.keyboard.type(codeIn(sink, address))
    await page.keyboard.press('Enter')
    await poll(focused).toBe('Gửi thư tóm tắt cho tôi')
    expect(await panel().getByText(address).isVisible()).toBe(true)
    const byMail = panel().getByRole('checkbox', { name: /^Qua thư: / })
    expect(await byMail.count()).toBe(0)
    await page.keyboard.press('Space')
    await poll(() => byMail.count()).toBe(5)
    // A code on its way to another address hides nothing of the one that counts.
    await panel().getByRole('button', { name: 'Đổi địa chỉ' }).click()
    await panel().getByLabel('Địa chỉ thư').fill('khac@stc.example')
    await page.keyboard.press('Enter')
    await poll(focused).toMatch(/^Mã trong thư/)
    expect(await panel().getByRole('checkbox', { name: 'Gửi thư tóm tắt cho tôi' }).count()).toBe(1)
    expect(await panel().getByRole('button', { name: 'Bỏ địa chỉ' }).count()).toBe(1)
    await shot(page, 'mail-both-1440')
    expect(await violations(page)).toEqual([])
    await panel().getByRole('button', { name: 'Bỏ mã này' }).click()
    await panel()
      .getByLabel(/^Mã trong thư/)
      .waitFor({ state: 'detached' })
    await poll(focused).toBe('Gửi thư tóm tắt cho tôi')
    // Dropped in another tab: whoever enters it here is told, and sees how things stand.
    await panel().getByRole('button', { name: 'Đổi địa chỉ' }).click()
    await panel().getByLabel('Địa chỉ thư').fill('khac@stc.example')
    await page.keyboard.press('Enter')
    await poll(focused).toMatch(/^Mã trong thư/)
    await stc.visitor.call('DELETE', '/api/inbox/mail/code')
    await page.keyboard.type('00000000')
    await page.keyboard.press('Enter')
    await poll(focused).toBe('Gửi thư tóm tắt cho tôi')
    expect(await panel().getByText('Mã không đúng hoặc đã hết hạn').isVisible()).toBe(true)
    // The refusal that was asked for, and no other trouble.
    expect(stc.problems.splice(0)).toEqual([expect.stringContaining('status of 422')])
    // A line on which no choice is answered yet puts no box back, and then none is lost.
    let answer = () => {}
    const slow = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route(/\/choices$/, (route) => slow.then(() => route.continue()))
    await byMail.nth(1).uncheck()
    await panel()
      .getByRole('checkbox', { name: /^Kết quả đề nghị/ })
      .uncheck()
    const first = await byMail.nth(0).isChecked()
    await byMail.nth(0).uncheck()
    await byMail.nth(0).check()
    expect(first).toBe(true)
    expect(await byMail.nth(1).isChecked()).toBe(false)
    answer()
    await poll(() =>
      byMail.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked)),
    ).toEqual([true, false, false, true, true])
    expect([await byMail.nth(2).isDisabled(), await byMail.nth(4).isDisabled()]).toEqual([
      true,
      true,
    ])
    await shot(page, 'mail-1440')
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 800 })
    await panel().waitFor({ state: 'detached' })
    await open()
    await panel().getByText('Nhận thông báo về').click()
    await panel().getByRole('button', { name: 'Bỏ địa chỉ' }).scrollIntoViewIfNeeded()
    await shot(page, 'mail-390')
    expect(await overhang(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    const vpub = await journey.server.signIn('vpub.officer')
    await vpub.call('POST', `/api/documents/${planId}/threads`, {
      clauseId: clauses[5]?.id,
      body: `@[person:${await idOf('stc.head')}] xem`,
    })
    journey.server.advanceClock(24 * 60 * 60 * 1000)
    await journey.server.app.digests?.look()
    const { subject, html } = sink.newest(address)
    expect(subject).toBe('Nhất Trí: 1 mục mới chưa đọc')
    expect(html).toContain(
      `href="${publicUrl}/bloc/${journey.server.blocId}/plan#${clauses[5]?.id}"`,
    )
  })
})
