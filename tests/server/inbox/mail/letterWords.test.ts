import { expect, test } from 'vitest'
import { letterWords } from '../../../../server/inbox/mail/letterWords.ts'

const { vi, en } = letterWords as Record<'vi' | 'en', Record<string, string>>
const values = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test('letters have every word in both languages, with the same values, as the page has', () => {
  for (const [key, text] of Object.entries(vi)) {
    expect(values(en[key]), key).toEqual(values(text))
    expect(text, key).toBe(text.normalize('NFC'))
    if (key.endsWith('_other')) expect(en[key.replace(/_other$/, '_one')], key).toBeTruthy()
  }
})
