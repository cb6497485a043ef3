import { expect, test } from 'vitest'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import {
  type DocumentKind,
  end,
  overhang,
  poll,
  shot,
  startJourney,
  violations,
} from '../support/journey.ts'

const journey = startJourney()

test('[P11] the chair’s desk: what waits in three documents, decided with A, R and N alone', async () => {
  const author = await journey.open('stc.officer')
  const head = await journey.open('skhdt.head')
  const place = async (kind: DocumentKind) =>
    `/api/documents/${(await journey.server.documentOf(kind)).id}`
  const clauses = async (kind: DocumentKind) =>
    (await author.visitor.call<{ clauses: ClauseView[] }>('GET', `${await place(kind)}/clauses`))
      .body.clauses
  const made: Record<string, ProposalView> = {}
  for (const kind of ['covenant', 'plan', 'regulation'] as const) {
    const clause = (await clauses(kind)).find(({ level }) => level === 'paragraph') as ClauseView
    const { body } = await author.visitor.call<ProposalView>(
      'POST',
      `${await place(kind)}/proposals`,
      {
        clauseId: clause.id,
        baseHash: clause.hash,
        text: `${clause.text} Thêm ${kind}.`,
      },
    )
    made[kind] = body
    if (kind === 'plan')
      await head.visitor.call('PUT', `${await place(kind)}/clauses/${clause.id}/position`, {
        position: 'objects',
        hash: clause.hash,
        note: 'Chưa có kinh phí',
      })
  }
  const [, beside] = (await clauses('plan')).filter(({ level }) => level === 'paragraph')
  await author.visitor.call('POST', `${await place('plan')}/clauses/${beside?.id}/brackets`, {
    hash: beside?.hash,
    words: 'Lời ngắn gọn',
  })
  const lead = await journey.desk('vpdbqh.head')
  const { page } = lead
  await page.getByRole('button', { name: 'Bàn chủ trì' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bàn chủ trì' })
  await dialog.getByText('Mục 1 trên 5').waitFor()
  await dialog.getByText('Thêm: “Thêm covenant.”').waitFor()
  await shot(page, 'chair')
  expect(await violations(page)).toEqual([])
  const status = async (kind: DocumentKind) =>
    (
      await author.visitor.call<{ proposals: ProposalView[] }>(
        'GET',
        `${await place(kind)}/proposals`,
      )
    ).body.proposals.find(({ id }) => id === made[kind]?.id)?.status

  await page.keyboard.press('n')
  await dialog.getByText('Mục 2 trên 5').waitFor()
  await page.keyboard.press('p')
  await page.keyboard.press('a')
  await poll(() => status('covenant')).toBe('accepted')
  // The next has its place; a rejection asks for its reason first.
  await dialog.getByText('Mục 1 trên 4').waitFor()
  await dialog.getByText('Thêm: “Thêm plan.”').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('Trùng mục')
  await dialog.getByRole('button', { name: 'Không tiếp thu' }).click()
  await poll(() => status('plan')).toBe('rejected')
  await dialog.getByText('Chưa có kinh phí').waitFor()
  await dialog.getByRole('button', { name: /^Mục sau/ }).press('n')
  // Of competing wordings a digit keeps that one.
  await dialog.locator('[data-option="Lời ngắn gọn"]').waitFor()
  await shot(page, 'chair-bracket')
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 780 })
  await shot(page, 'chair-bracket-phone')
  expect(await overhang(page)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.keyboard.press('2')
  await poll(async () => (await clauses('plan')).find(({ id }) => id === beside?.id)?.text).toBe(
    'Lời ngắn gọn',
  )
  await dialog.getByText('Thêm: “Thêm regulation.”').waitFor()
  await page.setViewportSize({ width: 390, height: 780 })
  await shot(page, 'chair-phone')
  expect(await overhang(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await dialog.getByRole('button', { name: /^Đến / }).click()
  await poll(() => page.url()).toContain('/regulation#')
  await end(lead, author, head)
})

test('members have no chair’s desk', async () => {
  const member = await journey.desk('stc.head')
  expect(await member.page.getByRole('button', { name: 'Bàn chủ trì' }).count()).toBe(0)
  await end(member)
})
