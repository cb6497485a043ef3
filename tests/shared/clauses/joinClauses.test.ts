import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Block } from '../../../shared/clauses/clause.ts'
import { joinToPrevious } from '../../../shared/clauses/joinClauses.ts'
import { readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { cites, clause, run, table } from '../../support/builders.ts'

function joined(blocks: Block[], id: string) {
  const doc = new Y.Doc()
  writeBody(doc, blocks)
  const before = readBody(doc)
  const answer = joinToPrevious(doc, id)
  return { answer, before, after: readBody(doc) }
}

describe('joining a clause to the one before it', () => {
  test('its words follow with their marks, a space between, under the id above', () => {
    const { answer, after } = joined(
      [
        clause('a', 'paragraph', [run('Thi đua', 'bold')]),
        clause('b', 'point', [run('đúng '), run('hạn', 'italic')]),
        clause('c', 'point', 'hết'),
      ],
      'b',
    )
    expect(answer).toBe('a')
    expect(after).toEqual([
      clause('a', 'paragraph', [run('Thi đua', 'bold'), run(' đúng '), run('hạn', 'italic')]),
      clause('c', 'point', 'hết'),
    ])
  })

  test('an empty clause above goes and leaves its level: the id belongs to the text', () => {
    const { answer, after } = joined(
      [clause('a', 'paragraph', ''), clause('b', 'point', 'Điểm')],
      'b',
    )
    expect(answer).toBe('b')
    expect(after).toEqual([clause('b', 'paragraph', 'Điểm')])
  })

  test('a reference is no empty text, whatever it says', () => {
    const { answer, after } = joined(
      [clause('a', 'paragraph', [cites('z', ' ')]), clause('b', 'point', 'Điểm')],
      'b',
    )
    expect(answer).toBe('a')
    expect(after).toEqual([clause('a', 'paragraph', [cites('z', ' '), run(' Điểm')])])
  })

  test('a reference that says nothing is none: its letter is text, and stays', () => {
    const { answer, after } = joined(
      [clause('a', 'paragraph', [cites('z', '')]), clause('b', 'point', 'Điểm')],
      'b',
    )
    expect(answer).toBe('a')
    expect(after).toEqual([clause('a', 'paragraph', '\ufffc Điểm')])
  })

  test('two empty ones are one', () => {
    const { answer, after } = joined([clause('a', 'text', ''), clause('b', 'text', '')], 'b')
    expect(answer).toBe('a')
    expect(after).toEqual([clause('a', 'text', '')])
  })

  test.each([
    ['a', 'nothing stands before it'],
    ['t', 'it is a table'],
    ['c', 'a table stands before it'],
    ['khong-co', 'it is not there'],
  ])('not %s: %s', (id) => {
    const { answer, before, after } = joined(
      [clause('a', 'text', 'một'), table('t', [['ô']]), clause('c', 'text', 'hai')],
      id,
    )
    expect(answer).toBeNull()
    expect(after).toEqual(before)
  })
})
