import fc from 'fast-check'
import type { ClauseId } from '../../shared/base/ids.ts'
import {
  type Block,
  CLAUSE_LEVELS,
  type ClauseBlock,
  MARKS,
  type Run,
  type TableBlock,
  type TableRow,
} from '../../shared/clauses/clause.ts'
import { REFERENCE_LETTER } from '../../shared/clauses/reference.ts'
import { fittedRows } from '../../shared/clauses/tables/fittedRows.ts'

/** Vietnamese words, punctuation and the characters that break naive code. */
const PIECES = [
  'Điều',
  'thi đua',
  'hòa',
  'hoà',
  'quý',
  'ủy ban',
  '2022',
  'a',
  'đ',
  ' ',
  '; ',
  '≥ 98%',
  '𝒜',
  '👩‍🏫',
  'ệ'.normalize('NFD'),
]
export const vietnameseText = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .map((pieces) => pieces.join(''))

const marks = fc.subarray([...MARKS])

const words: fc.Arbitrary<Run> = fc.record({ text: vietnameseText, marks })
/** To clauses of {@link documents}, some of which are not there. */
const reference: fc.Arbitrary<Run> = fc
  .record({ marks, target: fc.integer({ min: 1, max: 13 }) })
  .map(({ marks, target }) => ({
    text: REFERENCE_LETTER,
    marks,
    reference: { document: null, clause: `c${target}` as ClauseId, was: `Điều ${target}` },
  }))

/** Runs as `readBody` gives them: none empty, no two neighbours with the same marks but for references. */
export const runs: fc.Arbitrary<Run[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: words }, { weight: 1, arbitrary: reference }), {
    maxLength: 4,
  })
  .map((list) => {
    const merged: Run[] = []
    for (const next of list) {
      const last = merged.at(-1)
      if (next.text === '') continue
      const isOne = !last?.reference && !next.reference
      if (last && isOne && last.marks.join() === next.marks.join())
        merged[merged.length - 1] = { ...last, text: last.text + next.text }
      else merged.push(next)
    }
    return merged
  })

const clauseBlock = fc.record({ level: fc.constantFrom(...CLAUSE_LEVELS), runs })
/** Rows and spans as they come, which seldom make a rectangle. */
export const raggedRows: fc.Arbitrary<TableRow[]> = fc.array(
  fc.record({
    cells: fc.array(
      fc.record({
        header: fc.boolean(),
        colspan: fc.integer({ min: 1, max: 3 }),
        rowspan: fc.integer({ min: 1, max: 3 }),
        colwidth: fc.option(fc.array(fc.integer({ min: 20, max: 400 }), { minLength: 1 })),
        paragraphs: fc.array(runs, { minLength: 1, maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  { minLength: 1, maxLength: 3 },
)

const tableBlock = raggedRows.map((rows) => ({ level: 'table' as const, rows: fittedRows(rows) }))

/** Documents as the schema allows them, ids `c1`, `c2`, … in order. */
export const documents: fc.Arbitrary<Block[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: clauseBlock }, { weight: 1, arbitrary: tableBlock }), {
    maxLength: 12,
  })
  .map((blocks) =>
    blocks.map((block, index): Block => {
      const id = `c${index + 1}` as ClauseId
      return block.level === 'table'
        ? ({ id, ...block } satisfies TableBlock)
        : ({ id, ...block } satisfies ClauseBlock)
    }),
  )
