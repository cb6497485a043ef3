import { expect, test } from 'vitest'
import { end, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

/** Once `old` is set, no word gets out, and a new connection says that the page is of an older version. */
const growsOld = () => {
  const sockets: WebSocket[] = []
  const Socket = window.WebSocket
  window.WebSocket = class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super('old' in window ? String(url).replace(/([?&])v=\d+/, '$1v=0') : url, protocols)
      sockets.push(this)
    }
    override send(data: Parameters<WebSocket['send']>[0]) {
      if (!('old' in window)) super.send(data)
    }
  }
  Object.assign(window, { cutLine: () => sockets.map((socket) => socket.close()) })
}

test('[B06] a page left open over an update is asked to reload (4426); what it had not sent arrives afterwards', async () => {
  const { page, context, ...open } = await journey.open('stc.officer')
  const { problems } = open
  await context.addInitScript(growsOld)
  await page.goto(`${journey.server.url}/bloc/${journey.server.blocId}/plan`)
  await page.waitForSelector('.page-text .clause')
  const saved = () => page.getAttribute('[data-save]', 'data-save')
  await poll(saved).toBe('saved')
  const first = await page.getAttribute('.page-text .clause', 'data-id')
  await page.evaluate(() => Object.assign(window, { old: true }))
  await placeCaret(page, first ?? '')
  await page.keyboard.type(' chưa kịp gửi')
  await poll(saved).toBe('saving')
  await page.evaluate(() => (window as unknown as { cutLine(): void }).cutLine())
  const alert = page.getByRole('alert').filter({ hasText: 'Trang này là phiên bản cũ' })
  await alert.waitFor()
  await poll(() => page.getAttribute('.page-text', 'contenteditable')).toBe('false')
  expect(await page.textContent('.page-text')).toContain('chưa kịp gửi')
  await shot(page, 'old-page')
  expect(await violations(page)).toEqual([])
  const onServer = async () => {
    const { id } = await journey.server.documentOf('plan')
    const visitor = await journey.server.signIn('bantdkt.observer')
    return JSON.stringify((await visitor.call('GET', `/api/documents/${id}/clauses`)).body)
  }
  expect(await onServer()).not.toContain('chưa kịp gửi')
  page.on('dialog', (dialog) => void dialog.accept())
  await alert.getByRole('button', { name: 'Tải lại' }).click()
  await poll(onServer).toContain('chưa kịp gửi')
  await poll(saved).toBe('saved')
  await end({ context, problems })
})

test('[B06] a page that was old from the start shows no text to write in, and says why', async () => {
  const { page, context, problems } = await journey.open('stc.officer')
  await context.addInitScript(growsOld)
  await context.addInitScript(() => Object.assign(window, { old: true }))
  await page.goto(`${journey.server.url}/bloc/${journey.server.blocId}/plan`)
  await page.getByRole('alert').filter({ hasText: 'Trang này là phiên bản cũ' }).waitFor()
  expect(await page.$('.page-text')).toBeNull()
  await end({ context, problems })
})
