import { expect, test } from 'vitest'
import { printedDate } from '../../../client/clauses/printedDate.ts'

test.each([
  ['2022-02-05', 'Ninh Thuận, ngày 05 tháng 02 năm 2022'],
  ['2022-03-28', 'Ninh Thuận, ngày 28 tháng 3 năm 2022'],
  ['2022-12-10', 'Ninh Thuận, ngày 10 tháng 12 năm 2022'],
  [null, 'Ninh Thuận, ngày …… tháng …… năm ……'],
])('days below 10 and the first two months take a nought: %s', (date, printed) => {
  expect(printedDate('Ninh Thuận', date)).toBe(printed)
})
