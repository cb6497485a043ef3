import { expect, test } from 'vitest'
import { ApiError, type FailureCode } from '../../../client/base/apiError.ts'
import { afterRefusal } from '../../../client/clauses/undo/afterRefusal.ts'
import { ERRORS } from '../../../shared/base/errors.ts'

test.each<[FailureCode, 'gone' | 'later']>([
  ['act/gone', 'gone'],
  ['content/refused', 'gone'],
  ['document/not-found', 'gone'],
  ['auth/required', 'later'],
  ['auth/forbidden', 'later'],
  ['document/wrong-phase', 'later'],
  ['input/too-large', 'later'],
  ['server/too-many', 'later'],
  ['server/not-saving', 'later'],
  ['network', 'later'],
])('[UX-61] an undo that meets %s: the step is %s', (code, fate) => {
  const status = code === 'network' || code === 'unreadable' ? 0 : ERRORS[code].status
  expect(afterRefusal(new ApiError(code, status))).toBe(fate)
})

test('[UX-61] a step outlives what nobody foresaw', () => {
  expect(afterRefusal(new TypeError('no answer'))).toBe('later')
})
