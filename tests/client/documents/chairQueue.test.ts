import { expect, test } from 'vitest'
import { chairQueue, type QueueDocument } from '../../../client/documents/chair/chairQueue.ts'
import type { PositionView } from '../../../shared/agreements/api.ts'
import type { BracketView } from '../../../shared/brackets/api.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'

const clause = (id: string): ClauseView =>
  ({ id, level: 'article', label: `Điều ${id}`, text: id, hash: 'h', parentId: null }) as ClauseView
const proposal = (id: string, change: object) =>
  ({ id, kind: 'edit', status: 'open', ...change }) as unknown as ProposalView
const position = (clauseId: string, agencyId: string, change: object) =>
  ({ clauseId, agencyId, position: 'objects', standing: 'counts', ...change }) as PositionView
const bracket = (clauseId: string, index: number, ...hashes: string[]) =>
  ({ clauseId, index, options: hashes.map((hash) => ({ hash })) }) as unknown as BracketView
const part = (id: string, change: Partial<QueueDocument>): QueueDocument => ({
  document: { id, kind: 'covenant' } as DocumentView,
  clauses: ['1', '2', '3'].map(clause),
  proposals: [],
  positions: [],
  brackets: [],
  ...change,
})

test('the chair’s queue goes through the documents clause by clause, proposals before brackets before objections', () => {
  const queue = chairQueue([
    part('a', {
      proposals: [
        proposal('late', { clauseId: '3' }),
        proposal('gone', { clauseId: 'khong-con' }),
        proposal('first', { clauseId: '1' }),
        proposal('new', { kind: 'insert', clauseId: 'moi', afterClauseId: '1' }),
        proposal('done', { clauseId: '1', status: 'accepted' }),
      ],
      positions: [
        position('1', 'stc', {}),
        position('2', 'snv', { standing: 'outdated' }),
        position('2', 'vpub', { position: 'agreed' }),
        position('structure', 'stc', {}),
      ],
      brackets: [bracket('3', 0, 'x', 'y'), bracket('1', 0, 'p', 'q'), bracket('1', 1, 'r', 's')],
    }),
    part('b', { positions: [position('2', 'stc', {})] }),
  ])
  expect(queue.map(({ key, place }) => [key, place])).toEqual([
    ['a first', 'Điều 1'],
    ['a new', 'Điều 1'],
    ['a 1 [p/q]', 'Điều 1'],
    ['a 1 [r/s]', 'Điều 1'],
    ['a 1 stc', 'Điều 1'],
    ['a late', 'Điều 3'],
    ['a 3 [x/y]', 'Điều 3'],
    ['a gone', ''],
    ['a structure stc', ''],
    ['b 2 stc', 'Điều 2'],
  ])
  expect(queue[1]?.clause).toBeUndefined()
  expect(queue[5]?.clause?.id).toBe('3')
})

test('once the other chair has settled a bracket, the next one of its clause is another item', () => {
  const keys = (...brackets: BracketView[]) =>
    chairQueue([part('a', { brackets })]).map((i) => i.key)
  const [first, second] = keys(bracket('1', 0, 'p', 'q'), bracket('1', 1, 'r', 's'))
  expect(keys(bracket('1', 0, 'r', 's'))).toEqual([second])
  expect(second).not.toBe(first)
  // Nor is one to which a wording was added what was read.
  expect(keys(bracket('1', 0, 'r', 's', 't'))).not.toContain(second)
})

test('an insertion behind another insertion waits where that one does, not at the end', () => {
  const proposals = [
    proposal('behind', { kind: 'insert', clauseId: 'hai', afterClauseId: 'mot' }),
    proposal('one', { kind: 'insert', clauseId: 'mot', afterClauseId: '1' }),
    proposal('later', { clauseId: '2' }),
  ]
  expect(chairQueue([part('a', { proposals })]).map(({ key, place }) => [key, place])).toEqual([
    ['a behind', 'Điều 1'],
    ['a one', 'Điều 1'],
    ['a later', 'Điều 2'],
  ])
})
