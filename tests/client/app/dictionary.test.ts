import { expect, test } from 'vitest'
import { en } from '../../../client/app/i18n/en.ts'
import { vi } from '../../../client/app/i18n/vi.ts'
import { ERRORS } from '../../../shared/base/errors.ts'
import { BLOCKER_CODES } from '../../../shared/locking/api.ts'

const vietnamese = Object.entries(vi as Record<string, string>)
const english = new Map(Object.entries(en as Record<string, string>))
const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test('every Vietnamese text has an English one that names the same values', () => {
  for (const [key, text] of vietnamese) {
    expect(english.get(key), key).toBeTruthy()
    expect(values(english.get(key) ?? ''), key).toEqual(values(text))
  }
})

test('English has a singular for every counted text, and nothing that Vietnamese lacks', () => {
  const known = new Set(vietnamese.map(([key]) => key))
  for (const key of known)
    if (key.endsWith('_other')) expect(english.has(key.replace(/_other$/, '_one')), key).toBe(true)
  for (const key of english.keys())
    expect(known.has(key.replace(/_one$/, '_other')), key).toBe(true)
})

test('every code of the error table has words in both languages', () => {
  for (const code of Object.keys(ERRORS)) {
    expect(vi).toHaveProperty([`error.${code}`])
    expect(en).toHaveProperty([`error.${code}`])
  }
})

test('every blocker of a lock has words in both languages', () => {
  for (const code of BLOCKER_CODES) {
    expect(vi).toHaveProperty([`blocker.${code}`])
    expect(en).toHaveProperty([`blocker.${code}`])
  }
})

test('Vietnamese is NFC, as it is searched and compared', () => {
  for (const [key, text] of vietnamese) expect(text, key).toBe(text.normalize('NFC'))
})
