import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Config } from '../../server/platform/config.ts'
import { serveBuiltClient } from '../../server/serveClient.ts'
import { launchBrowser, type OpenPage, openPage } from './browser.ts'
import { startTestServer, type TestServer } from './testServer.ts'

export type DocumentKind = 'covenant' | 'plan' | 'regulation'

/** The built product on a port of its own, and a browser, for as long as a test file runs. */
export function startJourney(config: Partial<Config> = {}) {
  const started: { server?: TestServer; browser?: Browser } = {}
  beforeAll(async () => {
    started.server = await startTestServer({ config, serveClient: serveBuiltClient })
    started.browser = await launchBrowser()
  })
  afterAll(async () => {
    await started.browser?.close()
    await started.server?.close()
  })
  const journey = {
    get server(): TestServer {
      return started.server as TestServer
    },
    get browser(): Browser {
      return started.browser as Browser
    },
    open: (account: string, size?: { width: number; height: number }): Promise<OpenPage> =>
      openPage(journey.browser, journey.server, account, size),
    /** The desk of the sample bloc as somebody sees it once his document is there. @param hash with its `#` */
    async desk(
      account: string,
      at: { kind?: DocumentKind; hash?: string; size?: { width: number; height: number } } = {},
    ): Promise<OpenPage> {
      const { server } = journey
      const open = await journey.open(account, at.size)
      const { kind = 'covenant', hash = '' } = at
      await open.page.goto(`${server.url}/bloc/${server.blocId}/${kind}${hash}`)
      await open.page.waitForSelector('.page-text [data-id]')
      await poll(() => open.page.getAttribute('[data-save]', 'data-save')).toBe('saved')
      return open
    },
  }
  return journey
}

export const poll = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })

/** Closes pages, none of which has complained of anything. */
export async function end(...opens: Pick<OpenPage, 'problems' | 'context'>[]): Promise<void> {
  for (const { problems, context } of opens) {
    expect(problems).toEqual([])
    await context.close()
  }
}

/** What axe finds in a page or a part of it, each with where. */
export async function violations(page: Page, part?: string): Promise<string[]> {
  // What is right is of no interest here, and to tell where each of it stands is most of axe's work.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations: found } = await (part ? axe.include(part) : axe).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** How far the page is wider than its window, in px. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** A picture to look at, in the folder that SHOTS names; none without it. */
export async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}
