import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveBuiltClient } from '../../server/serveClient.ts'
import { launchBrowser, openPage } from '../support/browser.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'

/** What a machine can say of how the main screens look: axe finds nothing, and no page is wider than its window. */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1000, height: 800 },
  { width: 360, height: 740 },
]

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startTestServer({ serveClient: serveBuiltClient })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const violations = async (page: Page) => {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

for (const size of SIZES) {
  test(`sign-in at ${size.width} px: nothing for axe, nothing to the side`, async () => {
    const context = await browser.newContext({ viewport: size, locale: 'vi-VN' })
    const page = await context.newPage()
    await page.goto(server.url)
    await page.getByLabel('Tài khoản').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await overhang(page)).toBe(0)
    await context.close()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    test(`the desk at ${size.width} px, ${colorScheme}: nothing for axe, nothing to the side`, async () => {
      const { page, context, problems } = await openPage(browser, server, 'stc.head', size)
      await page.emulateMedia({ colorScheme })
      await page.goto(`${server.url}/bloc/${server.blocId}/covenant`)
      await page.waitForSelector('.page-text [data-id]')
      await expect.poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
      expect(await violations(page)).toEqual([])
      expect(await overhang(page)).toBe(0)
      expect(problems).toEqual([])
      await context.close()
    })
}
