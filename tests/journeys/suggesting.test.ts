import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { allAgree, crowd } from '../server/support/people.ts'
import type { OpenPage } from '../support/browser.ts'
import { said } from '../support/deskKeys.ts'
import { editAnyway } from '../support/editAnyway.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

const place = async () => `/api/documents/${(await journey.server.documentOf('covenant')).id}`
type Text = { clauses: ClauseView[]; contentHash: string }
const textOf = async ({ visitor }: Pick<OpenPage, 'visitor'>) =>
  (await visitor.call<Text>('GET', `${await place()}/clauses`)).body
const open = async ({ visitor }: Pick<OpenPage, 'visitor'>) =>
  (
    await visitor.call<{ proposals: ProposalView[] }>('GET', `${await place()}/proposals`)
  ).body.proposals.filter(({ status }) => status === 'open')
const bar = (page: Page) => page.getByRole('region', { name: 'Bản nháp đề nghị' })
const drafted = (page: Page) => bar(page).getAttribute('data-drafts')
const send = (page: Page) => bar(page).getByRole('button', { name: 'Gửi đề nghị' }).click()
const suggest = async ({ page }: OpenPage) => {
  await page.keyboard.press('Control+Alt+Shift+x')
  await bar(page).waitFor()
  await page.waitForSelector('.page-text [data-id]')
}
const card = (page: Page, { id }: ProposalView) => page.locator(`[data-proposal="${id}"]`)
const points = ({ clauses }: Text) => clauses.filter(({ level }) => level === 'point')
const inClause = (page: Page, { id }: ClauseView, what: string) =>
  page.locator(`.page-text [data-id="${id}"] ${what}`)

test('[UX-30][P11] typed in Suggesting it is a draft that nobody else sees, kept over reload, then one proposal per clause', async () => {
  const author = await journey.desk('stc.officer')
  const lead = await journey.desk('vpdbqh.head')
  const other = await journey.desk('snv.head')
  const { page } = author
  const start = await textOf(lead)
  const [one, two, , three, four, five] = points(start) as [
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
  ]
  const table = start.clauses.find(({ level }) => level === 'table') as ClauseView
  await suggest(author)
  await poll(() => said(page)).toMatch(/^Đang đề nghị sửa/)

  // Words; a clause split by Enter; a level; a cell.
  await placeCaret(page, one.id)
  await page.keyboard.type(' Viet them.')
  await inClause(page, one, 'ins.sg-ins').getByText('Viet them.').waitFor()
  await placeCaret(page, two.id)
  await page.keyboard.press('Enter')
  await page.keyboard.type('Diem moi')
  await page.locator('.page-text .sg-new', { hasText: 'Diem moi' }).waitFor()
  await placeCaret(page, five.id, 'start')
  await page.keyboard.press('Shift+Tab')
  await inClause(page, five, '.sg-tag').getByText('Điểm → Khoản').waitFor()
  await inClause(page, table, 'td').nth(3).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' (du kien)')
  await poll(() => drafted(page)).toBe('4')
  // Across two clauses: the end of one and the beginning of the next.
  await page.evaluate(
    ([from, to]) => {
      type Editing = HTMLElement & { editor: import('@tiptap/core').Editor }
      const { editor } = document.querySelector('.page-text') as Editing
      const at = { from: 0, to: 0 }
      editor.state.doc.forEach((node, pos) => {
        if (node.attrs.id === from) at.from = pos + 5
        if (node.attrs.id === to) at.to = pos + 5
      })
      editor.view.focus()
      editor.commands.setTextSelection(at)
    },
    [three.id, four.id] as const,
  )
  await page.keyboard.press('Delete')
  await page.locator('.sg-line del').waitFor()
  await poll(() => drafted(page)).toBe('6')
  await inClause(page, one, 'ins.sg-ins').scrollIntoViewIfNeeded()
  await shot(page, 'suggesting')
  expect(await violations(page)).toEqual([])

  expect(await textOf(lead)).toEqual(start)
  expect(await open(lead)).toEqual([])
  expect(await lead.page.getByText('Viet them.').count()).toBe(0)

  await page.reload()
  await bar(page).waitFor()
  await poll(() => drafted(page)).toBe('6')
  await inClause(page, one, 'ins.sg-ins').getByText('Viet them.').waitFor()

  await bar(page).getByRole('textbox').fill('Theo góp ý của Sở')
  await send(page)
  await poll(async () => (await open(lead)).length).toBe(6)
  await poll(() => drafted(page)).toBe('0')
  const made = await open(lead)
  expect(made.map(({ kind }) => kind).sort()).toEqual([
    'delete',
    'edit',
    'edit',
    'edit',
    'edit',
    'insert',
  ])
  expect(await textOf(lead)).toEqual(start)

  // The others see them in the text and beside it; accepted, one after the other, they make the author's text.
  await inClause(lead.page, one, 'ins.sg-ins').getByText('Viet them.').waitFor()
  await card(other.page, made[0] as ProposalView)
    .getByText('Theo góp ý của Sở')
    .waitFor()
  for (const proposal of made) {
    const mine = card(lead.page, proposal)
    await mine.getByRole('button', { name: 'Tiếp thu', exact: true }).click()
    await mine.waitFor({ state: 'detached' })
  }
  const now = await textOf(lead)
  const find = (id: string) => now.clauses.find((clause) => clause.id === id)
  expect(find(one.id)?.text).toBe(`${one.text} Viet them.`)
  expect(now.clauses[now.clauses.findIndex(({ id }) => id === two.id) + 1]?.text).toBe('Diem moi')
  expect(find(five.id)?.level).toBe('paragraph')
  expect(find(table.id)?.text).toContain('(du kien)')
  expect(find(three.id)?.text).toBe(three.text.slice(0, 4) + four.text.slice(4))
  expect(find(four.id)).toBeUndefined()
  await end(author, lead, other)
})

