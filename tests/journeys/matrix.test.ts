import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import type { PositionView } from '../../shared/agreements/api.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { addAccount, addParty, clausesOf, crowd, PARTIES } from '../server/support/people.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

/** Three agencies at the matrix of a bloc of nine: every mark is there, moves with the words, and is acted on in it. */
const journey = startJourney()
const NINE = [...PARTIES, 'bql', 'tinhdoan']
const PHONE = { width: 390, height: 844 }

let documentId: string
let clauses: readonly ClauseView[]
let person: ReturnType<typeof crowd>

beforeAll(async () => {
  const { server } = journey
  await addParty(server, {
    id: 'bql',
    name: 'Ban Quản lý các khu công nghiệp',
    shortName: 'BQL KCN',
  })
  await addParty(server, { id: 'tinhdoan', name: 'Tỉnh Đoàn Ninh Thuận', shortName: 'Tỉnh Đoàn' })
  for (const agencyId of ['bql', 'tinhdoan'])
    await addAccount(server, { account: `${agencyId}.head`, agencyId, role: 'head' })
  person = crowd(server)
  documentId = (await server.documentOf('covenant')).id
  clauses = (await clausesOf(await person('stc.officer'), documentId)).clauses
})

const take = async (account: string, clauseId: string, position: string, note?: string) => {
  const head = await person(account)
  const now = await clausesOf(head, documentId)
  const hash = now.clauses.find(({ id }) => id === clauseId)?.hash ?? now.structureHash
  const answer = await head.call(
    'PUT',
    `/api/documents/${documentId}/clauses/${clauseId}/position`,
    {
      position,
      hash,
      ...(note ? { note } : {}),
    },
  )
  expect(answer.status).toBe(200)
}
const takeAll = async (account: string) => {
  const head = await person(account)
  const { contentHash } = await clausesOf(head, documentId)
  const answer = await head.call('PUT', `/api/documents/${documentId}/positions`, {
    position: 'agreed',
    contentHash,
  })
  expect(answer.status).toBe(200)
}
const clauseAt = (index: number) => clauses[index] as ClauseView
const cell = (page: Page, clauseId: string, agencyId: string) =>
  page.locator(`tr[data-clause="${clauseId}"] td[data-agency="${agencyId}"]`)
const stateOf = (page: Page, clauseId: string, agencyId: string) =>
  cell(page, clauseId, agencyId).getAttribute('data-state')
const openMatrix = async (page: Page) => {
  await page.locator('button[data-agreed]').click()
  await page.getByRole('grid').waitFor()
}
const shown = (page: Page) => page.locator('output[data-shown]').getAttribute('data-shown')

