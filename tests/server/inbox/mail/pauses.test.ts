import { expect, test } from 'vitest'
import { Pauses } from '../../../../server/inbox/mail/Pauses.ts'

test('pauses grow up to an hour, and are forgotten with the first success', () => {
  const pauses = new Pauses()
  const minutes = Array.from({ length: 9 }, () => pauses.failed('a', 0) / 60_000)
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
  expect([pauses.waits('a', 3_599_999), pauses.waits('a', 3_600_000)]).toEqual([true, false])
  expect(pauses.waits('b', 0)).toBe(false)
  pauses.succeeded('a')
  expect(pauses.failed('a', 0)).toBe(60_000)
})
