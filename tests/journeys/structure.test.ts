import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { type DocumentKind, end, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

const clausesOf = async (kind: DocumentKind) => {
  const visitor = await journey.server.signIn('bantdkt.observer')
  const { id } = await journey.server.documentOf(kind)
  const answer = await visitor.call<{ clauses: ClauseView[] }>(
    'GET',
    `/api/documents/${id}/clauses`,
  )
  return answer.body.clauses
}
const articlesOf = async (kind: DocumentKind) =>
  (await clausesOf(kind)).filter(({ level }) => level === 'article').map(({ id }) => id)
const caretIn = (page: Page) =>
  page.evaluate(() => {
    type Editing = HTMLElement & { editor: Editor }
    const { editor } = document.querySelector<Editing>('.page-text') ?? {}
    const { $head } = editor?.state.selection ?? {}
    return $head ? [$head.node(1).attrs.id, $head.parentOffset] : null
  })
const labels = (page: Page) =>
  page.$$eval('.clause', (list) => list.map((element) => element.getAttribute('data-label') ?? ''))
const menu = (page: Page) =>
  page.getByRole('toolbar').getByRole('button', { name: 'Điều khoản', exact: true })

const labelOf = (page: Page, id: string) => page.getAttribute(`[data-id="${id}"]`, 'data-label')

test('[P02] Alt+Shift+↓ and ↑ move an Điều with all under it, keep the caret in its place, and renumber every screen', async () => {
  const [first, second] = (await articlesOf('covenant')) as [string, string]
  const mine = await journey.desk('stc.officer')
  const theirs = await journey.desk('snv.officer')
  await placeCaret(mine.page, first, 'start')
  await mine.page.keyboard.press('ArrowRight')
  await mine.page.keyboard.press('ArrowRight')
  // Keys are read by the editor only some time later.
  await poll(() => caretIn(mine.page)).toEqual([first, 2])
  await mine.page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(async () => (await articlesOf('covenant')).slice(0, 2)).toEqual([second, first])
  for (const { page } of [theirs, mine]) await poll(() => labelOf(page, first)).toBe('Điều 2.')
  await poll(() => caretIn(mine.page)).toEqual([first, 2])
  await mine.page.keyboard.press('Alt+Shift+ArrowUp')
  await poll(async () => (await articlesOf('covenant')).slice(0, 2)).toEqual([first, second])
  for (const { page } of [theirs, mine]) await poll(() => labelOf(page, first)).toBe('Điều 1.')
  await poll(() => caretIn(mine.page)).toEqual([first, 2])
  expect((await labels(theirs.page)).filter((one) => one.startsWith('Điều'))).toEqual(
    await mine.page.$$eval('[data-level=article]', (all) => all.map((_, n) => `Điều ${n + 1}.`)),
  )
  // Above the first there is no place: that is said, and nothing is done.
  await mine.page.keyboard.press('Alt+Shift+ArrowUp')
  await mine.page.getByText('Phía trên không có chỗ nào khác').first().waitFor()
  await end(mine, theirs)
})

test('[P04] a key that would take a clause from under somebody asks first', async () => {
  const before = await clausesOf('covenant')
  const at = before.findIndex(
    ({ level }, n) => level === 'paragraph' && before[n - 1]?.level === 'paragraph',
  )
  const [above, going] = [before[at - 1], before[at]] as [ClauseView, ClauseView]
  const mine = await journey.desk('stc.officer')
  const theirs = await journey.desk('snv.officer')
  await placeCaret(theirs.page, going.id)
  await mine.page.waitForSelector(`[data-id="${going.id}"] .caret`, { state: 'attached' })
  await placeCaret(mine.page, going.id, 'start')
  await mine.page.keyboard.press('Alt+Shift+ArrowDown')
  const dialog = mine.page.getByRole('dialog')
  await dialog.getByText(/Sở Nội vụ đang ở trong phần này/).waitFor()
  await shot(mine.page, 'move-asks')
  expect(await violations(mine.page)).toEqual([])
  await mine.page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await placeCaret(mine.page, above.id, 'end')
  await mine.page.keyboard.press('Delete')
  await dialog.getByText('Gộp vào điều khoản trên?').waitFor()
  expect((await clausesOf('covenant')).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  await dialog.getByRole('button', { name: 'Gộp', exact: true }).click()
  await poll(
    async () => (await clausesOf('covenant')).find(({ id }) => id === above.id)?.text,
  ).toBe(`${above.text} ${going.text}`)
  await end(mine, theirs)
})

test('[P02] a clause is doubled from the menu, with all under it and ids of its own; undo takes it back', async () => {
  const before = await clausesOf('regulation')
  const article = before.find(
    ({ id, level }) => level === 'article' && before.some(({ parentId }) => parentId === id),
  ) as ClauseView
  const own = before.filter(({ parentId }) => parentId === article.id)
  const { page, ...open } = await journey.desk('stc.officer', { kind: 'regulation' })
  await placeCaret(page, article.id)
  await menu(page).press('Enter')
  await shot(page, 'clause-menu')
  await page.getByRole('menuitem', { name: 'Nhân đôi' }).press('Enter')
  await poll(
    async () => (await clausesOf('regulation')).filter(({ text }) => text === article.text).length,
  ).toBe(2)
  const after = await clausesOf('regulation')
  expect(new Set(after.map(({ id }) => id)).size).toBe(after.length)
  expect(after.length).toBeGreaterThan(before.length + own.length)
  await poll(async () => (await caretIn(page))?.[0]).toBe(
    after.filter(({ text }) => text === article.text)[1]?.id,
  )
  await page.keyboard.press('Control+z')
  await poll(async () => (await clausesOf('regulation')).map(({ id }) => id)).toEqual(
    before.map(({ id }) => id),
  )
  await end(open)
})

test('[P02] cut in one document and pasted into another, clauses keep level and words and get new ids', async () => {
  const from = (await clausesOf('regulation'))
    .filter(({ level }) => level === 'paragraph')
    .slice(0, 1) as [ClauseView]
  const { page, context, ...open } = await journey.desk('stc.officer', { kind: 'regulation' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((id) => {
    type Editing = HTMLElement & { editor: Editor }
    const { editor } = document.querySelector<Editing>('.page-text') ?? {}
    editor?.state.doc.forEach((node, pos, index) => {
      const next = editor.state.doc.maybeChild(index + 1)
      if (node.attrs.id !== id || !next) return
      editor.view.focus()
      editor.commands.setTextSelection({
        from: pos + 1,
        to: pos + node.nodeSize + next.nodeSize - 1,
      })
    })
  }, from[0].id)
  const pair = await clausesOf('regulation')
  const at = pair.findIndex(({ id }) => id === from[0].id)
  const [one, two] = pair.slice(at, at + 2) as [ClauseView, ClauseView]
  await page.keyboard.press('Control+x')
  await poll(async () => (await clausesOf('regulation')).some(({ id }) => id === two.id)).toBe(
    false,
  )
  await page.goto(`${journey.server.url}/bloc/${journey.server.blocId}/plan`)
  await page.waitForSelector('.page-text [data-id]')
  await poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
  const last = (await clausesOf('plan')).at(-1) as ClauseView
  await placeCaret(page, last.id, 'end')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+v')
  await poll(async () => (await clausesOf('plan')).slice(-2).map(({ text }) => text)).toEqual([
    one.text,
    two.text,
  ])
  const pasted = (await clausesOf('plan')).slice(-1) as [ClauseView]
  expect(pasted[0].level).toBe(two.level)
  expect(pair.map(({ id }) => id)).not.toContain(pasted[0].id)
  await end({ context, ...open })
})

test('a link to a clause is copied, and leads there: scrolled to, marked on the page and in the outline', async () => {
  const target = (await clausesOf('regulation'))
    .filter(({ level }) => level === 'article')
    .at(-2) as ClauseView
  const mine = await journey.desk('stc.officer', { kind: 'regulation' })
  await mine.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await placeCaret(mine.page, target.id)
  await menu(mine.page).press('Enter')
  await mine.page.getByRole('menuitem', { name: 'Chép liên kết' }).press('Enter')
  await mine.page.getByText('Đã chép liên kết.').first().waitFor()
  const link = await mine.page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(`${journey.server.url}/bloc/${journey.server.blocId}/regulation#${target.id}`)
  const theirs = await journey.desk('snv.officer', { kind: 'regulation', hash: `#${target.id}` })
  const isOnTop = (page: Page, id: string) =>
    page.$eval(`[data-id="${id}"]`, (element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return top > 0 && bottom < window.innerHeight
    })
  await poll(() => isOnTop(theirs.page, target.id)).toBe(true)
  await poll(() =>
    theirs.page.getAttribute('[role=treeitem][aria-selected=true]', 'data-item'),
  ).toBe(target.id)
  await shot(theirs.page, 'link')
  // The same page follows another link, and says when a link leads nowhere.
  const [first] = await articlesOf('regulation')
  await theirs.page.evaluate((id) => {
    location.hash = id
  }, first ?? '')
  await poll(() => isOnTop(theirs.page, first ?? '')).toBe(true)
  await theirs.page.evaluate(() => {
    location.hash = 'khongco'
  })
  await theirs.page.getByText('không còn trong văn bản').first().waitFor()
  await end(mine, theirs)
})

test('[UX-03] the outline is walked by keys, follows the scroll, and moves what is chosen there', async () => {
  const mine = await journey.desk('stc.officer', { kind: 'regulation' })
  const { page } = mine
  const [first, second] = (await articlesOf('regulation')) as [string, string]
  const item = (id: string) => page.locator(`[data-item="${id}"]`)
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.item)
  // In the middle of the item, where its buttons come to lie once it is chosen.
  await item(first).dblclick()
  await poll(() => item(first).getAttribute('aria-selected')).toBe('true')
  expect(await page.getByText('Đã chuyển xuống.').count()).toBe(0)
  await page.keyboard.press('End')
  const last = await focused()
  await page.keyboard.press('Home')
  expect(await focused()).not.toBe(last)
  await item(first).focus()
  await page.keyboard.press('Enter')
  await poll(() => item(first).getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('ArrowLeft')
  expect(await item(first).getAttribute('aria-expanded')).toBe('false')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(async () => (await articlesOf('regulation')).slice(0, 2)).toEqual([second, first])
  await poll(focused).toBe(first)
  await shot(page, 'outline-moved')
  expect(await violations(page)).toEqual([])
  await item(first).hover()
  await item(first)
    .getByRole('button', { name: /^Chuyển lên/ })
    .click()
  await poll(async () => (await articlesOf('regulation')).slice(0, 2)).toEqual([first, second])
  // A wheel turned by hand: the outline shows what is read, not where the caret was left.
  await page.mouse.move(720, 500)
  await page.mouse.wheel(0, 3000)
  await poll(() => item(first).getAttribute('aria-selected')).toBe('false')
  const heightOfShown = () =>
    page.evaluate(() => {
      const shown = document.querySelector<HTMLElement>('[role=treeitem][aria-selected=true]')
      const clause = document.querySelector(`.page-text [data-id="${shown?.dataset.item}"]`)
      return clause?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY
    })
  await poll(heightOfShown).toBeLessThan(130)
  await end(mine)
})

test('[P02] an odd structure is named calmly at its clause, in the outline and in the status, and stops nobody', async () => {
  const mine = await journey.desk('stc.officer', { kind: 'plan' })
  const { page } = mine
  expect(await page.$('[data-odd]')).toBeNull()
  const section = (await clausesOf('plan')).find(({ level }) => level === 'section') as ClauseView
  await placeCaret(page, section.id)
  await page.keyboard.press('Enter')
  await page.keyboard.type('b) điểm lẻ')
  await page.getByText('1 chỗ nên xem lại bố cục').waitFor()
  await shot(page, 'odd-1440')
  const mark = page.locator('[data-odd]')
  expect(await mark.getAttribute('title')).toBe('Điểm này chưa thuộc khoản nào.')
  await page.getByRole('tree').getByText('Điểm này chưa thuộc khoản nào.').waitFor()
  await page.keyboard.type(' gõ tiếp')
  await poll(async () =>
    (await clausesOf('plan')).some(({ text }) => text === 'điểm lẻ gõ tiếp'),
  ).toBe(true)
  await shot(page, 'odd-1440')
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  await page.waitForSelector('[data-odd]')
  await shot(page, 'odd-360')
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.keyboard.press('Shift+Tab')
  await mark.waitFor({ state: 'detached' })
  await end(mine)
})
