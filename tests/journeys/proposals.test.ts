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
  expect(await card(author, made).getByRole('button').allTextContents()).toEqual(['Rút lại'])
  const own = await author.visitor.call<{ code: string }>(
    'POST',
    `/api/proposals/${made.id}/accept`,
  )
  expect([own.status, own.body.code]).toEqual([403, 'auth/forbidden'])
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

  // Rejected with a reason, it leaves the exact start.
  await card(lead, made).getByRole('button', { name: 'Không tiếp thu' }).click()
  await card(lead, made).getByRole('textbox').fill('Đã có ở khoản 2')
  await card(lead, made).getByRole('button', { name: 'Không tiếp thu' }).click()
  await card(author, made).waitFor({ state: 'detached' })
  expect(await clausesOf(lead)).toMatchObject({
    contentHash: start.contentHash,
    clauses: start.clauses,
  })
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
