import { expect, test } from 'vitest'
import {
  demoted,
  following,
  lifted,
  OFFERED_LEVELS,
  promoted,
} from '../../../client/clauses/levels.ts'
import { CLAUSE_LEVELS, type ClauseLevel } from '../../../shared/clauses/clause.ts'

test('Tab goes down the ladder of the articles, one rung at a time, and stops at điểm', () => {
  const rungs: ClauseLevel[] = ['chapter']
  for (let n = 0; n < 6; n += 1) rungs.push(demoted(rungs[n] ?? 'text', 'articles'))
  expect(rungs).toEqual([
    'chapter',
    'section',
    'subsection',
    'article',
    'paragraph',
    'point',
    'point',
  ])
})

test('a plan knows section, paragraph and point only', () => {
  expect(demoted('section', 'plan')).toBe('paragraph')
  expect(promoted('point', 'plan')).toBe('paragraph')
  expect(promoted('section', 'plan')).toBe('section')
  expect(OFFERED_LEVELS.plan).not.toContain('article')
})

test('going down and up again leads back, wherever one starts on the ladder', () => {
  for (const model of ['articles', 'plan'] as const)
    for (const level of ['section', 'paragraph'] as const)
      expect(promoted(demoted(level, model), model)).toBe(level)
})

test('Enter goes on with the same, below a heading with what is written under it', () => {
  expect(following('point', 'articles')).toBe('point')
  expect(following('chapter', 'articles')).toBe('article')
  expect(following('article', 'articles')).toBe('paragraph')
  expect(following('section', 'plan')).toBe('paragraph')
  expect(following('basis', 'articles')).toBe('basis')
})

test('an empty clause climbs to plain text in at most two steps, whatever it was', () => {
  for (const level of CLAUSE_LEVELS) {
    const first = lifted(level)
    expect(first === null || first === 'text' || lifted(first) === 'text').toBe(true)
  }
  expect(lifted('point')).toBe('paragraph')
  expect(lifted('text')).toBeNull()
})
