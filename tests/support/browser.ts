import { spawnSync } from 'node:child_process'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { onTestFailed } from 'vitest'
import type { TestServer, Visitor } from './testServer.ts'

/** Without the background flags Chromium waits on hosts that a closed network refuses. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium reports every refused request; the 403 that asks for the password again is part of the plan. */
const ASKED_FOR = /^Failed to load resource: .* 403/

/** Chromium without its windows where there is one: the same pages for half of the machine's time. */
export function chromiumPath(): string {
  const ask = 'command -v chromium-headless-shell || command -v chromium'
  const found = spawnSync('sh', ['-c', ask], { encoding: 'utf8' })
  if (found.status !== 0)
    throw new Error('chromium is not installed: apt-get install chromium-headless-shell')
  return found.stdout.trim()
}

/** Every browser that is started waits for the end of the process by a listener of its own, until it has closed. */
process.setMaxListeners(50)

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: FLAGS })

/** SLOW=4: every page has a quarter of the machine, which shows journeys that pass only where all is quick. */
const SLOW = Number(process.env.SLOW ?? 1)

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
}

export type OpenPage = { page: Page; context: BrowserContext; visitor: Visitor; problems: string[] }

/**
 * A page of its own browser profile, signed in as `account`. Whatever the page complains of in its console is kept in
 * `problems`: a journey ends by expecting none.
 */
export async function openPage(
  browser: Browser,
  server: TestServer,
  account: string,
  size = { width: 1440, height: 900 },
): Promise<OpenPage> {
  const visitor = await server.signIn(account)
  const context = await browser.newContext({ viewport: size, locale: 'vi-VN' })
  const [name, value] = visitor.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: server.url }])
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  if (SLOW > 1) await slowDown(page)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`${account}: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (ASKED_FOR.test(text)) return
    if (message.type() === 'error' || /already imported/.test(text))
      problems.push(`${account}: ${text}`)
  })
  onTestFailed(() => {
    if (problems.length > 0) throw new Error(`the page complained:\n${problems.join('\n')}`)
  })
  return { page, context, visitor, problems }
}
