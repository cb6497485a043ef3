import { sql } from 'kysely'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { serveBuiltClient } from '../../server/serveClient.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { launchBrowser, type OpenPage, openPage } from '../support/browser.ts'
import { violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { TestPeer } from '../support/TestPeer.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'

/** Unsent words on the whole desk, with the real server behind it. */
let server: TestServer
let browser: Browser
let documentId: string
let clauseId: string

beforeAll(async () => {
  server = await startTestServer({ serveClient: serveBuiltClient })
  browser = await launchBrowser()
  documentId = (await server.documentOf('covenant')).id
  clauseId = (await clauses()).find(({ level }) => level === 'paragraph')?.id ?? ''
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function clauses(): Promise<ClauseView[]> {
  const reader = await server.signIn('bantdkt.observer')
  const answer = await reader.call<{ clauses: ClauseView[] }>(
    'GET',
    `/api/documents/${documentId}/clauses`,
  )
  return answer.body.clauses
}
const wordsOnServer = async () => (await clauses()).find(({ id }) => id === clauseId)?.text ?? ''

type Desk = OpenPage & {
  /** While true nothing of what the page sends reaches the server. */
  hold: boolean
  sockets: WebSocketRoute[]
}

/** @param line `routed`: can be held and cut */
async function desk(account: string, line: 'routed' | 'plain' = 'routed'): Promise<Desk> {
  const open: Desk = { ...(await openPage(browser, server, account)), hold: false, sockets: [] }
  if (line === 'routed')
    await open.page.routeWebSocket(/\/sync\//, (socket) => {
      const upstream = socket.connectToServer()
      open.sockets.push(socket)
      socket.onMessage((message) => {
        if (!open.hold) upstream.send(message)
      })
    })
  await open.page.goto(`${server.url}/bloc/${server.blocId}/covenant`)
  await open.page.waitForSelector('.page-text [data-id]')
  await expectSave(open.page, 'saved')
  return open
}
const expectSave = (page: Page, wanted: string) =>
  expect.poll(() => page.getAttribute('[data-save]', 'data-save')).toBe(wanted)

async function write(page: Page, words: string, into = clauseId): Promise<void> {
  await placeCaret(page, into)
  await page.keyboard.insertText(words)
}
async function askToSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
}
const signInForm = (page: Page) => page.getByLabel('Tài khoản', { exact: true })

test('[B39] a session that ends is asked for again, and unsent words go on without a reload', async () => {
  const { page, visitor, sockets, context, ...open } = await desk('stc.officer')
  void open
  await page.evaluate(() => {
    document.documentElement.dataset.loaded = 'once'
  })
  await visitor.call('DELETE', '/api/session')
  for (const socket of sockets) await socket.close({ code: 1012 })
  await write(page, ' Lời đang viết dở.')
  await signInForm(page).fill('stc.officer')
  await page.getByLabel('Mật khẩu').fill(server.platform.config.demoPassword)
  await page.getByLabel('Mật khẩu').press('Enter')
  await expect.poll(wordsOnServer).toContain('Lời đang viết dở.')
  await expectSave(page, 'saved')
  expect(await page.evaluate(() => document.documentElement.dataset.loaded)).toBe('once')
  await context.close()
})

test('[P04] nobody agrees to a clause with words of his own that the server does not have', async () => {
  const open = await desk('stc.head')
  const { page, context } = open
  open.hold = true
  await write(page, ' Câu chưa gửi.')
  await expect
    .poll(() => page.textContent('body'))
    .toContain('Khi hiện “Đã lưu” thì cho ý kiến được.')
  await expect.poll(() => page.locator(`[data-unsent="${clauseId}"]`).count()).toBe(1)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Nhất trí toàn văn bản…' }).first().click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Nhất trí toàn văn bản' })
  expect(await confirm.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  open.hold = false
  for (const socket of open.sockets) await socket.close({ code: 1012 })
  await expect.poll(wordsOnServer).toContain('Câu chưa gửi.')
  await expectSave(page, 'saved')
  await page.getByRole('button', { name: 'Nhất trí toàn văn bản…' }).first().click()
  await expect.poll(() => confirm.isDisabled()).toBe(false)
  await context.close()
})

test('[P04] words of a closed tab, whose clause a colleague has deleted meanwhile, are handed back to their author', async () => {
  const doomed = (await clauses()).find(({ text }) => text.includes('Phấn đấu 100%'))?.id ?? ''
  const open = await desk('snv.officer')
  open.hold = true
  await write(open.page, ' Xin giữ chỉ tiêu này.', doomed)
  // The mark says that the words have been on the device for a while.
  await expect.poll(() => open.page.locator(`[data-unsent="${doomed}"]`).count()).toBe(1)
  await open.page.close()
  const colleague = await server.signIn('vpub.officer')
  const deleted = await colleague.call(
    'POST',
    `/api/documents/${documentId}/clauses/${doomed}/delete`,
  )
  expect(deleted.status).toBe(204)
  const page = await open.context.newPage()
  await page.goto(`${server.url}/bloc/${server.blocId}/covenant`)
  await page.waitForSelector('.page-text [data-id]')
  const panel = page.getByText('Đoạn bạn gõ nằm trong điều khoản vừa bị gộp, chuyển hoặc xóa.')
  await panel.waitFor()
  await expect.poll(() => page.textContent('body')).toContain('Xin giữ chỉ tiêu này.')
  expect(await page.textContent('.page-text')).not.toContain('Xin giữ chỉ tiêu này.')
  await open.context.close()
})