test('[P12] nine agencies, every state with who, when and note; filters; arrows; acting in it; live for others', async () => {
  const words = clauses.filter(({ text, level }) => text !== '' && level !== 'table')
  const [first, second, third] = [3, 5, 7].map((index) => words[index]) as ClauseView[]
  if (!first || !second || !third) throw new Error('the covenant is too short')
  await takeAll('vpdbqh.head')
  await takeAll('bql.head')
  await take('snv.head', first.id, 'reserved', 'Bảo lưu: <b>cần số liệu</b> năm 2021')
  await take('snv.head', second.id, 'objects', 'Chưa rõ nguồn kinh phí')
  await take('tinhdoan.head', third.id, 'agreed')

  const stc = await journey.desk('stc.head')
  const { page } = stc
  await openMatrix(page)
  expect(await page.getByRole('columnheader').count()).toBe(NINE.length + 1)
  expect(await page.locator('[role=grid] tbody tr').count()).toBe(clauses.length + 1)
  expect(await stateOf(page, first.id, 'snv')).toBe('reserved')
  expect(await stateOf(page, second.id, 'snv')).toBe('objects')
  expect(await stateOf(page, third.id, 'tinhdoan')).toBe('agreed')
  expect(await stateOf(page, third.id, 'stc')).toBe('none')

  // Who, when and the note, under the hand; markup in it stays what was typed.
  await cell(page, first.id, 'snv').hover()
  await poll(() => page.locator('[data-line]').textContent()).toContain('<b>cần số liệu</b>')
  expect(await page.locator('[data-line]').textContent()).toContain('Thủ trưởng Sở Nội vụ')
  expect(await page.locator('[data-line] time').count()).toBe(1)
  expect(await cell(page, second.id, 'snv').getAttribute('aria-label')).toContain(
    'Chưa rõ nguồn kinh phí',
  )
  await shot(page, 'matrix-1440')
  expect(await violations(page)).toEqual([])

  // Arrows go through it as a grid, with one tab stop.
  expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1)
  await cell(page, first.id, 'snv').focus()
  await page.keyboard.press('ArrowRight')
  const at = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      return [element.closest('tr')?.dataset.clause, element.dataset.agency ?? null]
    })
  expect(await at()).toEqual([first.id, NINE[NINE.indexOf('snv') + 1]])
  await page.keyboard.press('Home')
  expect(await at()).toEqual([first.id, null])
  await page.keyboard.press('Control+End')
  expect(await at()).toEqual(['structure', NINE.at(-1)])
  await page.keyboard.press('ArrowDown')
  expect(await at()).toEqual(['structure', NINE.at(-1)])
  await page.keyboard.press('Control+Home')
  expect(await at()).toEqual([clauses[0]?.id, null])
  expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1)

  // Filters: an agency and a state ask for exactly its cells.
  await page.getByLabel('Cơ quan', { exact: true }).selectOption('snv')
  await page.getByLabel('Ý kiến', { exact: true }).selectOption('objects')
  await poll(() => shown(page)).toBe('1')
  expect(await page.locator('[role=grid] tbody tr').count()).toBe(1)
  await page.getByLabel('Cơ quan', { exact: true }).selectOption('')
  await page.getByLabel('Ý kiến', { exact: true }).selectOption('')
  await page.getByLabel(/Chờ cơ quan tôi/).check()
  await poll(() => shown(page)).toBe(String(clauses.length + 1))

  // From the keyboard: open the row, Tab to the card, agree; another agency's open matrix shows it by itself.
  const snv = await journey.desk('snv.head')
  await openMatrix(snv.page)
  expect(await stateOf(snv.page, third.id, 'stc')).toBe('none')
  await page.getByLabel(/Chờ cơ quan tôi/).uncheck()
  await cell(page, third.id, 'stc').focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('complementary')
    .getByRole('button', { name: 'Nhất trí', exact: true })
    .click()
  await poll(() => stateOf(page, third.id, 'stc')).toBe('agreed')
  await poll(() => stateOf(snv.page, third.id, 'stc')).toBe('agreed')
  // The whole document at once.
  await page.getByRole('button', { name: 'Nhất trí toàn văn bản…' }).click()
  await page
    .getByRole('dialog')
    .last()
    .getByRole('button', { name: 'Nhất trí toàn văn bản' })
    .click()
  await poll(() => stateOf(snv.page, 'structure', 'stc')).toBe('agreed')
  await poll(() => stateOf(page, 'structure', 'stc')).toBe('agreed')
  expect(await page.getByRole('button', { name: 'Nhất trí toàn văn bản…' }).count()).toBe(0)

  // Words of a third agency: exactly that row falls, on open matrices too; bold and the number never matter.
  const vpub = await journey.desk('vpub.officer')
  await vpub.page.locator(`.page-text [data-id="${third.id}"]`).click()
  await placeCaret(vpub.page, third.id)
  await vpub.page.keyboard.press('End')
  await vpub.page.keyboard.type('x')
  await poll(() => stateOf(page, third.id, 'stc')).toBe('outdated')
  await poll(() => stateOf(page, third.id, 'tinhdoan')).toBe('outdated')
  expect(await page.locator('td[data-agency="stc"][data-state="outdated"]').count()).toBe(1)
  await vpub.page.keyboard.press('Backspace')
  await poll(() => stateOf(page, third.id, 'stc')).toBe('agreed')
  await vpub.page.keyboard.press('Shift+Home')
  await vpub.page.keyboard.press('Control+b')
  await poll(() => vpub.page.locator(`[data-id="${third.id}"] strong`).count()).toBe(1)
  await poll(() => vpub.page.getAttribute('[data-save]', 'data-save')).toBe('saved')
  const visitor = await person('stc.head')
  const { positions } = (
    await visitor.call<{ positions: PositionView[] }>(
      'GET',
      `/api/documents/${documentId}/positions`,
    )
  ).body
  expect(positions.filter(({ standing }) => standing === 'outdated')).toEqual([])
  expect(await page.locator('td[data-state="outdated"]').count()).toBe(0)

  // Out of it, to the words.
  await cell(page, third.id, 'snv').click()
  await page.getByRole('button', { name: 'Tới điều khoản' }).click()
  await page.getByRole('grid').waitFor({ state: 'hidden' })
  await poll(() => page.locator(`.page-text [data-id="${third.id}"]`).isVisible()).toBe(true)
  await end(stc, snv, vpub)
})

