import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveBuiltClient } from '../../server/serveClient.ts'
import type { PositionView } from '../../shared/agreements/api.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { Readiness } from '../../shared/locking/api.ts'
import type { SigningView, VerificationView } from '../../shared/signing/api.ts'
import { launchBrowser, type OpenPage, openPage } from '../support/browser.ts'
import { editAnyway } from '../support/editAnyway.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'

/**
 * The main job from the first key to the verified file, as delegates do it: in browsers, one chapter after the other
 * on one document.
 */
const AGENCIES = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt', 'skhcn', 'skhdt']

let server: TestServer
let browser: Browser
let documentId: string
let clauses: ClauseView[]
const problems: string[] = []

beforeAll(async () => {
  server = await startTestServer({ serveClient: serveBuiltClient })
  browser = await launchBrowser()
  documentId = (await server.documentOf('covenant')).id
  clauses = await currentClauses()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function get<T>(place: string): Promise<T> {
  const visitor = await server.signIn('bantdkt.observer')
  return (await visitor.call<T>('GET', `/api/documents/${documentId}${place}`)).body
}
const currentClauses = async () => (await get<{ clauses: ClauseView[] }>('/clauses')).clauses
const phase = async () => (await get<DocumentView>('')).phase
const readiness = () => get<Readiness>('/readiness')

function clauseWith(words: string): ClauseView {
  const found = clauses.find((clause) => clause.text.includes(words))
  if (!found) throw new Error(`no clause says: ${words}`)
  return found
}

/** Opens the covenant as somebody and waits until it can be read. */
async function desk(account: string): Promise<OpenPage> {
  const open = await openPage(browser, server, account)
  await open.page.goto(`${server.url}/bloc/${server.blocId}/covenant`)
  await open.page.waitForSelector('.page-text [data-id]')
  return open
}

async function leave(open: OpenPage): Promise<void> {
  problems.push(...open.problems)
  await open.context.close()
}

async function caretIn(page: Page, clauseId: string): Promise<void> {
  const place = page.locator(`.page-text [data-id="${clauseId}"]`)
  await place.scrollIntoViewIfNeeded()
  await place.click()
  await placeCaret(page, clauseId)
}

const saved = (page: Page) =>
  expect
    .poll(() => page.getAttribute('[data-save]', 'data-save'), { timeout: 10_000 })
    .toBe('saved')

/** The words of every block, without the flags of other people's carets that lie over them. */
const pageText = (page: Page) =>
  page.$$eval('.page-text [data-id]', (blocks) =>
    blocks.map((block) => {
      const words = block.cloneNode(true) as HTMLElement
      for (const flag of words.querySelectorAll('.ProseMirror-widget')) flag.remove()
      return words.textContent?.replace(/\s+/g, ' ').trim()
    }),
  )

async function agreeToAll(account: string): Promise<void> {
  const head = await desk(account)
  await head.page.getByRole('button', { name: 'Nhất trí toàn văn bản…' }).first().click()
  const dialog = head.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Nhất trí toàn văn bản' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await leave(head)
}

/** The password again, where it is asked for. */
async function proveAgain(page: Page): Promise<void> {
  const field = page.getByRole('dialog').getByLabel('Mật khẩu')
  await field.fill(server.platform.config.demoPassword)
  await field.press('Enter')
}

test('[P01] officers of three agencies write at once, and every page shows the same words', async () => {
  const writers = await Promise.all(['stc.officer', 'snv.officer', 'vpub.officer'].map(desk))
  const places = ['Giữ vững đoàn kết', 'Đổi mới nội dung', 'Phấn đấu 100%'].map(clauseWith)
  const words = ['Sở Tài chính góp lời.', 'Sở Nội vụ góp lời.', 'Văn phòng góp lời.']
  await Promise.all(
    writers.map(async ({ page }, i) => {
      await caretIn(page, places[i]?.id ?? '')
      await page.keyboard.type(` ${words[i]}`, { delay: 15 })
      await saved(page)
    }),
  )
  for (const { page } of writers)
    for (const [i, word] of words.entries())
      await expect.poll(() => blockText(page, places[i]?.id)).toContain(word)
  const [first, ...others] = await Promise.all(writers.map(({ page }) => pageText(page)))
  for (const other of others) expect(other).toEqual(first)
  clauses = await currentClauses()
  for (const [i, word] of words.entries())
    expect(clauses.find(({ id }) => id === places[i]?.id)?.text.endsWith(word)).toBe(true)
  for (const writer of writers) await leave(writer)
})

const blockText = (page: Page, clauseId: string | undefined) =>
  page.locator(`.page-text [data-id="${clauseId}"]`).textContent()

test('[P10] a thread is answered by one agency and resolved by the one that opened it', async () => {
  const place = clauseWith('ký số văn bản đi theo quy định')
  const answering = await desk('stc.officer')
  await caretIn(answering.page, place.id)
  const card = answering.page
    .getByRole('article', { name: /^Góp ý của Văn phòng UBND tỉnh/ })
    .first()
  await card.getByRole('button', { name: 'Trả lời', exact: true }).click()
  const reply = card.getByRole('textbox')
  await expect.poll(() => reply.evaluate((box) => box === document.activeElement)).toBe(true)
  await answering.page.keyboard.type('Sở Tài chính đồng ý ghi rõ.')
  await answering.page.keyboard.press('Control+Enter')

  const opening = await desk('vpub.officer')
  await caretIn(opening.page, place.id)
  await opening.page.getByText('Sở Tài chính đồng ý ghi rõ.').waitFor()
  const own = opening.page.getByRole('article', { name: /^Góp ý của Văn phòng UBND tỉnh/ }).first()
  await own.getByRole('button', { name: 'Đã giải quyết' }).click()
  await expect
    .poll(async () => {
      const { threads } = await get<{ threads: { clauseId: string; status: string }[] }>('/threads')
      return threads.find(({ clauseId }) => clauseId === place.id)?.status
    })
    .toBe('resolved')
  // The other page hears of it without asking.
  await card.waitFor({ state: 'hidden' })
  await leave(answering)
  await leave(opening)
})

test('[P12] all seven agencies agree; a character makes exactly its clause fall, a deleted clause the structure', async () => {
  for (const agency of AGENCIES) await agreeToAll(`${agency}.head`)
  expect(await readiness()).toEqual({ ready: true, blockers: [] })

  const touched = clauseWith('Thực hành tiết kiệm')
  const writer = await desk('skhcn.officer')
  const watcher = await desk('bantdkt.observer')
  await caretIn(writer.page, touched.id)
  await writer.page.keyboard.type('!')
  await editAnyway(writer.page)
  const fallen = async () => {
    const { positions } = await get<{ positions: PositionView[] }>('/positions')
    const outdated = positions.filter(({ standing }) => standing === 'outdated')
    return [...new Set(outdated.map(({ clauseId }) => clauseId))]
  }
  await expect.poll(fallen).toEqual([touched.id])
  // Whoever looks on sees the marks of that clause fall, in words as well as in colour.
  const marks = watcher.page.locator(`[data-marks="${touched.id}"][data-scope="clause"]`)
  await expect.poll(() => marks.first().getAttribute('aria-label')).toMatch(/0\/7/)
  await writer.page.keyboard.press('Control+z')
  await expect.poll(fallen).toEqual([])

  const gone = clauseWith('Cập nhật đủ dữ liệu')
  await placeCaret(writer.page, gone.id, 'all')
  await writer.page.keyboard.press('Backspace')
  await editAnyway(writer.page)
  // The empty point becomes plain, then joins what stands before it.
  const left = writer.page.locator(`.page-text [data-id="${gone.id}"]`)
  for (let i = 0; i < 5 && (await left.count()) > 0; i += 1)
    await writer.page.keyboard.press('Backspace')
  const stands = async () => (await currentClauses()).some(({ id }) => id === gone.id)
  await expect.poll(stands).toBe(false)
  clauses = await currentClauses()
  expect((await fallen()).filter((id) => id !== gone.id)).toEqual(['structure'])
  expect((await readiness()).ready).toBe(false)
  await leave(writer)
  await leave(watcher)
})

test('[P30] the lead locks after ten seconds’ notice; who is typing turns read-only and is told why', async () => {
  for (const agency of AGENCIES) await agreeToAll(`${agency}.head`)
  const writer = await desk('stc.officer')
  const place = clauseWith('Giữ vững đoàn kết')
  await caretIn(writer.page, place.id)
  const lead = await desk('vpdbqh.head')
  await lead.page.getByRole('button', { name: 'Khóa bản…' }).first().click()
  await lead.page.getByRole('button', { name: 'Báo và khóa sau 10 giây' }).click()
  await proveAgain(lead.page)
  await writer.page
    .getByText(/Khóa bản sau \d+ giây/)
    .first()
    .waitFor()
  await expect.poll(phase, { timeout: 30_000 }).toBe('locked')
  await expect
    .poll(() => writer.page.locator('.ProseMirror').first().getAttribute('contenteditable'))
    .toBe('false')
  await writer.page.getByText('Đã khóa bản').first().waitFor()
  const before = JSON.stringify(await currentClauses())
  // The very next key says why, without another click.
  await writer.page.keyboard.type('muộn rồi')
  await writer.page.getByText('Văn bản đã khóa nên chỉ đọc.').first().waitFor()
  expect(JSON.stringify(await currentClauses())).toBe(before)
  await leave(writer)
  await leave(lead)
})

test('[P31] the lead seals, and there are fourteen places to sign', async () => {
  const lead = await desk('vpdbqh.head')
  await lead.page.getByRole('button', { name: 'Đóng PDF…' }).first().click()
  await lead.page.getByRole('dialog').getByRole('button', { name: 'Đóng PDF', exact: true }).click()
  await proveAgain(lead.page)
  await expect.poll(phase, { timeout: 60_000 }).toBe('signing')
  expect((await get<SigningView>('/signing')).places).toHaveLength(14)
  await leave(lead)
})

test('[P32] seven heads sign', async () => {
  for (const agency of AGENCIES) await sign(`${agency}.head`)
  expect(await phase()).toBe('signing')
})

test('[P32] seven clerks put the seals, and the page says complete', async () => {
  const watcher = await desk('bantdkt.observer')
  for (const agency of AGENCIES) await sign(`${agency}.clerk`)
  const { places } = await get<SigningView>('/signing')
  expect(places.map(({ status }) => status)).toEqual(Array(14).fill('signed'))
  expect(await phase()).toBe('complete')
  await watcher.page.getByText('Đã ký đủ').first().waitFor()
  await leave(watcher)
})

async function sign(account: string): Promise<void> {
  const signer = await desk(account)
  await signer.page.getByRole('button', { name: 'Đọc và ký…' }).first().click()
  const dialog = signer.page.getByRole('dialog')
  await dialog.getByLabel('Tôi đã đọc tệp này và đồng ý ký.').check()
  await dialog.getByRole('button', { name: 'Ký', exact: true }).click()
  await proveAgain(signer.page)
  const [agency, post] = account.split('.')
  const placeId = `${agency}:${post === 'head' ? 'person' : 'seal'}`
  await expect
    .poll(
      async () =>
        (await get<SigningView>('/signing')).places.find(({ id }) => id === placeId)?.status,
      { timeout: 20_000 },
    )
    .toBe('signed')
  await leave(signer)
}

test('[P34] the file is valid to us, and verifies with the root alone', async () => {
  const reader = await server.signIn('snv.officer')
  const response = await fetch(`${server.url}/api/documents/${documentId}/sealed.pdf`, {
    headers: { cookie: reader.cookie },
  })
  const file = Buffer.from(await response.arrayBuffer())
  const verification = await fetch(`${server.url}/api/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body: file,
  })
  const view = (await verification.json()) as VerificationView
  expect(view.verdict).toBe('valid')
  expect(view.signatures.every(({ valid }) => valid)).toBe(true)

  const folder = mkdtempSync(path.join(tmpdir(), 'nhat-tri-verify-'))
  const [pdf, root] = [path.join(folder, 'covenant.pdf'), path.join(folder, 'root.pem')]
  writeFileSync(pdf, file)
  writeFileSync(root, await (await fetch(`${server.url}/api/trust/root.pem`)).text())
  const printed = execFileSync('npm', ['run', '--silent', 'verify', '--', pdf, '--root', root], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: folder },
  })
  expect(printed).toMatch(/^valid/m)
})

test('no page complained of anything on the way', () => {
  expect(problems).toEqual([])
})