test('signing out asks only where words are unsent, sends them, and leaves nothing on the device', async () => {
  const open = await desk('stc.officer')
  const { page, context } = open
  open.hold = true
  await write(page, ' Câu trước khi về.')
  await askToSignOut(page)
  const dialog = page.getByRole('dialog', { name: 'Còn lời văn chưa gửi' })
  await expect.poll(() => dialog.textContent()).toContain('Câu trước khi về.')
  expect(await violations(page)).toEqual([])
  open.hold = false
  for (const socket of open.sockets) await socket.close({ code: 1012 })
  await dialog.getByRole('button', { name: 'Gửi rồi đăng xuất' }).click()
  await signInForm(page).waitFor()
  expect(await wordsOnServer()).toContain('Câu trước khi về.')
  await context.close()
})

test('whoever signs out all the same deletes his words here', async () => {
  const open = await desk('stc.officer')
  const { page, context } = open
  open.hold = true
  await write(page, ' Câu bỏ đi.')
  await askToSignOut(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Xóa và đăng xuất' }).click()
  await signInForm(page).fill('stc.officer')
  open.hold = false
  await page.getByLabel('Mật khẩu').fill(server.platform.config.demoPassword)
  await page.getByLabel('Mật khẩu').press('Enter')
  await page.waitForSelector('.page-text [data-id]')
  await expectSave(page, 'saved')
  expect(await wordsOnServer()).not.toContain('Câu bỏ đi.')
  expect(await page.textContent(`[data-id="${clauseId}"]`)).not.toContain('Câu bỏ đi.')
  // With nothing unsent it does not ask.
  await askToSignOut(page)
  await signInForm(page).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  await context.close()
})

test('[P04] while the server’s disk is full the page says so, others go on reading, and it heals by itself', async () => {
  const writer = await desk('stc.officer', 'plain')
  const reader = await desk('snv.officer', 'plain')
  const run = <T>(statement: string) =>
    server.platform.database.write((tx) => sql.raw<T>(statement).execute(tx))
  // Pages that are free within the file would take the words all the same.
  const { rows } = await run<{ freelist_count: number }>('pragma freelist_count')
  await run('create table filler (bytes blob)')
  await run(`insert into filler values (zeroblob(${4096 * (rows[0]?.freelist_count ?? 0)}))`)
  // SQLite takes it for the size it has now.
  await run('pragma max_page_count = 1')
  onTestFinished(async () => void (await run('pragma max_page_count = 4294967294')))
  const words = `Đĩa đầy. ${'Thi đua là yêu nước. '.repeat(1_000)}`
  await write(writer.page, words)
  await expectSave(writer.page, 'unsaved')
  const banner = (page: Page) =>
    page.locator('[data-offline]').filter({ hasText: 'Máy chủ chưa ghi được' })
  await expect.poll(() => banner(writer.page).textContent()).toContain('đang giữ trên máy này')
  expect(await violations(writer.page)).toEqual([])
  expect(await wordsOnServer()).not.toContain('Đĩa đầy')
  await expectSave(reader.page, 'saved')
  expect(await reader.page.textContent('.page-text')).not.toContain('Đĩa đầy')
  await run('pragma max_page_count = 4294967294')
  await expectSave(writer.page, 'saved')
  await expect.poll(() => banner(writer.page).count()).toBe(0)
  expect(await wordsOnServer()).toContain('Đĩa đầy')
  await expect.poll(() => reader.page.textContent('.page-text')).toContain('Đĩa đầy')
  expect(writer.problems.concat(reader.problems)).toEqual([])
  await writer.context.close()
  await reader.context.close()
})

test('[B22] with several tabs and a forger among them nobody’s name changes, and the forger bears its own', async () => {
  const mine = await desk('stc.officer', 'plain')
  const tab = await desk('snv.officer', 'plain')
  const second = await tab.context.newPage()
  await second.goto(tab.page.url())
  await expectSave(second, 'saved')
  const carets = () => mine.page.locator('[data-caret] .caret-name').allTextContents()
  const faces = () =>
    mine.page
      .getByRole('list', { name: 'Đang ở đây' })
      .getByRole('button')
      .evaluateAll((list) => list.map((face) => (face as HTMLElement).title).sort())
  await placeCaret(tab.page, clauseId)
  await placeCaret(second, clauseId)
  await expect.poll(carets).toHaveLength(2)
  const [name = ''] = await carets()
  expect(name).toBe('Cán bộ đầu mối Sở Nội vụ · SNV')
  const clients = await mine.page
    .locator('[data-caret]')
    .evaluateAll((list) => list.map((caret) => Number((caret as HTMLElement).dataset.caret)))

  const { cookie } = await server.signIn('vpub.officer')
  const forger = await TestPeer.join(`${server.syncUrl}/${documentId}?client=77`, {
    headers: { cookie, origin: server.url },
  })
  const lie = {
    user: { id: 'x', name: 'Trưởng khối', agencyId: 'x', agency: 'X', color: '#000000' },
  }
  forger.sendPresence([
    ...clients.map((client): [number, number, unknown] => [client, 1_000, lie]),
    ...clients.map((client): [number, number, unknown] => [client, 1_001, null]),
    [77, 1, lie],
  ])
  // The forger's face is the proof that what it said about the others was heard too.
  await expect.poll(async () => (await faces()).length).toBe(2)
  expect(await carets()).toEqual([name, name])
  expect((await faces()).filter((face) => face === name)).toHaveLength(1)
  expect((await faces()).join()).not.toContain('Trưởng khối')
  forger.ws.terminate()
  await expect.poll(faces).toEqual([name])
  expect(mine.problems.concat(tab.problems)).toEqual([])
  await mine.context.close()
  await tab.context.close()
})

test('[B53] who signs in in another tab of the browser gets no words of the person before, and none go out under their name', async () => {
  const open = await desk('stc.officer')
  const { page, context } = open
  open.hold = true
  await write(page, ' Câu của người trước.')
  await expect.poll(() => page.locator(`[data-unsent="${clauseId}"]`).count()).toBe(1)
  // The cookie alone: nobody tells the page.
  const becomes = async (account: string) => {
    const [name, value] = (await server.signIn(account)).cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: server.url }])
  }
  await becomes('snv.officer')
  open.hold = false
  for (const socket of open.sockets) await socket.close({ code: 1012 })
  await page.getByRole('button', { name: 'Tài khoản của Cán bộ đầu mối Sở Nội vụ' }).waitFor()
  await page.waitForSelector('.page-text [data-id]')
  await expectSave(page, 'saved')
  expect(await page.textContent('body')).not.toContain('Câu của người trước.')
  expect(await wordsOnServer()).not.toContain('Câu của người trước.')

  await becomes('stc.officer')
  await page.reload()
  await expect.poll(wordsOnServer).toContain('Câu của người trước.')
  const rows = await server.platform.database.read
    .selectFrom('document_update')
    .innerJoin('account', 'account.id', 'document_update.account_id')
    .select(['bytes', 'account'])
    .execute()
  const authors = rows
    .filter(({ bytes }) => Buffer.from(bytes).includes('Câu của người trước.'))
    .map(({ account }) => account)
  expect(new Set(authors)).toEqual(new Set(['stc.officer']))
  await context.close()
})

