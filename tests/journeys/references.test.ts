import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { OpenPage } from '../support/browser.ts'
import { type DocumentKind, end, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

let mine: OpenPage | undefined
let theirs: OpenPage | undefined
let articles: ClauseView[] | undefined
/** One pair of pages for all: a desk takes longer to open than most of these to run. */
async function both(): Promise<{ mine: OpenPage; theirs: OpenPage; page: Page }> {
  mine ??= await journey.desk('stc.officer')
  theirs ??= await journey.desk('snv.officer')
  await mine.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  articles ??= (await clausesOf('covenant')).filter(({ level }) => level === 'article')
  return { mine, theirs, page: mine.page }
}
afterAll(async () => {
  if (mine && theirs) await end(mine, theirs)
})

async function clausesOf(kind: DocumentKind): Promise<ClauseView[]> {
  const { id } = await journey.server.documentOf(kind)
  const place = `/api/documents/${id}/clauses`
  const visitor = mine?.visitor ?? (await journey.server.signIn('stc.officer'))
  return (await visitor.call<{ clauses: ClauseView[] }>('GET', place)).body.clauses
}
const textOnServer = async (id: string, kind: DocumentKind = 'covenant') =>
  (await clausesOf(kind)).find((clause) => clause.id === id)?.text
/** By the numbers at the beginning. */
const articleAt = (index: number) => articles?.[index - 1] as ClauseView

const picker = (page: Page) => page.getByRole('listbox', { name: 'Điều khoản để dẫn chiếu' })
const current = (page: Page) => picker(page).locator('[aria-selected="true"] b').textContent()
const references = (page: Page, id: string) =>
  page.$$eval(`.page-text [data-id="${id}"] .reference`, (all) =>
    all.map((one) => (one as HTMLElement).dataset.label),
  )
/** What stands in a clause, references as `[…]`. */
const shown = (page: Page, id: string) =>
  page.locator(`.page-text [data-id="${id}"]`).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const caret of copy.querySelectorAll('.caret')) caret.remove()
    for (const one of copy.querySelectorAll<HTMLElement>('.reference'))
      one.textContent = `[${one.dataset.label}]`
    return (copy.textContent ?? '').replaceAll('\u2060', '')
  })
/** Types ` @…` at the end of a clause and chooses the first. */
async function refer(page: Page, id: string, words: string): Promise<void> {
  await placeCaret(page, id)
  await page.keyboard.type(` @${words}`)
  await picker(page).waitFor()
  await page.keyboard.press('Enter')
  await picker(page).waitFor({ state: 'detached' })
}

