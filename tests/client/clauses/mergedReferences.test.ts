import { expect, test } from 'vitest'
import type { Run } from '../../../shared/clauses/clause.ts'
import { cites, clause, run } from '../../support/builders.ts'
import { Hand, StepsWorld } from './ownSteps/StepsWorld.ts'

const plain = (words: string): Run[] => [run(words)]
const citing = (before: string, behind: string): Run[] => [
  run(before),
  cites('z', 'khoản 2 Điều 3'),
  run(behind),
]

test.each<[string, Run[], Run[]]>([
  ['above', citing('Theo ', ' thì'), plain('Cơ quan thường trực tổng hợp.')],
  ['below', plain('Cơ quan thường trực'), citing('tổng hợp theo ', ' hằng năm.')],
  ['in both', citing('Theo ', ' thì'), citing('cơ quan nêu tại ', ' tổng hợp.')],
  ['above, at its end', [run('Theo '), cites('z', 'khoản 2 Điều 3')], plain('tổng hợp.')],
  ['below, alone', plain('Theo'), [cites('z', 'khoản 2 Điều 3')]],
])(
  '[UX-61] a merge with a reference %s is undone and redone to the letter',
  async (_, above, below) => {
    const at = new StepsWorld([
      clause('a', 'paragraph', above),
      clause('b', 'point', below),
      clause('z', 'text', 'Hết./.'),
    ])
    let ids = 0
    const hand = new Hand(at, 2, () => `n${++ids}`)
    const before = at.text
    hand.act({ kind: 'merge', clauseId: 'b', seen: null })
    const merged = at.text
    expect(merged).not.toBe(before)
    await hand.back('undo')
    expect(at.text).toBe(before)
    await hand.back('redo')
    expect(at.text).toBe(merged)
    // Others write before it meanwhile: then the mark counts, not the length that the text had.
    const other = new Hand(at, 3, () => `m${++ids}`)
    other.type('a', 0, 'Nay ')
    await hand.back('undo')
    expect(at.blocks.slice(0, 2)).toEqual([
      clause('a', 'paragraph', [run(`Nay ${above[0]?.text}`), ...above.slice(1)]),
      clause('b', 'point', below),
    ])
    expect(hand.gone).toBe(0)
  },
)
