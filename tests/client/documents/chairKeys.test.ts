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

test('other keys, and those of the browser, are left alone', () => {
  expect(pressed('x')).toBeNull()
  expect(pressed('a', { ctrlKey: true })).toBeNull()
  expect(pressed('a', { metaKey: true })).toBeNull()
  expect(pressed('constructor')).toBeNull()
})
