import { expect, test } from 'vitest'
import { draftsOf } from '../../../client/proposals/draftsOf.ts'
import { withRemarks } from '../../../client/proposals/proposalDesk.ts'
import { standingOf } from '../../../client/proposals/standing.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { clauseHash } from '../../../shared/clauses/hash.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { diffBlocks } from '../../../shared/proposals/diffBlocks.ts'
import { draftProblem, NOTE_LIMIT, ProposalDraft } from '../../../shared/proposals/draft.ts'
import { summarize } from '../../../shared/proposals/summarize.ts'
import { clause, run, table } from '../../support/builders.ts'

test('[P11] a draft is sent as one sound proposal per clause, with marks where its words have any', () => {
  const [a, b, c, d] = [
    clause('a', 'paragraph', 'một hai'),
    clause('b', 'paragraph', 'ba'),
    clause('c', 'point', 'bốn'),
    table('d', [['x', 'y']]),
  ]
  const after = [
    clause('a', 'paragraph', [run('một '), run('HAI', 'bold')]),
    clause('n', 'point', 'mới'),
    clause('c', 'paragraph', 'bốn'),
    table('d', [['x', 'z']]),
  ]
  const drafts = draftsOf(
    diffBlocks([a, b, c, d], after, () => 'khong-dung'),
    after,
  )
  expect(drafts.map(draftProblem)).toEqual(drafts.map(() => null))
  expect(drafts).toMatchObject([
    { kind: 'delete', clauseId: 'b', baseHash: clauseHash(b) },
    {
      kind: 'edit',
      clauseId: 'a',
      content: {
        runs: [
          { text: 'một ', marks: [] },
          { text: 'HAI', marks: ['bold'] },
        ],
      },
    },
    { kind: 'insert', clauseId: 'n', afterClauseId: 'a', level: 'point' },
    { kind: 'edit', clauseId: 'c', level: 'paragraph' },
    { kind: 'edit', clauseId: 'd', content: { rows: [{ cells: [{}, {}] }] } },
  ])
  expect(drafts[1]).not.toHaveProperty('level')
  expect(drafts[3]).not.toHaveProperty('content')
})

const view = (text: string): ClauseView =>
  ({ id: 'a', level: 'point', label: 'a', text, hash: text, parentId: null }) as ClauseView
const proposal = (change: object) =>
  ({
    kind: 'edit',
    baseHash: 'một hai',
    baseText: 'một hai',
    text: 'một HAI',
    ...change,
  }) as never as ProposalView

test('[P11] how a proposal stands to its clause: fresh, merged, in conflict, changed, gone', () => {
  const kindOf = (change: object, now: ClauseView | undefined) => standingOf(proposal(change), now)
  expect(kindOf({}, view('một hai'))).toEqual({ kind: 'fresh', from: 'một hai', to: 'một HAI' })
  expect(kindOf({}, view('MỘT hai'))).toMatchObject({ kind: 'merged', to: 'MỘT HAI' })
  expect(kindOf({}, view('một 2'))).toMatchObject({ kind: 'conflict' })
  expect(kindOf({ baseText: undefined }, view('MỘT hai'))).toMatchObject({ kind: 'conflict' })
  expect(kindOf({ kind: 'delete' }, view('MỘT hai'))).toMatchObject({ kind: 'changed' })
  expect(kindOf({}, undefined)).toMatchObject({ kind: 'gone' })
})

test('[UX-32] a card names what is replaced, added and deleted, and counts what it has no room for', () => {
  expect(summarize('một hai ba', 'một 2 ba bốn').places).toEqual([
    { kind: 'replace', from: 'hai', to: '2' },
    { kind: 'add', to: 'bốn' },
  ])
  expect(summarize('một hai', 'một').places).toEqual([{ kind: 'delete', from: 'hai' }])
  const far = (words: string[]) => words.map((word) => `${word} giữ nguyên chỗ này đây;`).join(' ')
  const many = summarize(far(['a', 'b', 'c', 'd', 'e']), far(['1', '2', '3', '4', '5']))
  expect([many.places.length, many.more]).toEqual([3, 2])
})

test('[P11] where both sides changed the same words the proposal says so, behind the author’s own reason', () => {
  const item = ProposalDraft.parse({ kind: 'delete', clauseId: 'a', baseHash: 'a'.repeat(64) })
  expect(withRemarks(item, 'Lý do', [])).toBe(item)
  expect(withRemarks(item, 'Lý do', ['một', 'hai']).note).toBe('Lý do\nmột\nhai')
  expect(withRemarks(item, '', ['x'.repeat(NOTE_LIMIT + 1)]).note).toHaveLength(NOTE_LIMIT)
})
