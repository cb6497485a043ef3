import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import type { OpenPage } from '../support/browser.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()

const documentId = async () => (await journey.server.documentOf('covenant')).id
const clausesOf = async ({ visitor }: Pick<OpenPage, 'visitor'>) => {
  const path = `/api/documents/${await documentId()}/clauses`
  return (await visitor.call<{ clauses: ClauseView[]; contentHash: string }>('GET', path)).body
}
const propose = async ({ visitor }: Pick<OpenPage, 'visitor'>, draft: object) =>
  (
    await visitor.call<ProposalView>(
      'POST',
      `/api/documents/${await documentId()}/proposals`,
      draft,
    )
  ).body
const edit = (clause: ClauseView, text: string, note?: string) => ({
  clauseId: clause.id,
  baseHash: clause.hash,
  text,
  ...(note !== undefined && { note }),
})
/** All of two clauses and what lies between them. */
const select = (page: Page, from: string, to: string) =>
  page.evaluate(
    ([first, last]) => {
      type Editing = HTMLElement & { editor: Editor }
      const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Editing
      const { editor } = shown
      const found: Record<string, { pos: number; size: number }> = {}
      editor.state.doc.forEach((node, pos) => {
        found[node.attrs.id] = { pos, size: node.nodeSize }
      })
      const [a, b] = [found[first ?? ''], found[last ?? '']]
      if (!a || !b) throw new Error('no such clause')
      editor.view.focus()
      editor.commands.setTextSelection({ from: a.pos + 1, to: b.pos + b.size - 1 })
      shown.querySelector(`[data-id="${last}"]`)?.scrollIntoView({ block: 'center' })
    },
    [from, to],
  )
const card = ({ page }: OpenPage, { id }: { id: string }) => page.locator(`[data-proposal="${id}"]`)

