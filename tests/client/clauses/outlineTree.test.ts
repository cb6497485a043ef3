import { describe, expect, test } from 'vitest'
import {
  itemOf,
  type OutlineItem,
  outlineTree,
  visibleItems,
} from '../../../client/clauses/outlineTree.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { clause, fields, table } from '../../support/builders.ts'

const { clauses } = viewClauses(
  [
    clause('b1', 'basis', 'Căn cứ một;'),
    clause('b2', 'basis', 'Căn cứ hai;'),
    clause('c', 'chapter', 'Quy định chung'),
    clause('a1', 'article', 'Mục tiêu'),
    clause('k1', 'paragraph', 'Khoản một'),
    clause('p1', 'point', 'điểm'),
    clause('a2', 'article', 'Chỉ tiêu'),
    table('t', [['TT']]),
    clause('an', 'annex', 'Bảng điểm'),
  ],
  fields(),
  'articles',
)
const tree = outlineTree(clauses)
const names = (items: readonly OutlineItem[]) =>
  items.map(({ label, text }) => `${label} ${text}`.trim())

describe('the outline', () => {
  test('holds headings, Điều and khoản; the legal bases are one entry', () => {
    expect(names(visibleItems(tree, () => true))).toEqual([
      '',
      'Chương I Quy định chung',
      'Điều 1. Mục tiêu',
      '1. Khoản một',
      'Điều 2. Chỉ tiêu',
      'Phụ lục Bảng điểm',
    ])
    expect(tree[0]?.clauseIds).toEqual(['b1', 'b2'])
  })

  test('what it does not show counts for the item it stands under', () => {
    expect(itemOf(tree, 'p1').map(({ id }) => id)).toEqual(['c', 'a1', 'k1'])
    expect(itemOf(tree, 't').map(({ id }) => id)).toEqual(['c', 'a2'])
    expect(itemOf(tree, 'b2').map(({ id }) => id)).toEqual(['b1'])
    expect(itemOf(tree, 'nobody')).toEqual([])
  })

  test('a closed item hides all below it', () => {
    expect(names(visibleItems(tree, ({ id }) => id !== 'c'))).toEqual([
      '',
      'Chương I Quy định chung',
      'Phụ lục Bảng điểm',
    ])
  })

  test('numbers of a plan are printed with their dot', () => {
    const plan = viewClauses([clause('s', 'section', 'Mục đích')], fields(), 'plan')
    expect(names(outlineTree(plan.clauses))).toEqual(['I. Mục đích'])
  })
})
