import type { Editor } from '@tiptap/core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveBuiltClient } from '../../server/serveClient.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { launchBrowser, type OpenPage, openPage } from '../support/browser.ts'
import { violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { startTestServer, type TestServer } from '../support/testServer.ts'

let server: TestServer
let browser: Browser
let documentId: string
beforeAll(async () => {
  server = await startTestServer({ serveClient: serveBuiltClient })
  browser = await launchBrowser()
  documentId = (await server.documentOf('covenant')).id
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function desk(account: string): Promise<OpenPage> {
  const open = await openPage(browser, server, account)
  await open.page.goto(`${server.url}/bloc/${server.blocId}/covenant`)
  await open.page.waitForSelector('.page-text [data-id]')
  return open
}

const clauses = async () => {
  const visitor = await server.signIn('bantdkt.observer')
  const answer = await visitor.call<{ clauses: ClauseView[] }>(
    'GET',
    `/api/documents/${documentId}/clauses`,
  )
  return answer.body.clauses
}

const passages = async (account: string) => {
  const visitor = await server.signIn(account)
  const answer = await visitor.call<{ swallowed: { text: string }[] }>(
    'GET',
    `/api/documents/${documentId}/swallowed`,
  )
  return answer.body.swallowed.map((one) => one.text)
}

const saveState = (page: Page) => page.getAttribute('[data-save]', 'data-save')
const text = (page: Page) => page.textContent('.page-text')
const menu = (page: Page) =>
  page.getByRole('toolbar').getByRole('button', { name: 'Điều khoản', exact: true })

test('[P04] words typed offline into a clause that a colleague deletes come back, and one click puts them into the text', async () => {
  const before = await clauses()
  const clause = before.find((one) => one.text.includes('Phấn đấu 100%')) as ClauseView
  const words = 'Đề nghị giữ nguyên chỉ tiêu này.'
  const mine = await desk('stc.officer')
  const theirs = await desk('vpub.officer')

  // Who is in the clause is said before anything is done to it.
  await placeCaret(mine.page, clause.id)
  await placeCaret(theirs.page, clause.id)
  await theirs.page.waitForSelector(`[data-id="${clause.id}"] .caret`, { state: 'attached' })
  await menu(theirs.page).press('Enter')
  const inside = theirs.page.getByRole('menu').getByText(/Sở Tài chính đang ở trong phần này/)
  await inside.waitFor()
  await theirs.page.keyboard.press('Escape')

  await mine.context.setOffline(true)
  await expect.poll(() => saveState(mine.page)).toBe('offline')
  await placeCaret(mine.page, clause.id)
  await mine.page.keyboard.insertText(` ${words}`)
  await expect.poll(() => text(mine.page)).toContain(words)

  await placeCaret(theirs.page, clause.id)
  await menu(theirs.page).press('Enter')
  await theirs.page.getByRole('menuitem', { name: 'Xóa…' }).press('Enter')
  const dialog = theirs.page.getByRole('dialog')
  expect(await dialog.textContent()).toContain('Phấn đấu 100%')
  await dialog.getByRole('button', { name: 'Xóa', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(async () => (await clauses()).length).toBe(before.length - 1)

  await mine.context.setOffline(false)
  const panel = mine.page.getByRole('region', { name: /^Đoạn bạn gõ nằm trong/ })
  await panel.getByText(words).waitFor()
  await expect.poll(() => text(mine.page)).not.toContain(words)
  expect(await violations(mine.page)).toEqual([])

  // It is kept by the server, not by this page, until the server has what was put back.
  const held: (string | Buffer)[] = []
  let release = () => {}
  let hold = false
  await mine.page.routeWebSocket(/\/sync\//, (socket) => {
    const upstream = socket.connectToServer()
    socket.onMessage((message) => {
      if (hold) held.push(message)
      else upstream.send(message)
    })
    release = () => {
      hold = false
      for (const message of held.splice(0)) upstream.send(message)
    }
  })
  await mine.page.reload()
  await panel.getByText(words).waitFor()
  await mine.page.waitForSelector('.page-text [data-id]')
  await expect.poll(() => saveState(mine.page)).toBe('saved')
  hold = true
  await panel.getByRole('button', { name: 'Chèn lại' }).click()
  await panel.getByText('Đã chèn, đang chờ máy chủ lưu…').waitFor()
  await expect.poll(() => text(mine.page)).toContain(words)
  expect(await passages('stc.officer')).toEqual([words])
  release()
  await panel.waitFor({ state: 'hidden' })
  await expect.poll(() => passages('stc.officer')).toEqual([])
  await expect.poll(() => text(theirs.page)).toContain(words)
  const after = await clauses()
  const at = before.findIndex(({ id }) => id === clause.id)
  expect(after[at]).toMatchObject({ text: words, level: 'text' })
  expect(after[at - 1]?.id).toBe(before[at - 1]?.id)
  await mine.page.reload()
  await mine.page.waitForSelector('.page-text [data-id]')
  await expect.poll(() => saveState(mine.page)).toBe('saved')
  expect(await panel.count()).toBe(0)

  expect(theirs.problems).toEqual([])
  await mine.context.close()
  await theirs.context.close()
})

test('an Điều is moved down from the keyboard with all under it, and the caret goes with it', async () => {
  const before = await clauses()
  const articles = before.filter(({ level }) => level === 'article')
  const [first, second] = articles as [ClauseView, ClauseView]
  const open = await desk('vpub.officer')
  const { page } = open
  await expect.poll(() => saveState(page)).toBe('saved')
  await placeCaret(page, first.id)
  await menu(page).press('Enter')
  await page.getByRole('menuitem', { name: 'Chuyển xuống' }).press('Enter')
  await expect
    .poll(async () => (await clauses()).filter(({ level }) => level === 'article')[0]?.id)
    .toBe(second.id)
  const order = (await clauses()).map(({ id }) => id)
  const own = before.filter(({ parentId }) => parentId === first.id).map(({ id }) => id)
  expect(own.length).toBeGreaterThan(0)
  expect(order.slice(order.indexOf(first.id) + 1)[0]).toBe(own[0])
  await expect
    .poll(() =>
      page.evaluate(() => {
        type Editing = HTMLElement & { editor: Editor }
        const { editor } = document.querySelector<Editing>('.page-text') ?? {}
        return editor?.isFocused && editor.state.selection.$head.node(1).attrs.id
      }),
    )
    .toBe(first.id)
  expect(open.problems).toEqual([])
  await open.context.close()
})