test('[UX-34][UX-35] views; one’s own insertion deleted is gone; a draft thrown away leaves the shared text', async () => {
  const author = await journey.desk('stc.officer')
  const { page } = author
  const start = await textOf(author)
  const [one] = points(start) as [ClauseView]
  await page.keyboard.press('Control+Alt+Shift+x')
  await bar(page).waitFor()
  await placeCaret(page, one.id)
  await page.keyboard.type('xyz')
  await poll(() => drafted(page)).toBe('1')
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Backspace')
  await poll(() => drafted(page)).toBe('0')
  await page.keyboard.type(' them vao')
  await poll(() => drafted(page)).toBe('1')
  const view = async (name: RegExp) => {
    await page.getByRole('button', { name: /^Cách làm việc/ }).click()
    await page.getByRole('menuitemradio', { name }).click()
  }
  await view(/^Bản sạch/)
  await inClause(page, one, 'ins').waitFor({ state: 'detached' })
  await placeCaret(page, one.id)
  await page.keyboard.type(' nua')
  await poll(() => page.textContent(`.page-text [data-id="${one.id}"]`)).toContain('them vao nua')
  await view(/^Bản gốc/)
  await poll(() => page.textContent(`.page-text [data-id="${one.id}"]`)).not.toContain('them vao')
  expect(await page.getAttribute('.page-text', 'aria-readonly')).toBe('true')
  await view(/^Hiện đề nghị/)
  await inClause(page, one, 'ins.sg-ins').waitFor()
  await page.setViewportSize({ width: 360, height: 780 })
  await bar(page).waitFor()
  await inClause(page, one, 'ins.sg-ins').scrollIntoViewIfNeeded()
  await shot(page, 'suggesting-phone')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await bar(page).getByRole('button', { name: 'Bỏ bản nháp' }).click()
  await bar(page).getByRole('button', { name: 'Bỏ bản nháp' }).click()
  await poll(() => drafted(page)).toBe('0')
  expect(await textOf(author)).toEqual(start)
  expect(await open(author)).toEqual([])
  await page.keyboard.press('Control+Alt+Shift+z')
  await end(author)
})

