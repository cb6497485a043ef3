import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { putBlockBack, seatOf } from '../../../server/clauses/putBlock.ts'
import { applyProposal } from '../../../server/proposals/applyProposal.ts'
import type { ProposalRow } from '../../../server/proposals/proposalStore.ts'
import type { ClauseId } from '../../../shared/base/ids.ts'
import { type Block, blockText, CLAUSE_LEVELS, isTable } from '../../../shared/clauses/clause.ts'
import { clauseHash, structureHash } from '../../../shared/clauses/hash.ts'
import { insertClause, readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { contentOf } from '../../../shared/proposals/content.ts'
import { diffBlocks } from '../../../shared/proposals/diffBlocks.ts'
import { clause, fields } from '../../support/builders.ts'
import { documents, vietnameseText } from '../../support/random.ts'
import { proposalRow as row } from './proposalRow.ts'

const counter = () => {
  let count = 0
  return () => {
    count += 1
    return `new${count}`
  }
}

const seen = (blocks: readonly Block[]) =>
  blocks.map((block) => [block.id, block.level, blockText(block)])

/** A body and what somebody made of it: deletions, new texts, new levels, insertions, another order. */
const rewrites = documents.chain((before) =>
  fc.record({
    before: fc.constant(before),
    fate: fc.array(
      fc.record({
        keep: fc.boolean(),
        rank: fc.integer({ min: 0, max: 3 }),
        text: fc.option(vietnameseText),
        level: fc.option(fc.constantFrom(...CLAUSE_LEVELS)),
      }),
      { minLength: before.length, maxLength: before.length },
    ),
    added: fc.array(fc.record({ at: fc.nat({ max: 12 }), text: vietnameseText }), { maxLength: 4 }),
  }),
)

type Rewrite = typeof rewrites extends fc.Arbitrary<infer R> ? R : never

function rewritten({ before, fate, added }: Rewrite): Block[] {
  const after = before
    .map((block, index) => ({ block, ...(fate[index] as (typeof fate)[number]), index }))
    .filter(({ keep }) => keep)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ block, text, level }): Block => {
      if (isTable(block)) return block
      const words = text ?? blockText(block)
      return clause(block.id, level ?? block.level, words)
    })
  for (const [n, { at, text }] of added.entries())
    after.splice(Math.min(at, after.length), 0, clause(`added${n}`, 'paragraph', text))
  return after
}

const accept = (doc: Y.Doc, proposal: ProposalRow, siblings: readonly ProposalRow[]) => {
  applyProposal(doc, proposal, applying(siblings))
  proposal.status = 'accepted'
}
const applying = (siblings: readonly ProposalRow[]) => ({ siblings, onHash: null })

test('accepting every proposal in its order makes the one body of the other', () => {
  fc.assert(
    fc.property(rewrites, fc.boolean(), (rewrite, rich) => {
      const { before } = rewrite
      const after = rewritten(rewrite)
      const doc = new Y.Doc()
      writeBody(doc, before)
      const contents = new Map(after.map((block) => [String(block.id), contentOf(block)]))
      const rows = diffBlocks(before, after, counter()).map((change) => {
        const content = rich ? contents.get(change.clauseId) : undefined
        return { ...row(change), content: content ? JSON.stringify(content) : null }
      })
      // A text without any clause is nothing that a person could leave behind.
      fc.pre(after.length > 0 && before.length > 0)
      const kept = rows.filter(({ kind }) => kind !== 'delete')
      for (const each of [...kept, ...rows.filter(({ kind }) => kind === 'delete')])
        accept(doc, each, rows)
      expect(seen(readBody(doc))).toEqual(seen(after))
      expect(new Set(rows.map(({ clause_id }) => clause_id)).size).toBe(rows.length)
    }),
    { numRuns: 300 },
  )
})

const everything = (doc: Y.Doc) => {
  const blocks = readBody(doc)
  return { blocks, hashes: blocks.map(clauseHash), structure: structureHash(blocks, fields()) }
}

