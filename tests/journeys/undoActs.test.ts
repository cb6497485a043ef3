import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { OpenPage } from '../support/browser.ts'
import { end, poll, startJourney } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()
let mine: OpenPage
let theirs: OpenPage
let id: string

const clauses = async () => {
  const path = `/api/documents/${id}/clauses`
  return (await theirs.visitor.call<{ clauses: ClauseView[] }>('GET', path)).body.clauses
}
const shown = async () => (await clauses()).map(({ id, level, text }) => [id, level, text])
const articles = async () =>
  (await clauses()).filter(({ level }) => level === 'article').map(({ id }) => id)
const textOf = async (id: string) => (await clauses()).find((one) => one.id === id)?.text
const caretIn = (page: Page) =>
  page.evaluate(() => {
    type Editing = HTMLElement & { editor: Editor }
    const { editor } = document.querySelector<Editing>('.page-text') ?? {}
    const { $head } = editor?.state.selection ?? {}
    return $head ? $head.node(1).attrs.id : null
  })
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(name) })

test('[UX-61] typed, moved, typed: Ctrl+Z goes back in that order, also after a look at another tab, and Ctrl+Y forth again', async () => {
  // For all tests of this file.
  mine = await journey.desk('stc.officer')
  theirs = await journey.desk('snv.officer')
  id = (await journey.server.documentOf('covenant')).id
  const { page } = mine
  const before = await shown()
  const [first, second] = (await articles()) as [string, string]
  const title = String(await textOf(first))
  await placeCaret(page, first, 'end')
  await page.keyboard.insertText(' trước')
  await poll(() => textOf(first)).toBe(`${title} trước`)
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(async () => (await articles()).slice(0, 2)).toEqual([second, first])
  await poll(() => caretIn(page)).toBe(first)
  await placeCaret(page, first, 'end')
  await page.keyboard.insertText(' sau')
  await poll(() => textOf(first)).toBe(`${title} trước sau`)
  const done = await shown()

  await tab(page, 'Kế hoạch').click()
  await poll(() => page.locator('.page-text:visible [data-id]').count()).toBeGreaterThan(0)
  await tab(page, 'Giao ước').click()
  await page.locator(`[data-id="${first}"]:visible`).waitFor()
  await placeCaret(page, first, 'end')
  await page.keyboard.press('Control+z')
  await poll(() => textOf(first)).toBe(`${title} trước`)
  expect((await articles()).slice(0, 2)).toEqual([second, first])
  await page.keyboard.press('Control+z')
  await poll(async () => (await articles()).slice(0, 2)).toEqual([first, second])
  expect(await textOf(first)).toBe(`${title} trước`)
  await page.keyboard.press('Control+z')
  await poll(shown).toEqual(before)
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+y')
  await poll(shown).toEqual(done)
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+z')
  await poll(shown).toEqual(before)
})

test('[P04] what can no longer be undone is said so, nothing changes, and the step before is next', async () => {
  const { page } = mine
  const [first, second] = (await articles()) as [string, string]
  const title = String(await textOf(second))
  await placeCaret(page, second, 'end')
  await page.keyboard.insertText(' còn')
  await poll(() => textOf(second)).toBe(`${title} còn`)
  await placeCaret(page, first, 'end')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(async () => (await articles()).slice(0, 2)).toEqual([second, first])
  // A colleague moves it on, and back to where it was.
  await placeCaret(theirs.page, first, 'start')
  await poll(() => caretIn(theirs.page)).toBe(first)
  await theirs.page.locator(`[data-id="${first}"] .caret`).waitFor({ state: 'attached' })
  await theirs.page.keyboard.press('Alt+Shift+ArrowUp')
  const asked = theirs.page.getByRole('dialog')
  await asked.getByRole('button', { name: 'Chuyển lên' }).click()
  await asked.waitFor({ state: 'detached' })
  await poll(async () => (await articles()).slice(0, 2)).toEqual([first, second])
  // The dialog has given the focus back, and the caret has gone with the clause.
  await poll(() => caretIn(theirs.page)).toBe(first)
  await placeCaret(theirs.page, second, 'start')
  await poll(() => caretIn(theirs.page)).toBe(second)
  const before = await shown()
  await page.locator(`[data-id="${second}"] .caret`).waitFor({ state: 'attached' })
  await placeCaret(page, first, 'end')
  await page.keyboard.press('Control+z')
  await page.getByText('Không hoàn tác được nữa').first().waitFor()
  expect(await shown()).toEqual(before)
  await page.keyboard.press('Control+z')
  await poll(() => textOf(second)).toBe(title)
})

test('[P04] a deleted clause comes back with its words and id; undo asks first where somebody is writing', async () => {
  const { page } = mine
  const before = await shown()
  const [first] = (await articles()) as [string]
  await placeCaret(page, first, 'end')
  await placeCaret(theirs.page, (await clauses()).at(-1)?.id ?? '', 'end')
  await poll(() => page.locator(`[data-id="${first}"] .caret`).count()).toBe(0)
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(async () => (await articles())[1]).toBe(first)
  await placeCaret(theirs.page, first, 'end')
  await page.locator(`[data-id="${first}"] .caret`).waitFor({ state: 'attached' })
  await page.keyboard.press('Control+z')
  const asked = page.getByRole('dialog')
  await asked.getByText(/Sở Nội vụ đang ở trong phần này/).waitFor()
  await asked.getByRole('button', { name: 'Hoàn tác' }).click()
  await poll(shown).toEqual(before)
  // The act that could not be undone.
  const isConflict = (problem: string) => problem.includes('409 (Conflict)')
  expect(mine.problems.filter(isConflict)).toHaveLength(1)
  await end({ ...mine, problems: mine.problems.filter((one) => !isConflict(one)) }, theirs)
})