test('[P11] an Điều is moved in a draft with all under it, marked at both places, and moved for everybody when it is accepted', async () => {
  const author = await journey.desk('stc.officer')
  const lead = await journey.desk('vpdbqh.head')
  const { page } = author
  const start = await textOf(lead)
  const articles = ({ clauses }: Text) => clauses.filter(({ level }) => level === 'article')
  const order = ({ clauses }: Text) => clauses.map(({ id }) => id)
  const onPage = () =>
    page.$$eval('.page-text > [data-id]', (all) =>
      all.map((each) => (each as HTMLElement).dataset.id),
    )
  const [first, second, third] = articles(start) as [ClauseView, ClauseView, ClauseView]
  const at = (clause: ClauseView) => order(start).indexOf(clause.id)
  const ids = order(start)
  const [own, next] = [ids.slice(at(first), at(second)), ids.slice(at(second), at(third))]
  const moved = [...ids.slice(0, at(first)), ...next, ...own, ...ids.slice(at(third))]
  const under = start.clauses[at(first) + 1] as ClauseView
  await suggest(author)
  await placeCaret(page, under.id)
  await page.keyboard.type(' NHAP')
  await placeCaret(page, first.id, 'start')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(() => said(page)).toBe('Đã chuyển xuống.')
  expect(await onPage()).toEqual(moved)
  await inClause(page, first, '.sg-tag').getByText('Chuyển chỗ').waitFor()
  const left = page.locator('.sg-line', { hasText: 'Chỗ cũ' })
  await left.getByText(first.text.slice(0, 20)).waitFor()
  // The caret went along.
  await page.keyboard.type('Moi ')
  await poll(() => page.textContent(`.page-text [data-id="${first.id}"]`)).toContain('Moi ')
  await poll(() => drafted(page)).toBe('2')
  // One step each: the letters, the move; and forth again, by the outline this time.
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await poll(onPage).toEqual(ids)
  await left.waitFor({ state: 'detached' })
  const item = page.locator(`[data-item="${first.id}"]`)
  await page.locator(`[data-item="${second.id}"]`).click()
  await item.click()
  await poll(() => item.getAttribute('aria-selected')).toBe('true')
  await item.hover()
  await item.getByRole('button', { name: /^Chuyển xuống/ }).click()
  await poll(onPage).toEqual(moved)
  await left.scrollIntoViewIfNeeded()
  await shot(page, 'suggesting-moved')
  expect(await violations(page)).toEqual([])
  expect(await textOf(lead)).toEqual(start)

  await page.reload()
  await bar(page).waitFor()
  await poll(onPage).toEqual(moved)
  // What a colleague writes in the clause meanwhile is in the draft too, and no part of what is proposed.
  await placeCaret(lead.page, under.id, 'start')
  await lead.page.keyboard.type('DAU ')
  await inClause(page, under, 'ins').getByText('NHAP').waitFor()
  await poll(() => page.textContent(`.page-text [data-id="${under.id}"]`)).toContain('DAU ')
  await poll(() => drafted(page)).toBe('2')
  await poll(() => lead.page.getAttribute('[data-save]', 'data-save')).toBe('saved')
  const before = await textOf(lead)
  await send(page)
  await poll(async () => (await open(lead)).map(({ kind }) => kind)).toEqual(['move', 'edit'])
  const [move] = (await open(lead)) as [ProposalView]
  await card(lead.page, move).getByText('Chuyển Điều 1 đến sau Điều 2').waitFor()
  await inClause(lead.page, first, '.sg-tag').getByText('Chuyển chỗ').waitFor()
  await page.keyboard.press('Control+Alt+Shift+z')
  for (const one of await open(lead)) {
    await card(page, one).getByRole('button', { name: 'Rút lại' }).click()
    await card(page, one).waitFor({ state: 'detached' })
  }
  expect(await textOf(lead)).toEqual(before)

  await suggest(author)
  await placeCaret(page, first.id, 'start')
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await poll(() => drafted(page)).toBe('1')
  await send(page)
  await poll(async () => (await open(lead)).length).toBe(1)
  await lead.page.getByRole('button', { name: 'Bàn chủ trì' }).click()
  const queue = lead.page.getByRole('dialog', { name: 'Bàn chủ trì' })
  await queue.getByText('Chuyển Điều 1 đến sau Điều 2').waitFor()
  // The one thing that waits: its keys are there all the same.
  await lead.page.keyboard.press('a')
  await poll(async () => order(await textOf(author))).toEqual(moved)
  // The notice that it is done takes no key from the dialog.
  await lead.page.locator('li', { hasText: 'Đã tiếp thu vào văn bản.' }).waitFor()
  await lead.page.keyboard.press('Escape')
  await queue.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Alt+Shift+z')
  await poll(onPage).toEqual(moved)
  // Taken back, all of it stands where it was.
  await placeCaret(lead.page, second.id)
  await lead.page.keyboard.press('Control+z')
  await poll(async () => (await textOf(author)).clauses).toEqual(before.clauses)
  const [again] = (await open(lead)) as [ProposalView]
  await lead.visitor.call('POST', `/api/proposals/${again.id}/reject`)
  await end(author, lead)
})

