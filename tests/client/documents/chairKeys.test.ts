import { expect, test } from 'vitest'
import { chairAct } from '../../../client/documents/chair/chairKeys.ts'

const pressed = (key: string, more: object = {}) =>
  chairAct({ key, repeat: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

test('a key that is held decides nothing that has not been read; it may walk on', () => {
  expect(['a', 'R', 'n', 'p'].map((key) => pressed(key))).toEqual([
    'accept',
    'reject',
    'next',
    'previous',
  ])
  const held = { repeat: true }
  expect(['A', 'r', 'n', 'p'].map((key) => pressed(key, held))).toEqual([
    'held',
    'held',
    'next',
    'previous',
  ])
})

test('[P14] a digit keeps that wording of a bracket, once for each press', () => {
  expect(['1', '9'].map((key) => pressed(key))).toEqual(['settle-1', 'settle-9'])
  expect(pressed('2', { repeat: true })).toBe('held')
  expect(['0', '10', '٣'].map((key) => pressed(key))).toEqual([null, null, null])
})

test('other keys, and those of the browser, are left alone', () => {
  expect(pressed('x')).toBeNull()
  expect(pressed('a', { ctrlKey: true })).toBeNull()
  expect(pressed('a', { metaKey: true })).toBeNull()
  expect(pressed('constructor')).toBeNull()
})
