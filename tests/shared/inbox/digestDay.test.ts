import { expect, test } from 'vitest'
import { digestDay } from '../../../shared/inbox/digestDay.ts'

test('[P17] a digest is due at seven in the morning in Vietnam, and the next a day later', () => {
  const at = (time: string) => digestDay(Date.parse(`${time}+07:00`))
  const first = at('2022-03-01T07:00:00')
  expect(at('2022-03-01T06:59:59')).toBe(first - 1)
  expect(at('2022-03-02T06:59:59')).toBe(first)
  expect(at('2022-03-02T07:00:00')).toBe(first + 1)
})