test('[P04] a draft goes on over what others write, and is shown to its author when its clause is deleted', async () => {
  const author = await journey.desk('skhcn.officer')
  const lead = await journey.desk('vpdbqh.head')
  const [one, two] = points(await textOf(lead)) as [ClauseView, ClauseView]
  await suggest(author)
  await placeCaret(author.page, one.id)
  await author.page.keyboard.type(' NHAP MOT')
  await placeCaret(author.page, two.id)
  await author.page.keyboard.type(' NHAP HAI')
  await placeCaret(lead.page, one.id, 'start')
  await lead.page.keyboard.type('DAU ')
  await poll(() => author.page.textContent(`.page-text [data-id="${one.id}"]`)).toContain('DAU ')
  await lead.visitor.call('POST', `${await place()}/clauses/${two.id}/delete`)
  await bar(author.page).getByText('NHAP HAI').waitFor()
  await bar(author.page).getByRole('button', { name: 'Đã xem, bỏ lời này' }).click()
  await poll(() => drafted(author.page)).toBe('1')
  await send(author.page)
  await poll(async () => (await open(lead)).map(({ text }) => text)).toEqual([
    `DAU ${one.text} NHAP MOT`,
  ])
  await end(author, lead)
})

type Six<T> = [T, T, T, T, T, T]

