import { expect, test } from 'vitest'
import { overhang, startJourney, violations } from '../support/journey.ts'

/** What a machine can say of how the main screens look: axe finds nothing, and no page is wider than its window. */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1000, height: 800 },
  { width: 360, height: 740 },
]

const journey = startJourney()

for (const size of SIZES) {
  test(`sign-in at ${size.width} px: nothing for axe, nothing to the side`, async () => {
    const context = await journey.browser.newContext({ viewport: size, locale: 'vi-VN' })
    const page = await context.newPage()
    await page.goto(journey.server.url)
    await page.getByLabel('Tài khoản').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await overhang(page)).toBe(0)
    await context.close()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    test(`the desk at ${size.width} px, ${colorScheme}: nothing for axe, nothing to the side`, async () => {
      const { page, context, problems } = await journey.open('stc.head', size)
      await page.emulateMedia({ colorScheme })
      await page.goto(`${journey.server.url}/bloc/${journey.server.blocId}/covenant`)
      await page.waitForSelector('.page-text [data-id]')
      await expect.poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
      expect(await violations(page)).toEqual([])
      expect(await overhang(page)).toBe(0)
      expect(problems).toEqual([])
      await context.close()
    })
}
