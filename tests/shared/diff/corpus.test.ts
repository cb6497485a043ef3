import { expect, test } from 'vitest'
import { diffDocuments } from '../../../shared/diff/diffDocuments.ts'
import { diffTables } from '../../../shared/diff/diffTables.ts'
import { diffWords } from '../../../shared/diff/diffWords.ts'
import { clause, table } from '../../support/builders.ts'
import { marked, markedTable, told } from './marked.ts'
import { MOVE_PAIRS } from './movePairs.ts'
import { TABLE_PAIRS } from './tablePairs.ts'
import { WORD_PAIRS } from './wordPairs.ts'

test('the corpus has 60 pairs', () => {
  expect(WORD_PAIRS.length + TABLE_PAIRS.length + MOVE_PAIRS.length).toBeGreaterThanOrEqual(60)
})

test.each(WORD_PAIRS)('[P16] %j → %j', (before, after, expected) => {
  expect(marked(diffWords(before, after))).toBe(expected)
})

test.each(TABLE_PAIRS)('[P16] a table: %s', (_, before, after, expected) => {
  expect(markedTable(diffTables(table('t', before), table('t', after)))).toBe(expected)
})

test.each(MOVE_PAIRS)('[P16] %s → %s', (before, after, expected) => {
  const body = (ids: string) => ids.split(' ').map((id) => clause(id, 'paragraph', `Lời của ${id}`))
  expect(diffDocuments(body(before), body(after)).map(told).join(', ')).toBe(expected)
})

test('[P16] who wants to see styles of tone marks is shown them', () => {
  expect(marked(diffWords('uỷ ban', 'ủy ban', { toneStyle: 'keep' }))).toBe('[-uỷ-]{+ủy+} ban')
  const [was, now] = [clause('a', 'article', 'uỷ ban'), clause('a', 'article', 'ủy ban')]
  expect(diffDocuments([was], [now])[0]?.kind).toBe('same')
  expect(diffDocuments([was], [now], { toneStyle: 'keep' })[0]?.kind).toBe('changed')
})