test('[UX-32][UX-33] an open proposal stands in the text and beside it; accepted it is in the text, Ctrl+Z takes it back', async () => {
  const lead = await journey.desk('vpdbqh.head')
  const author = await journey.desk('stc.officer')
  const start = await clausesOf(lead)
  const clause = start.clauses.find(({ level }) => level === 'point') as ClauseView
  const [word = ''] = clause.text.split(' ').slice(1)
  const text = clause.text.replace(word, 'LỜI MỚI')
  const made = await propose(author, edit(clause, text, 'Cho rõ hơn'))
  for (const { page } of [lead, author]) {
    await page.locator(`[data-id="${clause.id}"] ins.sg-ins`, { hasText: 'LỜI MỚI' }).waitFor()
    await page.locator(`[data-id="${clause.id}"] del.sg-del`, { hasText: word }).waitFor()
  }
  await card(lead, made).getByText(`Thay: “${word}” bằng “LỜI MỚI”`).waitFor()
  await card(lead, made).getByText('Cho rõ hơn').waitFor()
  // Its author may take it back, and never accept it: neither on the page nor by hand.
  const offered = await card(author, made).getByRole('button').allTextContents()
  expect(offered.map((words) => words.trim())).toEqual(['Rút lại', 'Trao đổi'])
  const own = await author.visitor.call<{ code: string }>(
    'POST',
    `/api/proposals/${made.id}/accept`,
  )
  expect([own.status, own.body.code]).toEqual([403, 'auth/forbidden'])
  // What is said about it stands on its card, and is answered there.
  await card(author, made).getByRole('button', { name: 'Trao đổi' }).click()
  await author.page.keyboard.type('Câu này còn chưa rõ.')
  await author.page.keyboard.press('Control+Enter')
  await card(lead, made).getByText('Câu này còn chưa rõ.').waitFor()
  await card(lead, made).getByRole('button', { name: 'Trả lời' }).click()
  await lead.page.keyboard.type('Sẽ xem.')
  await lead.page.keyboard.press('Control+Enter')
  await card(author, made).getByText('Sẽ xem.').waitFor()
  await card(lead, made).scrollIntoViewIfNeeded()
  await shot(lead.page, 'proposal-card')
  expect(await violations(lead.page)).toEqual([])

  await card(lead, made).getByRole('button', { name: 'Tiếp thu', exact: true }).click()
  await poll(
    async () => (await clausesOf(lead)).clauses.find(({ id }) => id === clause.id)?.text,
  ).toBe(text)
  await card(author, made).waitFor({ state: 'detached' })
  await placeCaret(lead.page, clause.id)
  await lead.page.keyboard.press('Control+z')
  await poll(async () => (await clausesOf(lead)).contentHash).toBe(start.contentHash)
  await card(lead, made).waitFor()
  await lead.page.keyboard.press('Control+y')
  await poll(
    async () => (await clausesOf(lead)).clauses.find(({ id }) => id === clause.id)?.text,
  ).toBe(text)
  await lead.page.keyboard.press('Control+z')
  await poll(async () => (await clausesOf(lead)).contentHash).toBe(start.contentHash)

  await card(author, made).getByRole('button', { name: 'Trao đổi' }).click()
  await author.page.keyboard.type('Câu này còn dở')
  // Rejected with a reason, it leaves the exact start.
  await card(lead, made).getByRole('button', { name: 'Không tiếp thu' }).click()
  await card(lead, made).getByRole('textbox').fill('Đã có ở khoản 2')
  await card(lead, made).getByRole('button', { name: 'Không tiếp thu' }).click()
  await card(author, made).waitFor({ state: 'detached' })
  expect(await clausesOf(lead)).toMatchObject({
    contentHash: start.contentHash,
    clauses: start.clauses,
  })
  // Whoever was writing about it finds the words on its record.
  await author.page.keyboard.press('Control+Alt+Shift+a')
  await author.page.getByRole('button', { name: 'Đề nghị đã quyết định' }).click()
  const begun = author.page.locator(`[data-decided="${made.id}"]`).getByRole('textbox')
  await poll(() => begun.inputValue()).toBe('Câu này còn dở')
  // The record has it all; the list of comments leads there.
  await lead.page.keyboard.press('Control+Alt+Shift+a')
  const talk = lead.page.getByRole('dialog').locator('article', { hasText: 'Câu này còn chưa rõ.' })
  await talk.getByText('Về một đề nghị sửa').waitFor()
  await talk.getByTitle('Tới chỗ góp ý').click()
  const record = lead.page.locator(`[data-decided="${made.id}"]`)
  for (const words of ['Đã có ở khoản 2', 'Câu này còn chưa rõ.', 'Sẽ xem.'])
    await record.getByText(words).waitFor()
  await shot(lead.page, 'decided-talk')
  expect(await violations(lead.page)).toEqual([])
  await end(lead, author)
})

test('[P11] where the clause has moved on, the merge is shown before it is accepted; a conflict stands side by side', async () => {
  const lead = await journey.desk('vpdbqh.head')
  const author = await journey.desk('stc.officer')
  const other = await journey.desk('vpub.head')
  const { clauses } = await clausesOf(lead)
  const [first, second] = clauses.filter(({ level }) => level === 'point') as [
    ClauseView,
    ClauseView,
  ]
  const made = await propose(author, edit(first, `MỞ ĐẦU ${first.text}`))
  const clash = await propose(author, edit(second, `${second.text} theo kiểu một`))
  for (const [clause, words] of [
    [first, ' thêm cuối'],
    [second, ' theo kiểu hai'],
  ] as const) {
    await placeCaret(other.page, clause.id)
    await other.page.keyboard.insertText(words)
  }
  await card(lead, made).getByText('kết quả ghép hai bên').waitFor()
  await card(lead, clash).getByText('không ghép được').waitFor()
  expect(await card(lead, clash).getByRole('columnheader').allTextContents()).toEqual([
    'Ban đầu',
    'Hiện nay',
    'Đề nghị',
  ])
  expect(
    await card(lead, clash)
      .getByRole('button', { name: /Tiếp thu/ })
      .count(),
  ).toBe(0)
  await card(lead, clash).scrollIntoViewIfNeeded()
  await shot(lead.page, 'proposal-merge')
  expect(await violations(lead.page)).toEqual([])
  // Another agency supports it, in its own name.
  await card(other, made).getByRole('button', { name: 'Ủng hộ' }).click()
  await card(lead, made)
    .getByText(/Ủng hộ: Văn phòng/)
    .waitFor()
  await card(lead, made).getByRole('button', { name: 'Tiếp thu bản ghép' }).click()
  await poll(
    async () => (await clausesOf(lead)).clauses.find(({ id }) => id === first.id)?.text,
  ).toBe(`MỞ ĐẦU ${first.text} thêm cuối`)
  await card(author, clash).getByRole('button', { name: 'Rút lại' }).click()
  await card(lead, clash).waitFor({ state: 'detached' })
  await end(lead, author, other)
})