test('whoever signs out in one tab is signed out in all, and no tab writes the deleted words back', async () => {
  const open = await desk('stc.officer')
  const { page: other, context } = open
  open.hold = true
  await write(other, ' Câu bỏ ở thẻ bên.')
  await expect.poll(() => other.locator(`[data-unsent="${clauseId}"]`).count()).toBe(1)
  const page = await context.newPage()
  await page.goto(other.url())
  await page.waitForSelector('.page-text [data-id]')
  await askToSignOut(page)
  const dialog = page.getByRole('dialog', { name: 'Còn lời văn chưa gửi' })
  await dialog.getByRole('button', { name: 'Xóa và đăng xuất' }).click()
  await signInForm(page).waitFor()
  await signInForm(other).waitFor()
  await other.goto('about:blank')
  await other.close()
  const left = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open('nhat-tri-unsent')
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const transaction = opening.result.transaction(['changes', 'tabs'])
            const keys = ['changes', 'tabs'].map((name) =>
              transaction.objectStore(name).getAllKeys(),
            )
            transaction.oncomplete = () => {
              opening.result.close()
              const onDisk = keys.flatMap(({ result }) => result)
              resolve(JSON.stringify([...onDisk, ...Object.keys(localStorage)]))
            }
          }
        }),
    )
  await expect.poll(left).not.toContain(documentId)
  await signInForm(page).fill('stc.officer')
  await page.getByLabel('Mật khẩu').fill(server.platform.config.demoPassword)
  await page.getByLabel('Mật khẩu').press('Enter')
  await page.waitForSelector('.page-text [data-id]')
  await expectSave(page, 'saved')
  expect(await page.textContent('body')).not.toContain('Câu bỏ ở thẻ bên.')
  expect(await wordsOnServer()).not.toContain('Câu bỏ ở thẻ bên.')
  await context.close()
})

test('[B53] a browser whose storage never answers keeps nobody from signing out, and says what it could not do', async () => {
  const { page, context } = await desk('stc.officer', 'plain')
  await page.addInitScript(() => {
    indexedDB.open = () => ({}) as IDBOpenDBRequest
  })
  await page.reload()
  await page.waitForSelector('.page-text [data-id]')
  await expectSave(page, 'saved')
  await askToSignOut(page)
  const dialog = page.getByRole('dialog', { name: 'Chưa hỏi được máy này' })
  await dialog.waitFor()
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Vẫn đăng xuất' }).click()
  await signInForm(page).waitFor()
  await page.getByText('chưa xóa được lời văn chưa gửi khỏi máy này').first().waitFor()
  await context.close()
})