test('[UX-31] an edit of agreed words falls to Suggesting, says why, and loses no letter; one press makes it in the text', async () => {
  const author = await journey.desk('stc.officer')
  const { page } = author
  const { id } = await journey.server.documentOf('covenant')
  await allAgree(crowd(journey.server), id)
  const start = await textOf(author)
  const [one, two, three, , five, six] = points(start) as Six<ClauseView>
  const marks = page.locator(`[data-marks="${three.id}"][data-scope="clause"]`).first()
  await poll(() => marks.getAttribute('aria-label')).toMatch(/7\/7/)
  const notice = page.locator('li', { hasText: 'các cơ quan đã nhất trí' })
  const kept = page.locator('li', { hasText: 'vẫn còn trong bản nháp' })
  const textOn = async (on: OpenPage, clause: ClauseView) =>
    (await textOf(on)).clauses.find(({ id }) => id === clause.id)?.text
  const inText = async () => {
    await bar(page).waitFor({ state: 'detached' })
    await page.waitForSelector('.page-text[contenteditable=true] [data-id]')
  }

  // As fast as hands can: what is typed before the draft is there is in it too.
  await placeCaret(page, one.id)
  await page.keyboard.type(' thật nhanjh')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('h')
  await inClause(page, one, 'ins.sg-ins').getByText('thật nhanh').waitFor()
  await notice.getByText('thành bản nháp đề nghị').waitFor()
  // And what is typed afterwards.
  await page.keyboard.type('!')
  await inClause(page, one, 'ins.sg-ins').getByText('thật nhanh!').waitFor()
  // The line one writes in stands above the bar of the draft.
  const caretY = await page.evaluate(
    () => window.getSelection()?.getRangeAt(0).getBoundingClientRect().bottom ?? 0,
  )
  expect(caretY).toBeLessThan((await bar(page).boundingBox())?.y ?? 0)
  await shot(page, 'agreed')
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 780 })
  await shot(page, 'agreed-phone')
  expect(await overhang(page)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  expect(await textOf(author)).toEqual(start)
  await editAnyway(page)
  await inText()
  await poll(() => textOn(author, one)).toBe(`${one.text} thật nhanh!`)
  // Nothing of it is left in the draft.
  await page.keyboard.press('Control+Alt+Shift+x')
  await bar(page).waitFor()
  expect(await drafted(page)).toBe('0')

  // Where the draft already says something else, the letters stand at the caret.
  await placeCaret(page, two.id)
  await page.keyboard.type(' MOT')
  await poll(() => drafted(page)).toBe('1')
  await page.keyboard.press('Control+Alt+Shift+z')
  await inText()
  await placeCaret(page, two.id)
  await page.keyboard.type('!')
  await bar(page).waitFor()
  await poll(() => page.textContent(`.page-text [data-id="${two.id}"]`)).toMatch(/!/)
  expect(await textOn(author, two)).toBe(two.text)
  // A draft with more in it than this one edit stays.
  await editAnyway(page)
  await inText()
  await placeCaret(page, two.id)
  await page.keyboard.type('?')
  await poll(() => textOn(author, two)).toBe(`${two.text}?`)

  // Bold takes nobody's agreement.
  await placeCaret(page, three.id, 'all')
  await page.keyboard.press('Control+b')
  await inClause(page, three, 'strong').first().waitFor()
  expect(await bar(page).count()).toBe(0)
  // Another tab has the draft: what was typed is said, and made in the text by the same press.
  const second = await page.context().newPage()
  await second.goto(page.url())
  await second.waitForSelector('.page-text[contenteditable=true] [data-id]')
  await second.keyboard.press('Control+Alt+Shift+x')
  await bar(second).waitFor()
  await placeCaret(page, three.id)
  const ime = await page.context().newCDPSession(page)
  await ime.send('Input.imeSetComposition', { text: 'đ', selectionStart: 1, selectionEnd: 1 })
  await notice.getByText('chưa ghi: “đ”').waitFor()
  expect(await textOn(author, three)).toBe(three.text)
  await editAnyway(page)
  await poll(() => textOn(author, three)).toBe(`${three.text}đ`)
  await page.keyboard.type('y')
  await poll(() => textOn(author, three)).toBe(`${three.text}đy`)
  await second.close()

  await page.keyboard.press('Control+Alt+Shift+x')
  await bar(page).getByRole('button', { name: 'Bỏ bản nháp' }).click()
  await bar(page).getByRole('button', { name: 'Bỏ bản nháp' }).click()
  await poll(() => drafted(page)).toBe('0')
  await page.keyboard.press('Control+Alt+Shift+z')
  await inText()

  // A colleague makes the clause bold meanwhile: the place is not the same, and what was written stays where it is.
  const lead = await journey.desk('vpdbqh.head')
  await placeCaret(page, five.id)
  await page.keyboard.type('zz')
  await bar(page).waitFor()
  await poll(() => drafted(page)).toBe('1')
  await placeCaret(lead.page, five.id, 'all')
  await lead.page.keyboard.press('Control+b')
  await inClause(page, five, 'strong').first().waitFor()
  await editAnyway(page)
  await kept.waitFor()
  await page.keyboard.press('Control+Alt+Shift+x')
  await bar(page).waitFor()
  await inClause(page, five, 'ins.sg-ins').getByText('zz').waitFor()
  await page.keyboard.press('Control+Alt+Shift+z')
  await inText()
  await end(lead)

  // Whoever has turned to another document by then loses nothing from the draft, and no key there.
  await placeCaret(page, six.id)
  await page.keyboard.type('z')
  await bar(page).waitFor()
  await poll(() => drafted(page)).toBe('2')
  await page.getByRole('tab', { name: /^Kế hoạch/ }).click()
  await page.locator(`.page-text [data-id="${six.id}"]`).waitFor({ state: 'hidden' })
  await editAnyway(page)
  await kept.waitFor()
  expect(await page.locator('body > textarea').count()).toBe(0)
  expect(await textOn(author, five)).toBe(five.text)
  await end(author)
})

test('[UX-31] to delete a clause that is agreed is asked about with these words', async () => {
  const lead = await journey.desk('vpdbqh.head')
  const { page } = lead
  const [, , , four] = points(await textOf(lead)) as ClauseView[]
  const last = four as ClauseView
  const marks = page.locator(`[data-marks="${last.id}"][data-scope="clause"]`).first()
  await poll(() => marks.getAttribute('aria-label')).toMatch(/7\/7/)
  await placeCaret(page, last.id)
  await page.getByRole('button', { name: 'Điều khoản', exact: true }).click()
  await page.getByRole('menuitem', { name: /^Xóa/ }).click()
  const question = page.getByRole('dialog')
  await question.getByText('Lời này các cơ quan đã nhất trí').waitFor()
  await question.getByRole('button', { name: 'Hủy' }).click()
  await end(lead)
})