test('[B21] [P02] @dieu opens the list; the reference replaces just these words, whatever comes above meanwhile', async () => {
  const { mine, theirs, page } = await both()
  const [first, second] = [articleAt(1), articleAt(2)]
  const khoan = (await clausesOf('covenant')).find(({ parentId }) => parentId === first.id)
  await placeCaret(page, second.id)
  await page.keyboard.type(' theo @dieu 3')
  await picker(page).waitFor()
  expect(await current(page)).toBe('Điều 3')
  const option = () => page.locator('.page-text').getAttribute('aria-activedescendant').then(String)
  expect(await page.locator(`[id="${await option()}"]`).getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('ArrowDown')
  await poll(() => current(page)).not.toBe('Điều 3')
  await page.keyboard.press('ArrowUp')
  await poll(() => current(page)).toBe('Điều 3')
  await shot(page, 'reference-picker-1440')
  expect(await violations(page)).toEqual([])

  const blocks = () => page.$$eval('.page-text > [data-id]', (all) => all.length)
  const before = await blocks()
  await placeCaret(theirs.page, khoan?.id ?? '', 'start')
  await theirs.page.keyboard.press('Enter')
  await poll(blocks).toBe(before + 1)
  await page.keyboard.press('Tab')
  await poll(() => shown(page, second.id)).toBe(`${second.text} theo [Điều 3]`)
  await page.keyboard.press('Control+z')
  await poll(() => shown(page, second.id)).toBe(`${second.text} theo @dieu 3`)
  await picker(page).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('.')
  await poll(() => textOnServer(second.id)).toBe(`${second.text} theo Điều 3.`)

  // A number that changes is another label for everybody, and back.
  await placeCaret(theirs.page, first.id, 'start')
  await theirs.page.keyboard.press('Enter')
  for (const open of [mine, theirs])
    await poll(() => shown(open.page, second.id)).toBe(`${second.text} theo [Điều 4].`)
  await shot(page, 'reference-1440')
  await theirs.page.keyboard.press('Control+z')
  for (const open of [mine, theirs])
    await poll(() => shown(open.page, second.id)).toBe(`${second.text} theo [Điều 3].`)
  expect(await violations(page)).toEqual([])
})

const caretIn = (page: Page) =>
  page.evaluate(() =>
    window.getSelection()?.anchorNode?.parentElement?.closest('[data-id]')?.getAttribute('data-id'),
  )

test('[P07] the caret passes a reference in one step, Backspace takes it whole, Alt+Enter goes there', async () => {
  const { theirs, page } = await both()
  const { id, text } = articleAt(4)
  await refer(page, id, 'dieu 5')
  await page.keyboard.type('.')
  await poll(() => shown(page, id)).toBe(`${text} [Điều 5].`)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('x')
  await poll(() => shown(page, id)).toBe(`${text} x[Điều 5].`)
  await page.keyboard.press('Alt+Enter')
  await poll(() => caretIn(page)).toBe(articleAt(5).id)
  await placeCaret(page, id)
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await poll(() => shown(theirs.page, id)).toBe(`${text} x`)
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await poll(() => textOnServer(id)).toBe(text)
})

test('[B10] composed letter by letter, with others writing in the line, it is found and put in once', async () => {
  const { mine, theirs, page } = await both()
  const { id, text } = articleAt(5)
  await placeCaret(page, id)
  await page.keyboard.type(' @')
  const cdp = await mine.context.newCDPSession(page)
  const compose = (word: string) =>
    cdp.send('Input.imeSetComposition', {
      text: word,
      selectionStart: word.length,
      selectionEnd: word.length,
    })
  await placeCaret(theirs.page, id, 'start')
  for (const word of ['d', 'di', 'die', 'diê', 'diều', 'điều']) {
    await compose(word)
    await theirs.page.keyboard.type('n')
    await poll(() => shown(page, id)).toContain(`@${word}`)
  }
  await cdp.send('Input.insertText', { text: 'điều' })
  await picker(page).waitFor()
  await page.keyboard.press('Escape')
  await picker(page).waitFor({ state: 'detached' })
  await poll(() => shown(page, id)).toBe(`nnnnnn${text} @điều`)
  await page.keyboard.type(' 2')
  await poll(() => shown(page, id)).toBe(`nnnnnn${text} @điều 2`)
  expect(await picker(page).count()).toBe(0)
  for (let i = 0; i < '@điều 2'.length; i += 1) await page.keyboard.press('Backspace')
  await page.keyboard.type('@')
  await compose('điều')
  await picker(page).waitFor()
  // By hand, while the syllable is not finished.
  await picker(page)
    .getByRole('option')
    .filter({ hasText: /^Điều 4/ })
    .first()
    .click()
  await poll(() => shown(page, id)).toBe(`nnnnnn${text} [Điều 4]`)
  await poll(() => textOnServer(id)).toBe(`nnnnnn${text} Điều 4`)
})

test('[P02] before a clause goes that others refer to, it says where; then the mark is broken', async () => {
  const { mine, theirs, page } = await both()
  const [first, third, fourth] = [1, 3, 4].map(articleAt) as [ClauseView, ClauseView, ClauseView]
  await refer(page, first.id, 'dieu 3')
  await refer(page, fourth.id, 'dieu 3')
  await poll(() => textOnServer(fourth.id)).toBe(`${fourth.text} Điều 3`)
  await placeCaret(page, third.id)
  await page.getByRole('button', { name: 'Điều khoản', exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Xóa…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/nơi dẫn chiếu đến điều khoản này:/).waitFor()
  expect(await dialog.getByRole('listitem').allTextContents()).toEqual(
    expect.arrayContaining(['Điều 1', 'Điều 4']),
  )
  // Who has been still for a while is shown faded, which is too faint for axe.
  await placeCaret(theirs.page, first.id)
  await theirs.page.keyboard.press('ArrowLeft')
  await poll(() => page.locator('[class*="idle"]').count()).toBe(0)
  await shot(page, 'reference-delete-1440')
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Xóa', exact: true }).click()
  for (const open of [mine, theirs])
    await open.page.locator(`[data-id="${first.id}"] .reference-broken`).waitFor()
  await poll(() => textOnServer(first.id)).toBe(`${first.text} {{Điều 3}}`)
  await page.locator('.reference-broken').first().scrollIntoViewIfNeeded()
  await shot(page, 'reference-broken-1440')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.locator('.reference-broken').first().scrollIntoViewIfNeeded()
  await shot(page, 'reference-broken-360')
  await placeCaret(page, first.id)
  await page.keyboard.type(' @khoan')
  await picker(page).waitFor()
  await shot(page, 'reference-picker-360')
  await page.keyboard.press('Escape')
  for (let i = 0; i < ' @khoan'.length; i += 1) await page.keyboard.press('Backspace')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('[P02] copied, it is words for other programs and a reference for ours, in another document too', async () => {
  const { page } = await both()
  const { id } = articleAt(2)
  const target = articleAt(1)
  const before = await textOnServer(id)
  await refer(page, id, 'dieu 1')
  const copied = `${before} Điều 1`
  await poll(() => textOnServer(id)).toBe(copied)
  await placeCaret(page, id, 'all')
  await page.keyboard.press('Control+c')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(copied)

  await page.getByRole('tab', { name: /^Quy chế/ }).click()
  const panel = page.locator('[role="tabpanel"]:not([hidden])')
  const place = (await clausesOf('regulation')).find(({ label }) => label === 'Điều 2')
  await panel.locator(`[data-id="${place?.id}"]`).click()
  await page.keyboard.press('End')
  await page.keyboard.press('Control+v')
  const words = 'Điều 1 Bản giao ước thi đua'
  await poll(() => textOnServer(place?.id ?? '', 'regulation')).toContain(words)
  await poll(() => references(page, place?.id ?? '')).toContain(words)
  await shot(page, 'reference-other-1440')
  // Ctrl and a click leads to the other tab, to the clause itself.
  const box = await panel
    .locator('.reference')
    .last()
    .evaluate((label) => label.getClientRects()[0]?.toJSON() as { x: number; y: number })
  await page.keyboard.down('Control')
  await page.mouse.click(box.x + 10, box.y + 4)
  await page.keyboard.up('Control')
  await poll(() => page.url()).toContain(`/covenant#${target.id}`)
  await page.getByRole('tab', { name: /^Giao ước/, selected: true }).waitFor()
})

test('[P02] who only reads goes there with a click, or with Tab and Enter', async () => {
  await both()
  const [second, target] = [articleAt(2), articleAt(1)]
  const open = await journey.desk('bantdkt.observer', { size: { width: 360, height: 740 } })
  const { page } = open
  const label = page.locator(`[data-id="${second.id}"] .reference`).last()
  await label.scrollIntoViewIfNeeded()
  await shot(page, 'reference-360')
  await poll(() => label.getAttribute('data-label')).toBe('Điều 1')
  const top = () =>
    page
      .locator(`.page-text [data-id="${target.id}"]`)
      .evaluate((one) => one.getBoundingClientRect().top)
  const lead = async (go: () => Promise<void>) => {
    await page.locator('[data-scroller]').evaluate((scroller) => scroller.scrollTo(0, 99_999))
    await label.scrollIntoViewIfNeeded()
    await go()
    await poll(async () => (await top()) > 90 && (await top()) < 260).toBe(true)
  }
  await lead(() => label.click({ position: { x: 4, y: 4 } }))
  await label.focus()
  await lead(() => page.keyboard.press('Enter'))
  expect(await violations(page)).toEqual([])
  await end(open)
})
