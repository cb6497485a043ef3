import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

/** Parts of the program are fetched when they are needed; the line may be gone by then. */
const journey = startJourney()
const desk = () => `${journey.server.url}/bloc/${journey.server.blocId}/covenant`

const NETWORK = 'Không kết nối được máy chủ. Hãy kiểm tra mạng.'
const text = (page: Page) => expect.poll(() => page.textContent('body'))

/** What stands behind the sign-in, and the desk. */
const PARTS = ['program', 'DeskPage']

test.each(PARTS)(
  '%s that cannot be fetched says that there is no network, and opens when it is asked again',
  async (part) => {
    const { page, context } = await journey.open('stc.officer')
    await page.route(`**/assets/${part}-*.js`, (route) => route.abort('internetdisconnected'))
    await page.route(journey.server.url, (route) =>
      route.request().method() === 'HEAD' ? route.abort() : route.fallback(),
    )
    await page.goto(desk())
    await text(page).toContain(NETWORK)
    expect(await violations(page)).toEqual([])
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.waitForSelector('.page-text [data-id]')
    await context.close()
  },
)

test.each(PARTS)(
  '%s that a newer version has replaced says so, and a try again fetches that version',
  async (part) => {
    const { page, context } = await journey.open('stc.officer')
    await page.route(`**/assets/${part}-*.js`, (route) => route.fulfill({ status: 404 }))
    await page.goto(desk())
    await text(page).toContain('Trang này đã cũ. Hãy tải lại trang.')
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.waitForSelector('.page-text [data-id]')
    await context.close()
  },
)

test('whoever signs out without a network is asked at once, told why nothing can be sent, and leaves when it is back', async () => {
  const { page, context } = await journey.open('stc.officer')
  await page.goto(desk())
  await page.waitForSelector('[data-save=saved]')
  const clauseId = await page.locator('.page-text [data-id]').last().getAttribute('data-id')
  await context.setOffline(true)
  await placeCaret(page, clauseId ?? '')
  await page.keyboard.insertText(' Câu viết khi mất mạng.')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
  const dialog = page.getByRole('dialog', { name: 'Còn lời văn chưa gửi' })
  await expect.poll(() => dialog.textContent()).toContain('Câu viết khi mất mạng.')
  await dialog.getByRole('button', { name: 'Gửi rồi đăng xuất' }).click()
  await expect.poll(() => dialog.textContent()).toContain(NETWORK)
  await context.setOffline(false)
  await dialog.getByRole('button', { name: 'Gửi rồi đăng xuất' }).click()
  await page.getByLabel('Tài khoản', { exact: true }).waitFor()
  const { id } = await journey.server.documentOf('covenant')
  const reader = await journey.server.signIn('bantdkt.observer')
  const answer = await reader.call('GET', `/api/documents/${id}/clauses`)
  expect(JSON.stringify(answer.body)).toContain('Câu viết khi mất mạng.')
  await context.close()
})
