import { expect, test } from 'vitest'
import { ApiError } from '../../../client/base/apiError.ts'
import { addWords, translate } from '../../../client/base/dictionary.ts'
import { errorText } from '../../../client/base/errorText.ts'
import { en, vi } from '../../../client/base/strings.ts'
import type { Translate } from '../../../client/base/useText.ts'

addWords({ vi, en })
const tell = (language: 'vi' | 'en', details: Record<string, unknown>) => {
  const t: Translate = (key, values) => translate(language, key, values)
  return errorText(t, new ApiError('server/too-many', 429, details))
}

test('whoever has tried too often is told how long to wait, in whole minutes, where the server says it', () => {
  expect(tell('vi', { retryAfterSeconds: 3_541 })).toBe(
    'Quá nhiều lần thử. Hãy thử lại sau 60 phút.',
  )
  expect(tell('vi', { retryAfterSeconds: 61 })).toContain('sau 2 phút')
  expect(tell('en', { retryAfterSeconds: 1 })).toBe('Too many attempts. Try again in 1 minute.')
  expect(tell('en', { retryAfterSeconds: 300 })).toBe('Too many attempts. Try again in 5 minutes.')
})

test('and where it does not, that it takes a while', () => {
  for (const details of [{}, { retryAfterSeconds: '5' }, { retryAfterSeconds: Number.NaN }])
    expect(tell('vi', details)).toBe('Quá nhiều lần thử. Hãy đợi vài phút rồi thử lại.')
})