test('[P11] whatever is accepted, undone it leaves the same hashes, marks and order, and redone what it had made', () => {
  fc.assert(
    fc.property(rewrites, fc.boolean(), fc.nat(), (rewrite, rich, nth) => {
      const { before } = rewrite
      const after = rewritten(rewrite)
      fc.pre(before.length > 1)
      const changes = diffBlocks(before, after, counter())
      const change = changes[nth % Math.max(changes.length, 1)]
      if (change) {
        const doc = new Y.Doc()
        writeBody(doc, before)
        const block = after.find(({ id }) => id === change.clauseId)
        const content = rich && block ? JSON.stringify(contentOf(block)) : null
        const proposal = { ...row(change), content }
        const siblings = changes.map(row)
        const start = everything(doc)
        const was = doc.transact(() => applyProposal(doc, proposal, applying(siblings)))
        const made = everything(doc)
        const now = seatOf(doc, change.clauseId)
        const { clauseId } = change
        putBlockBack(doc, { clauseId, was, now })
        expect(everything(doc)).toEqual(start)
        putBlockBack(doc, { clauseId, was: now, now: was })
        expect(everything(doc)).toEqual(made)
      }
    }),
    { numRuns: 100 },
  )
})

test('[P11] a move that is undone takes back what has come to hang under the clause since, and nothing that it came to stand before', () => {
  const of = (id: string, level: 'article' | 'paragraph' | 'text') => clause(id, level, `lời ${id}`)
  const [first, second] = [of('d1', 'article'), of('d2', 'article')]
  const [one, two, text] = [of('k1', 'paragraph'), of('k2', 'paragraph'), of('t', 'text')]
  const start = [first, one, two, second, text]
  const doc = new Y.Doc()
  writeBody(doc, start)
  const change = { kind: 'move', clauseId: 'd1', before: first, afterClauseId: 'd2' } as const
  const proposal = row({ ...change, text: blockText(first), level: 'article' })
  const order = () => readBody(doc).map(({ id }) => id)
  const was = applyProposal(doc, proposal, applying([proposal]))
  const now = seatOf(doc, 'd1')
  expect(order()).toEqual(['d2', 'd1', 'k1', 'k2', 't'])
  insertClause(doc, 'k1', of('k9', 'paragraph'))
  putBlockBack(doc, { clauseId: 'd1', was, now })
  expect(order()).toEqual(['d1', 'k1', 'k9', 'k2', 'd2', 't'])
  putBlockBack(doc, { clauseId: 'd1', was: now, now: was })
  expect(order()).toEqual(['d2', 'd1', 'k1', 'k9', 'k2', 't'])
})

test('[P11] a move is not undone to a place where others would come to hang under the clause', () => {
  const of = (id: string, level: 'article' | 'paragraph') => clause(id, level, `lời ${id}`)
  const doc = new Y.Doc()
  const moved = of('d2', 'article')
  writeBody(doc, [of('d1', 'article'), of('k1', 'paragraph'), moved, of('d3', 'article')])
  const change = { kind: 'move', clauseId: 'd2', before: moved, afterClauseId: 'd3' } as const
  const proposal = row({ ...change, text: blockText(moved), level: 'article' })
  const was = applyProposal(doc, proposal, applying([proposal]))
  const now = seatOf(doc, 'd2')
  insertClause(doc, 'k1', of('k2', 'paragraph'))
  expect(() => putBlockBack(doc, { clauseId: 'd2', was, now })).toThrow('act/gone')
  expect(readBody(doc).map(({ id }) => id)).toEqual(['d1', 'k1', 'k2', 'd3', 'd2'])
})

const kinds = (before: Block[], after: Block[]) =>
  diffBlocks(before, after, counter()).map(({ kind, clauseId }) => `${kind} ${clauseId}`)
const [a, b, c] = ['a', 'b', 'c'].map((id) => clause(id, 'paragraph', `khoản ${id}`)) as [
  Block,
  Block,
  Block,
]

test.each<[string, Block[], string[]]>([
  ['nothing', [a, b, c], []],
  ['a new word', [a, clause('b', 'paragraph', 'khác'), c], ['edit b']],
  ['a new level', [a, clause('b', 'point', 'khoản b'), c], ['edit b']],
  ['a clause carried up', [c, a, b], ['move c']],
  ['a clause carried up and rewritten', [clause('c', 'paragraph', 'khác'), a, b], ['move c']],
  ['a clause less', [a, c], ['delete b']],
  ['a clause more', [a, clause('n', 'point', 'mới'), b, c], ['insert n']],
  ['a second copy of an id', [a, b, c, b], ['insert new1']],
  ['a clause without an id', [a, b, c, clause('', 'point', 'mới')], ['insert new1']],
])('%s is told as such', (_, after, expected) => {
  expect(kinds([a, b, c], after)).toEqual(expected)
})

test('bold is nobody’s agreement, so it is no proposal', () => {
  const bold: Block = {
    id: 'b' as ClauseId,
    level: 'paragraph',
    runs: [{ text: 'khoản b', marks: ['bold'] }],
  }
  expect(kinds([a, b, c], [a, bold, c])).toEqual([])
})