test('[P12] on a phone of 390 px the nine marks of a clause are side by side, and one can act', async () => {
  const open = await journey.desk('skhdt.head', { size: PHONE })
  const { page } = open
  await page.getByRole('button', { name: 'Bảng ý kiến', exact: true }).click()
  await page.getByRole('grid').waitFor()
  const target = clauseAt(0)
  for (const agencyId of NINE) {
    const box = await cell(page, target.id, agencyId).boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= PHONE.width).toBe(true)
    expect((box?.width ?? 0) >= 24 && (box?.height ?? 0) >= 24).toBe(true)
  }
  expect(await overhang(page)).toBe(0)
  await shot(page, 'matrix-390')
  await cell(page, target.id, 'skhdt').click()
  await shot(page, 'matrix-390-chosen')
  expect(await violations(page)).toEqual([])
  await page
    .getByRole('complementary')
    .getByRole('button', { name: 'Nhất trí', exact: true })
    .click()
  await poll(() => stateOf(page, target.id, 'skhdt')).toBe('agreed')
  await end(open)
})

test('[P12] an officer leaves a personal view: shown as such to others at once, counted nowhere', async () => {
  const target = clauseAt(0)
  const head = await journey.desk('skhcn.head')
  await openMatrix(head.page)
  const counted = () =>
    head.page.locator(`tr[data-clause="${target.id}"] td[data-state="agreed"]`).count()
  const before = await counted()
  const open = await journey.desk('skhcn.officer')
  const { page } = open
  await openMatrix(page)
  expect(await page.getByLabel(/Chờ cơ quan tôi/).count()).toBe(0)
  await cell(page, target.id, 'skhcn').click()
  const side = page.getByRole('complementary')
  await side.getByText('Thủ trưởng hoặc đại biểu được ủy quyền').waitFor()
  expect(await side.getByRole('button', { name: 'Nhất trí', exact: true }).count()).toBe(0)
  await side.getByRole('button', { name: 'Để lại ý kiến cá nhân…' }).click()
  await side.getByLabel('không nên nhất trí').check()
  await side.getByLabel('Lý do').fill('Căn cứ <i>đã hết hiệu lực</i>')
  await side.getByRole('button', { name: 'Để lại ý kiến cá nhân' }).click()
  await side.getByText('“Căn cứ <i>đã hết hiệu lực</i>”').waitFor()
  await side.getByLabel('Lý do').waitFor({ state: 'hidden' })
  await shot(page, 'matrix-view-1440')
  expect(await violations(page)).toEqual([])
  await poll(() => cell(head.page, target.id, 'skhcn').getAttribute('aria-label')).toContain(
    '1 ý kiến cá nhân, không tính',
  )
  expect(await stateOf(head.page, target.id, 'skhcn')).toBe('none')
  expect(await counted()).toBe(before)
  await cell(head.page, target.id, 'skhcn').click()
  await head.page.getByText('Ý kiến cá nhân (không tính vào mức nhất trí)').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('grid').waitFor({ state: 'detached' })
  await end(open, head)
})
