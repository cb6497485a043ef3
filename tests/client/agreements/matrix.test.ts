import { expect, test } from 'vitest'
import type { MarkState, Marks } from '../../../client/agreements/marks.ts'
import {
  EVERYTHING,
  filterRows,
  MARK_STATES,
} from '../../../client/agreements/matrix/filterRows.ts'
import { moveInGrid } from '../../../client/agreements/matrix/moveInGrid.ts'

const AGENCIES = ['vpdbqh', 'snv', 'stc']
const row = (...states: MarkState[]): Marks =>
  states.map((state, i) => ({ agencyId: AGENCIES[i] ?? '', state, position: null }))
const rows = new Map<string, Marks>([
  ['c1', row('agreed', 'agreed', 'agreed')],
  ['c2', row('agreed', 'reserved', 'none')],
  ['c3', row('outdated', 'outdated', 'agreed')],
  ['c4', row('objects', 'agreed', 'outdated')],
  ['structure', row('none', 'none', 'none')],
])
const waiting = ['c2', 'c4', 'structure']
const asked = (filter: Partial<typeof EVERYTHING>) =>
  filterRows(rows, { ...EVERYTHING, ...filter }, waiting)

test('[P12] without a filter every clause and the structure are there, in document order', () => {
  expect(asked({})).toEqual(['c1', 'c2', 'c3', 'c4', 'structure'])
})

test('[P12] a state alone asks for rows where any agency stands like this', () => {
  expect(asked({ state: 'objects' })).toEqual(['c4'])
  expect(asked({ state: 'outdated' })).toEqual(['c3', 'c4'])
  expect(asked({ state: 'none' })).toEqual(['c2', 'structure'])
})

test('[P12] an agency alone asks for what it has not consented to', () => {
  expect(asked({ agencyId: 'snv' })).toEqual(['c3', 'structure'])
  expect(asked({ agencyId: 'stc' })).toEqual(['c2', 'c4', 'structure'])
})

test('[P12] an agency and a state ask for exactly its cells', () => {
  for (const [i, agencyId] of AGENCIES.entries())
    for (const state of MARK_STATES)
      expect(asked({ agencyId, state })).toEqual(
        [...rows].filter(([, marks]) => marks[i]?.state === state).map(([id]) => id),
      )
})

test('[P12] “mine to do” leaves what waits for the reader’s agency, under the other filters too', () => {
  expect(asked({ mine: true })).toEqual(waiting)
  expect(asked({ mine: true, state: 'objects' })).toEqual(['c4'])
})

test('arrow keys move through the grid and stop at its edges', () => {
  const size = { rows: 30, columns: 10 }
  const from = { row: 4, column: 3 }
  const press = (key: string, at = from, ctrlKey = false) => moveInGrid(at, { key, ctrlKey }, size)
  expect(press('ArrowUp')).toEqual({ row: 3, column: 3 })
  expect(press('ArrowDown')).toEqual({ row: 5, column: 3 })
  expect(press('ArrowLeft')).toEqual({ row: 4, column: 2 })
  expect(press('ArrowRight')).toEqual({ row: 4, column: 4 })
  expect(press('Home')).toEqual({ row: 4, column: 0 })
  expect(press('End')).toEqual({ row: 4, column: 9 })
  expect(press('Home', from, true)).toEqual({ row: 0, column: 0 })
  expect(press('End', from, true)).toEqual({ row: 29, column: 9 })
  expect(press('PageDown')).toEqual({ row: 14, column: 3 })
  expect(press('PageUp')).toEqual({ row: 0, column: 3 })
  expect(press('ArrowUp', { row: 0, column: 0 })).toEqual({ row: 0, column: 0 })
  expect(press('ArrowLeft', { row: 0, column: 0 })).toEqual({ row: 0, column: 0 })
  expect(press('ArrowDown', { row: 29, column: 9 })).toEqual({ row: 29, column: 9 })
  expect(press('ArrowRight', { row: 29, column: 9 })).toEqual({ row: 29, column: 9 })
  expect(press('a')).toBeNull()
})
