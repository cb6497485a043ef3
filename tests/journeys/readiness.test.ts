import { beforeAll, expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { Readiness } from '../../shared/locking/api.ts'
import { allAgree, clausesOf, crowd } from '../server/support/people.ts'
import { editAnyway } from '../support/editAnyway.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()
const PHONE = { width: 390, height: 844 }
const ids: Record<string, string> = {}
let person: ReturnType<typeof crowd>

beforeAll(async () => {
  person = crowd(journey.server)
  for (const kind of ['covenant', 'plan', 'regulation'] as const) {
    ids[kind] = (await journey.server.documentOf(kind)).id
    await allAgree(person, ids[kind] ?? '')
  }
})

const clauseOf = async (kind: string, words: (clause: ClauseView) => boolean) => {
  const { clauses } = await clausesOf(await person('stc.officer'), ids[kind] ?? '')
  const found = clauses.find(words)
  if (!found) throw new Error('no such clause')
  return found
}
const paragraph = (kind: string) =>
  clauseOf(kind, ({ level, text }) => level === 'paragraph' && text !== '')

test('[P13] one press on an outdated mark shows what changed since, and by whom; typed back, the mark counts again', async () => {
  const target = await paragraph('covenant')
  const head = await journey.desk('stc.head')
  const officer = await journey.desk('snv.officer')
  await officer.page.locator(`.page-text [data-id="${target.id}"]`).click()
  await placeCaret(officer.page, target.id)
  await officer.page.keyboard.press('End')
  await officer.page.keyboard.type(' thật tốt')
  await editAnyway(officer.page)
  await poll(() => officer.page.getAttribute('[data-save]', 'data-save')).toBe('saved')

  // In the matrix: the cell itself.
  await head.page.locator('button[data-agreed]').click()
  const cell = head.page.locator(`tr[data-clause="${target.id}"] td[data-agency="stc"]`)
  await poll(() => cell.getAttribute('data-state')).toBe('outdated')
  await cell.click()
  const changes = head.page.locator(`[data-changes="${target.id}"]`)
  await poll(() => changes.locator('ins').allTextContents()).toEqual([
    expect.stringContaining('thật'),
  ])
  expect(await changes.locator('del').count()).toBe(0)
  expect(await changes.locator('[data-authors]').textContent()).toContain('Sở Nội vụ (SNV)')
  await shot(head.page, 'changed-1440')
  expect(await violations(head.page)).toEqual([])
  await head.page.keyboard.press('Escape')

  // Beside the page: the row of marks.
  await head.page.locator(`[data-marks="${target.id}"]`).last().click()
  await changes.waitFor()
  expect(await changes.locator('ins').count()).toBe(1)
  for (let i = 0; i < ' thật tốt'.length; i += 1) await officer.page.keyboard.press('Backspace')
  await poll(() => head.page.locator('[data-since]').count()).toBe(0)
  await end(head, officer)
})

test('[P15] the board of three documents: the lock’s own list, each line one press from its place, live', async () => {
  const plan = await paragraph('plan')
  const { body: fresh } = await (await person('stc.officer')).call<Readiness>(
    'GET',
    `/api/documents/${ids.plan}/readiness`,
  )
  expect(fresh.ready).toBe(true)
  // One agency takes its word back in the plan; the structure of the regulation falls for all.
  const snv = await person('snv.head')
  await snv.call('PUT', `/api/documents/${ids.plan}/clauses/${plan.id}/position`, {
    position: 'none',
    hash: plan.hash,
  })
  const lead = await person('vpdbqh.head')
  await lead.call('PATCH', `/api/documents/${ids.regulation}`, { place: 'Phan Rang' })

  const open = await journey.desk('vpdbqh.head')
  const { page } = open
  const column = (name: string) => page.getByRole('region', { name, exact: true })
  const openBoard = async () => {
    await page
      .getByRole('button', { name: /việc còn vướng trước khi khóa|Đủ điều kiện khóa/ })
      .click()
    await page.getByRole('button', { name: 'Cả bộ văn bản' }).click()
    await column('Kế hoạch').waitFor()
  }
  await openBoard()
  for (const [kind, name] of [
    ['covenant', 'Giao ước'],
    ['plan', 'Kế hoạch'],
    ['regulation', 'Quy chế'],
  ] as const) {
    const { body } = await lead.call<Readiness>('GET', `/api/documents/${ids[kind]}/readiness`)
    await poll(() => column(name).getAttribute('data-blockers')).toBe(String(body.blockers.length))
    await lead.stepUp()
    if (body.ready) continue
    const refused = await lead.call<{ details: Readiness }>(
      'POST',
      `/api/documents/${ids[kind]}/lock`,
    )
    expect(refused.body.details.blockers).toEqual(body.blockers)
  }
  await column('Giao ước').getByText('Đủ điều kiện khóa').waitFor()
  await column('Kế hoạch').getByText('Chưa có ý kiến: Sở Nội vụ').waitFor()
  await shot(page, 'board-1440')
  expect(await violations(page)).toEqual([])

  // To a clause of another document.
  await column('Kế hoạch').getByRole('button').first().click()
  await poll(() => new URL(page.url()).pathname).toContain('/plan')
  await poll(() => page.locator(`.page-text [data-id="${plan.id}"]`).isVisible()).toBe(true)
  // From there to the structure of a third.
  await openBoard()
  await column('Quy chế').getByRole('button').first().click()
  await poll(() => new URL(page.url()).pathname).toContain('/regulation')
  await page.getByRole('dialog', { name: 'Bố cục và phần ghi đầu văn bản' }).waitFor()
  await page.keyboard.press('Escape')

  // Live: it agrees again, and the board that is open says so.
  await openBoard()
  await column('Kế hoạch').getByText('Chưa có ý kiến: Sở Nội vụ').waitFor()
  await snv.call('PUT', `/api/documents/${ids.plan}/clauses/${plan.id}/position`, {
    position: 'agreed',
    hash: plan.hash,
  })
  await column('Kế hoạch').getByText('Đủ điều kiện khóa').waitFor()
  await end(open)
})

test('[P15] on a phone of 390 px the three stand below one another', async () => {
  const open = await journey.desk('snv.head', { kind: 'regulation', size: PHONE })
  const { page } = open
  await page.getByRole('button', { name: 'Điều kiện khóa', exact: true }).click()
  await page.getByRole('button', { name: 'Cả bộ văn bản' }).click()
  await page.getByRole('region', { name: 'Quy chế', exact: true }).waitFor()
  await poll(() => page.locator('[data-blockers]').count()).toBe(3)
  await shot(page, 'board-390')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await end(open)
})
