import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block } from '../../../shared/clauses/clause.ts'
import { canonicalText, clauseHash, foldToneStyle } from '../../../shared/clauses/hash.ts'
import { type ClauseDiff, diffDocuments } from '../../../shared/diff/diffDocuments.ts'
import { type DiffPart, diffWords } from '../../../shared/diff/diffWords.ts'
import { cites, clause, run } from '../../support/builders.ts'
import { documents, vietnameseText } from '../../support/random.ts'
import { marked } from './marked.ts'

const partsOf = ({ parts, table }: ClauseDiff): DiffPart[] =>
  parts ?? table?.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.parts)) ?? []
const side = (parts: readonly DiffPart[], other: 'added' | 'removed') =>
  parts
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('')

test('[P16] the parts read as the old text and as the new one, as agreement reads them', () => {
  const fold = (text: string) => foldToneStyle(canonicalText(text))
  fc.assert(
    fc.property(vietnameseText, vietnameseText, (before, after) => {
      const parts = diffWords(before, after)
      expect(side(parts, 'removed')).toBe(canonicalText(after))
      expect(foldToneStyle(side(parts, 'added'))).toBe(fold(before))
      expect(parts.some(({ kind }) => kind !== 'same')).toBe(fold(before) !== fold(after))
    }),
    { numRuns: 1_000 },
  )
})

/** Two texts of some common ids, in any order. */
const pairs = fc
  .tuple(documents, documents, fc.infiniteStream(fc.nat(99)))
  .map(([before, after, chance]) => {
    const ranked = after.map((block) => ({ block, rank: chance.next().value ?? 0 }))
    const shuffled = ranked.sort((a, b) => a.rank - b.rank).map(({ block }) => block)
    // Some are as they were.
    const kept = shuffled.map(
      (block, index) => before.find(({ id }) => id === block.id && index % 2 === 0) ?? block,
    )
    return [before, kept] as const
  })

test('[P16] what is the same in words, level and order is said to be; all else is said to have changed', () => {
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const items = diffDocuments(before, after)
      const old = new Map(before.map((block) => [block.id as string, block]))
      const now = new Map(after.map((block) => [block.id as string, block]))
      expect(
        items.filter(({ kind }) => kind !== 'removed').map(({ clauseId }) => clauseId),
      ).toEqual(after.map(({ id }) => id))
      expect(new Set(items.map(({ clauseId }) => clauseId))).toEqual(
        new Set([...old.keys(), ...now.keys()]),
      )
      for (const item of items) {
        const [was, is] = [old.get(item.clauseId), now.get(item.clauseId)]
        const words = partsOf(item).some(({ kind }) => kind !== 'same')
        if (!was || !is) expect(item.kind).toBe(was ? 'removed' : 'added')
        else if (clauseHash(was) === clauseHash(is)) {
          expect(words).toBe(false)
          if (item.kind !== 'moved')
            expect(item.kind).toBe(was.level === is.level ? 'same' : 'changed')
        } else expect(['moved', 'changed']).toContain(item.kind)
      }
    }),
  )
})

test('[P16] a clause that only got another number is the same, and its references too', () => {
  const cited = [run('Theo '), cites('a', 'Điều 1'), run('.')]
  const before: Block[] = [clause('a', 'article', 'Một'), clause('b', 'article', cited)]
  const after: Block[] = [clause('x', 'article', 'Mới'), ...before]
  const say = () => 'Điều 2'
  const items = diffDocuments(before, after, { sayAfter: say })
  expect(items.map(({ clauseId, kind }) => `${kind} ${clauseId}`)).toEqual([
    'added x',
    'same a',
    'same b',
  ])
  expect(marked(items[2]?.parts ?? [])).toBe('Theo Điều 2.')
})

test('[P16] a reference to another clause is another word', () => {
  const before = clause('b', 'article', [run('Theo '), cites('a', 'Điều 1'), run('.')])
  const after = clause('b', 'article', [run('Theo '), cites('c', 'Điều 1'), run('.')])
  expect(marked(diffDocuments([before], [after])[0]?.parts ?? [])).toBe(
    'Theo [-Điều 1-]{+Điều 1+}.',
  )
})

test('[P16] another level is a change that says what it was', () => {
  const [item] = diffDocuments([clause('a', 'paragraph', 'Lời')], [clause('a', 'point', 'Lời')])
  expect(item).toMatchObject({ kind: 'changed', level: 'point', levelBefore: 'paragraph' })
})

test('[P16] bold is no change', () => {
  const [item] = diffDocuments(
    [clause('a', 'article', 'Lời')],
    [clause('a', 'article', [run('Lời', 'bold')])],
  )
  expect(item?.kind).toBe('same')
})

test('[P16] 500 changes in one document are found in less than 200 ms', () => {
  const words = (clauseNumber: number, change: boolean) =>
    Array.from({ length: 80 }, (_, i) =>
      change && i === 40 ? 'khác' : `chữ${(clauseNumber * 7 + i) % 97}`,
    ).join(' ')
  const body = (change: boolean) =>
    Array.from({ length: 600 }, (_, i) => clause(`c${i}`, 'paragraph', words(i, change && i < 500)))
  // Of the processor alone: the machine may have other work.
  const times = Array.from({ length: 5 }, () => {
    const [before, after] = [body(false), body(true)]
    for (const block of [...before, ...after]) clauseHash(block)
    const start = process.cpuUsage()
    const changed = diffDocuments(before, after).filter(({ kind }) => kind === 'changed')
    const took = process.cpuUsage(start).user / 1_000
    expect(changed).toHaveLength(500)
    return took
  })
  expect(Math.min(...times)).toBeLessThan(200)
})
