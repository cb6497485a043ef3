import { expect, test } from 'vitest'
import { agreementOf } from '../../../client/agreements/agreementOf.ts'
import { outlineGroup, withDescendants } from '../../../client/agreements/clauseTree.ts'
import {
  isSettled,
  type Mark,
  type MarkState,
  waitingFor,
  worstMarks,
} from '../../../client/agreements/marks.ts'
import { STRUCTURE } from '../../../shared/agreements/agreement.ts'
import type { PositionView } from '../../../shared/agreements/api.ts'
import type { AgencyId, Sha256, UserId } from '../../../shared/base/ids.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import { clause, fields } from '../../support/builders.ts'

const PARTIES = ['vpdbqh', 'snv', 'stc'] as AgencyId[]
const row = (...states: MarkState[]): Mark[] =>
  states.map((state, i) => ({ agencyId: PARTIES[i] ?? '', state, position: null }))
const states = (marks: readonly Mark[]) => marks.map(({ state }) => state)

const document = {
  ...fields(),
  parties: PARTIES,
  agreementPolicy: 'all',
} as unknown as DocumentView
const text = (second = 'Bảng thi đua.') => [
  clause('b1', 'basis', 'Căn cứ Luật;'),
  clause('b2', 'basis', 'Căn cứ Nghị định;'),
  clause('d1', 'article', 'Mục tiêu'),
  clause('k1', 'paragraph', 'Giữ vững đoàn kết.'),
  clause('k2', 'paragraph', second),
  clause('d2', 'article', 'Hiệu lực'),
]
const view = (second?: string) => viewClauses(text(second), document, 'articles')

/** All agencies agree to the words as `view()` has them. */
const consents = (): PositionView[] => {
  const { clauses, structureHash } = view()
  const items = [...clauses, { id: STRUCTURE, hash: structureHash }]
  return items.flatMap(({ id, hash }) =>
    PARTIES.map((agencyId) => ({
      clauseId: id,
      agencyId,
      position: 'agreed' as const,
      hash: hash as Sha256,
      standing: 'counts' as const,
      by: { id: 'u' as UserId, name: 'Thủ trưởng', agencyId },
      at: '2022-02-28T08:00:00.000Z',
    })),
  )
}

test('[P12] a heading’s row shows the worst mark of each agency below it', () => {
  expect(
    states(
      worstMarks([
        row('agreed', 'agreed', 'reserved'),
        row('agreed', 'none', 'agreed'),
        row('objects', 'outdated', 'agreed'),
      ]),
    ),
  ).toEqual(['objects', 'outdated', 'reserved'])
  expect(worstMarks([])).toEqual([])
})

test('[P12] settled means what the lock asks for under each policy', () => {
  expect(isSettled(row('agreed', 'reserved', 'agreed'), 'all')).toBe(true)
  expect(isSettled(row('agreed', 'objects', 'agreed'), 'all')).toBe(false)
  expect(isSettled(row('agreed', 'objects', 'agreed'), 'two-thirds')).toBe(true)
  expect(isSettled(row('agreed', 'none', 'agreed'), 'two-thirds')).toBe(false)
})

test('[P12] one changed word makes exactly that clause’s marks fall, and its return brings them back', () => {
  const agreed = agreementOf(document, view().clauses, consents())
  expect(agreed).toMatchObject({ settled: 7, total: 7, blockers: [] })
  const changed = agreementOf(document, view('Bảng thi đua mới.').clauses, consents())
  const fallen = [...changed.rows].filter(([, marks]) =>
    marks.some(({ state }) => state !== 'agreed'),
  )
  expect(fallen.map(([id]) => id)).toEqual(['k2'])
  expect(waitingFor(changed.rows, 'stc')).toEqual(['k2'])
  expect(changed.contentHash).not.toBe(agreed.contentHash)
})

test('[P12] a clause that is gone asks again for the structure alone', () => {
  const rest = viewClauses(
    text().filter(({ id }) => id !== 'k1'),
    document,
    'articles',
  )
  const without = agreementOf(document, rest.clauses, consents())
  expect(waitingFor(without.rows, 'stc')).toEqual([STRUCTURE])
})

test('the hashes that are agreed to are those the server would give', () => {
  const { clauses, structureHash, contentHash } = view()
  expect(agreementOf(document, clauses, [])).toMatchObject({ structureHash, contentHash })
})

test('an Điều has its khoản below it; neighbouring legal bases are one entry of the outline', () => {
  const { clauses } = view()
  expect(withDescendants(clauses, 'd1').map(({ id }) => id)).toEqual(['d1', 'k1', 'k2'])
  expect(outlineGroup(clauses, 'b1').map(({ id }) => id)).toEqual(['b1', 'b2'])
  expect(outlineGroup(clauses, 'd2').map(({ id }) => id)).toEqual(['d2'])
})