test('[UX-34] the chair selects words and decides the proposals there at once; his own and competing ones are left and named', async () => {
  const lead = await journey.desk('vpdbqh.head')
  const author = await journey.open('stc.officer')
  const other = await journey.open('vpub.head')
  const start = await clausesOf(lead)
  const points = start.clauses.filter(({ level }) => level === 'point').slice(6)
  const [first, second, third, fourth] = points as [ClauseView, ClauseView, ClauseView, ClauseView]
  const made = await propose(author, edit(first, `${first.text} một`))
  const clash = await propose(other, edit(first, `${first.text} hai`))
  const own = await propose(lead, edit(second, `${second.text} ba`))
  const alone = await propose(other, edit(third, `${third.text} bốn`))
  const beside = await propose(author, edit(second, `${second.text} sáu`))
  const beyond = await propose(author, edit(fourth, `${fourth.text} năm`))
  const statuses = async () => {
    const path = `/api/documents/${await documentId()}/proposals`
    const { body } = await lead.visitor.call<{ proposals: ProposalView[] }>('GET', path)
    return [made, clash, own, alone, beside, beyond].map(
      (one) => body.proposals.find(({ id }) => id === one.id)?.status,
    )
  }
  const { page } = lead
  await card(lead, beyond).waitFor()
  await select(page, first.id, third.id)
  await page.getByRole('button', { name: '5 đề nghị trong phần chọn' }).waitFor()
  await shot(page, 'decide-many-button')
  await page.keyboard.press('Control+Alt+Shift+d')
  const dialog = page.getByRole('dialog', { name: '5 đề nghị trong phần chọn' })
  await dialog.getByText('Văn phòng UBND tỉnh: 2').waitFor()
  await dialog.getByText('1 đề nghị của chính bạn được để lại').waitFor()
  await shot(page, 'decide-many')
  expect(await violations(page)).toEqual([])
  // The first button that Enter presses accepts what can be accepted.
  await page.keyboard.press('Enter')
  const outcome = page.getByRole('dialog', { name: 'Kết quả' })
  await outcome.getByText('Đã tiếp thu 1 đề nghị vào văn bản.').waitFor()
  await outcome
    .locator('[data-fate=disputed]')
    .getByText(/^3 đề nghị cần xem riêng/)
    .waitFor()
  await outcome
    .locator('[data-fate=own]')
    .getByText(/^1 đề nghị của chính bạn/)
    .waitFor()
  await shot(page, 'decide-many-outcome')
  expect(await violations(page)).toEqual([])
  // His own is a rival too.
  expect(await statuses()).toEqual(['open', 'open', 'open', 'accepted', 'open', 'open'])
  await page.keyboard.press('Enter')
  await outcome.waitFor({ state: 'detached' })
  // It is a step of its own.
  await placeCaret(page, third.id)
  await page.keyboard.press('Control+z')
  await poll(statuses).toEqual(['open', 'open', 'open', 'open', 'open', 'open'])
  expect((await clausesOf(lead)).contentHash).toBe(start.contentHash)

  await page.setViewportSize({ width: 390, height: 780 })
  await select(page, first.id, third.id)
  await page.getByRole('button', { name: '5 đề nghị trong phần chọn' }).click()
  await dialog.getByRole('textbox').fill('Đã thống nhất giữ nguyên')
  await shot(page, 'decide-many-phone')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  // While it is under way nothing but its end closes it.
  let release = () => {}
  const held = new Promise<void>((go) => {
    release = go
  })
  await page.route('**/reject', async (route) => {
    await held
    await route.continue()
  })
  await dialog.getByRole('button', { name: 'Không tiếp thu 4 đề nghị' }).click()
  const underWay = page.getByRole('dialog', { name: 'Đang ghi quyết định' })
  await underWay.getByText('Đề nghị 1 trong 4').waitFor()
  // Neither leaves it, nor does a key that elsewhere brings another screen.
  for (const key of ['Escape', 'Control+/', 'Control+Alt+Shift+h']) await page.keyboard.press(key)
  await shot(page, 'decide-many-under-way')
  expect(await violations(page)).toEqual([])
  expect(await underWay.getByRole('button').allTextContents()).toEqual(['Dừng'])
  release()
  await outcome.getByText('Đã ghi 4 đề nghị là không tiếp thu.').waitFor()
  expect(await statuses()).toEqual(['rejected', 'rejected', 'open', 'rejected', 'rejected', 'open'])
  expect((await clausesOf(lead)).contentHash).toBe(start.contentHash)

  // What was decided stays on record, with who, when and why.
  await page.setViewportSize({ width: 1440, height: 900 })
  await outcome.getByRole('button', { name: 'Đóng' }).last().click()
  await page.keyboard.press('Control+Alt+Shift+a')
  await page.getByRole('button', { name: 'Đề nghị đã quyết định' }).click()
  const record = page.getByRole('dialog', { name: 'Đề nghị đã quyết định' })
  const decided = record.locator(`[data-decided="${alone.id}"]`)
  await decided.getByText('Đã thống nhất giữ nguyên').waitFor()
  await decided.getByText('Thêm: “bốn”').waitFor()
  await record.getByRole('button', { name: /^Đã tiếp thu/ }).click()
  await decided.waitFor({ state: 'detached' })
  await record.getByRole('button', { name: /^Không tiếp thu/ }).click()
  await decided.getByText(/Không tiếp thu · /).waitFor()
  await shot(page, 'decided')
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 780 })
  await shot(page, 'decided-phone')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await decided.getByRole('button', { name: 'Đến điều khoản' }).click()
  await record.waitFor({ state: 'detached' })
  await end(lead, author, other)
})

test('a clause to be added, deleted or lifted is shown as such, also on a phone', async () => {
  const author = await journey.open('stc.officer')
  const { clauses } = await clausesOf(author)
  const [, , added, deleted, lifted] = clauses.filter(({ level }) => level === 'point') as [
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
    ClauseView,
  ]
  await propose(author, {
    kind: 'insert',
    clauseId: 'them-moi',
    afterClauseId: added.id,
    level: 'point',
    text: 'Điểm thêm mới',
  })
  await propose(author, { kind: 'delete', clauseId: deleted.id, baseHash: deleted.hash })
  await propose(author, { clauseId: lifted.id, baseHash: lifted.hash, level: 'paragraph' })
  const lead = await journey.desk('snv.head', { size: { width: 360, height: 780 } })
  const { page } = lead
  await page.locator('.sg-line', { hasText: 'Điểm thêm mới' }).waitFor()
  await page.locator(`[data-id="${deleted.id}"].sg-going`).waitFor()
  await page.locator(`[data-id="${lifted.id}"] .sg-tag`, { hasText: 'Điểm → Khoản' }).waitFor()
  await page.locator('.sg-line').scrollIntoViewIfNeeded()
  await shot(page, 'proposal-phone')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await end(lead, author)
})
