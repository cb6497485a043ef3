import { describe, expect, test } from 'vitest'
import type { Sha256 } from '../../../shared/base/ids.ts'
import type { BlockLevel } from '../../../shared/clauses/clause.ts'
import { moveDown, moveUp, subtreeEnd, subtreeHash } from '../../../shared/clauses/subtree.ts'

const LEVELS: BlockLevel[] = [
  'basis', // 0
  'chapter', // 1
  'article', // 2
  'paragraph', // 3
  'point', // 4
  'paragraph', // 5
  'table', // 6
  'article', // 7
  'text', // 8
  'chapter', // 9
  'article', // 10
]

describe('what hangs under a clause', () => {
  test('an Điều has its khoản and điểm, a chapter its Điều, a khoản the table below it', () => {
    expect(LEVELS.map((_, index) => subtreeEnd(LEVELS, index))).toEqual([
      1, 9, 7, 5, 5, 7, 7, 9, 9, 11, 11,
    ])
  })
})

describe('one step', () => {
  test.each([
    [0, undefined, 'the first block'],
    [1, null, 'a chapter goes before the bases'],
    [3, 1, 'the first khoản goes before its Điều'],
    [5, 2, 'the second khoản goes before the first'],
    [7, 1, 'an Điều goes before the one above with all its khoản'],
    [10, 8, 'the first Điều of a chapter ends the one before'],
  ])('up from %i: behind %s (%s)', (index, after, _) => {
    expect(moveUp(LEVELS, index)?.after).toBe(after)
  })

  test.each([
    [0, 8, 'a basis goes behind the whole first chapter'],
    [2, 8, 'an Điều goes behind the next with its text'],
    [3, 6, 'a khoản goes behind the next with its table'],
    [5, 7, 'the last khoản opens the next Điều'],
    [7, 9, 'the last Điều of a chapter opens the next'],
    [9, undefined, 'the last chapter'],
  ])('down from %i: behind %s (%s)', (index, after, _) => {
    expect(moveDown(LEVELS, index)?.after).toBe(after)
  })
})

test('the fingerprint of a single clause is its own, of several that of all', () => {
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as [Sha256, Sha256]
  expect(subtreeHash([{ id: 'x', hash: a }])).toBe(a)
  const both = subtreeHash([
    { id: 'x', hash: a },
    { id: 'y', hash: b },
  ])
  expect([a, b]).not.toContain(both)
  expect(
    subtreeHash([
      { id: 'y', hash: b },
      { id: 'x', hash: a },
    ]),
  ).not.toBe(both)
})
