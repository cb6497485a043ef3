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
const bracket = (clauseId: string, index: number) => ({ clauseId, index }) as BracketView
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
      brackets: [bracket('3', 0), bracket('1', 0), bracket('1', 1)],
    }),
    part('b', { positions: [position('2', 'stc', {})] }),
  ])
  expect(queue.map(({ key, place }) => [key, place])).toEqual([
    ['a first', 'Điều 1'],
    ['a new', 'Điều 1'],
    ['a 1 [0]', 'Điều 1'],
    ['a 1 [1]', 'Điều 1'],
    ['a 1 stc', 'Điều 1'],
    ['a late', 'Điều 3'],
    ['a 3 [0]', 'Điều 3'],
    ['a gone', ''],
    ['a structure stc', ''],
    ['b 2 stc', 'Điều 2'],
  ])
  expect(queue[1]?.clause).toBeUndefined()
  expect(queue[5]?.clause?.id).toBe('3')
})
