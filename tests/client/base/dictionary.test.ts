import { expect, test } from 'vitest'
import { addWords, translate } from '../../../client/base/dictionary.ts'

addWords({
  vi: {
    'try.hello': 'Chào {{name}}',
    'try.clauses_other': '{{count}} điều khoản',
    'try.only': 'Chỉ ở đây',
  },
  en: {
    'try.hello': 'Hello {{name}}',
    'try.clauses_one': '{{count}} clause',
    'try.clauses_other': '{{count}} clauses',
  },
})

test('values stand where they are named, as they are, whatever they hold', () => {
  expect(translate('en', 'try.hello', { name: '<b>{{name}} $& “A”</b>' })).toBe(
    'Hello <b>{{name}} $& “A”</b>',
  )
  expect(translate('en', 'try.hello')).toBe('Hello {{name}}')
})

test('a counted text has a singular where the language has one', () => {
  const counted = (language: 'vi' | 'en') =>
    [0, 1, 2].map((count) => translate(language, 'try.clauses', { count }))
  expect(counted('vi')).toEqual(['0 điều khoản', '1 điều khoản', '2 điều khoản'])
  expect(counted('en')).toEqual(['0 clauses', '1 clause', '2 clauses'])
})

test('what one language lacks is said in Vietnamese', () => {
  expect(translate('en', 'try.only')).toBe('Chỉ ở đây')
})
