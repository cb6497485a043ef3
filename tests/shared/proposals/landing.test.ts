import { expect, test } from 'vitest'
import type { BlockLevel } from '../../../shared/clauses/clause.ts'
import { placeBlocks } from '../../../shared/clauses/describePlace.ts'
import { landingOf } from '../../../shared/proposals/landing.ts'

const LEVELS: readonly [string, BlockLevel][] = [
  ['I', 'chapter'],
  ['1', 'article'],
  ['1.1', 'paragraph'],
  ['1.1a', 'point'],
  ['2', 'article'],
  ['2t', 'text'],
]
const clauses = placeBlocks(
  LEVELS.map(([id, level]) => ({ id, level })),
  'articles',
)

test.each<[string, BlockLevel, string | null, object]>([
  ['first of all', 'article', null, { where: 'top' }],
  ['an Điều behind the last điểm of another', 'article', '1.1a', { where: 'after', clauseId: '1' }],
  ['an Điều behind the words of another', 'article', '2t', { where: 'after', clauseId: '2' }],
  ['an Điều at the start of a chapter', 'article', 'I', { where: 'into', clauseId: 'I' }],
  [
    'a khoản behind a khoản with its điểm',
    'paragraph',
    '1.1a',
    { where: 'after', clauseId: '1.1' },
  ],
  ['a khoản first in an Điều', 'paragraph', '2', { where: 'into', clauseId: '2' }],
  ['behind one that is not in the text', 'article', 'x', { where: 'after', clauseId: 'x' }],
])('[P11] %s is said by the clause that people would name', (_, level, after, expected) => {
  expect(landingOf(clauses, level, after)).toEqual(expected)
})
