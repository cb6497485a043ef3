import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sha256 } from '../../../shared/base/ids.ts'
import { type BlockLevel, CLAUSE_LEVELS } from '../../../shared/clauses/clause.ts'
import { parentIndexes } from '../../../shared/clauses/numbering.ts'
import {
  isPlaceFor,
  moveDown,
  moveUp,
  subtreeEnd,
  subtreeHash,
} from '../../../shared/clauses/subtree.ts'

const LEVELS: BlockLevel[] = [
  'basis', // 0
  'chapter', // 1
  'article', // 2
  'paragraph', // 3
  'point', // 4
  'paragraph', // 5
  'table', // 6
  'article', // 7
  'text', // 8
  'chapter', // 9
  'article', // 10
]

describe('what hangs under a clause', () => {
  test('an Điều has its khoản and điểm, a chapter its Điều, a khoản the table below it', () => {
    expect(LEVELS.map((_, index) => subtreeEnd(LEVELS, index))).toEqual([
      1, 9, 7, 5, 5, 7, 7, 9, 9, 11, 11,
    ])
  })
})

describe('one step', () => {
  test.each([
    [0, undefined, 'the first block'],
    [1, undefined, 'the bases may not come under a chapter'],
    [2, undefined, 'no chapter stands above this one to take its first Điều'],
    [3, undefined, 'the first khoản of the first Điều may not stand under the chapter itself'],
    [4, undefined, 'the first điểm of the first khoản'],
    [5, 2, 'the second khoản goes before the first'],
    [7, 1, 'an Điều goes before the one above with all its khoản'],
    [9, 0, 'a chapter goes before the one above with all its Điều'],
    [10, 8, 'the first Điều of a chapter ends the one before'],
  ])('up from %i: behind %s (%s)', (index, after, _) => {
    expect(moveUp(LEVELS, index)?.after).toBe(after)
  })

  test.each([
    [0, undefined, 'a basis stays before all chapters'],
    [2, 8, 'an Điều goes behind the next with its text'],
    [3, 6, 'a khoản goes behind the next with its table'],
    [5, 8, 'the last khoản goes into the next Điều, and takes none of its text'],
    [7, 9, 'the last Điều of a chapter opens the next'],
    [9, undefined, 'the last chapter'],
    [10, undefined, 'the last Điều'],
  ])('down from %i: behind %s (%s)', (index, after, _) => {
    expect(moveDown(LEVELS, index)?.after).toBe(after)
  })

  test('a khoản passes over a chapter heading into the Điều beyond it, and back', () => {
    const levels: BlockLevel[] = ['chapter', 'article', 'paragraph', 'chapter', 'article', 'text']
    expect(moveDown(levels, 2)).toEqual({ after: 5 })
    const there: BlockLevel[] = ['chapter', 'article', 'chapter', 'article', 'text', 'paragraph']
    expect(moveUp(there, 5)).toEqual({ after: 1 })
  })

  test('a section of a plan passes the next one, and opens the annex at the end', () => {
    const levels: BlockLevel[] = ['section', 'paragraph', 'section', 'paragraph', 'annex']
    expect(moveDown(levels, 0)).toEqual({ after: 3 })
    expect(moveDown(levels, 2)).toEqual({ after: 4 })
  })
})

/**
 * What may come under what, drawn out: `x` may. Text and tables, which are not here, may hang anywhere, and any block may
 * stay under the kind of heading that it is under already.
 */
const DRAWN = `
              top annex part chapter section subsection article paragraph point
  annex        x    .    .      .       .        .         .        .       .
  part         x    x    .      .       .        .         .        .       .
  chapter      x    x    x      .       .        .         .        .       .
  section      .    x    .      x       .        .         .        .       .
  subsection   .    .    .      .       x        .         .        .       .
  article      .    x    x      x       x        x         .        .       .
  paragraph    .    x    .      .       .        .         x        .       .
  point        .    .    .      .       .        .         .        x       .
  basis        x    .    .      .       .        .         .        .       .
`
const [HEADINGS = [], ...ROWS] = DRAWN.trim()
  .split('\n')
  .map((line) => line.trim().split(/ +/))
const PAIRS = ROWS.flatMap(([level, ...marks]) =>
  marks.map((mark, i) => ({
    level: level as BlockLevel,
    holder: HEADINGS[i] as BlockLevel | 'top',
    may: mark === 'x',
  })),
)
/** Some never meet: a Chương behind an Điều does not come under it. */
const canMeet = ({ level, holder }: { level: BlockLevel; holder: BlockLevel | 'top' }) =>
  holder === 'top' || parentIndexes([holder, level])[1] === 0
const mayHold = (holder: BlockLevel | null, level: BlockLevel) =>
  PAIRS.find((pair) => pair.level === level && pair.holder === (holder ?? 'top'))?.may ?? true

type Item = { id: number; level: BlockLevel }
const levelsOf = (items: readonly Item[]) => items.map(({ level }) => level)
const parentsOf = (items: readonly Item[]) =>
  new Map(
    parentIndexes(levelsOf(items)).map((parent, at) => [
      items[at]?.id,
      parent === null ? null : (items[parent] ?? null),
    ]),
  )
const moved = (items: readonly Item[], index: number, after: number | null): Item[] => {
  const end = subtreeEnd(levelsOf(items), index)
  const rest = items.filter((_, at) => at < index || at >= end)
  const at = after === null ? 0 : rest.indexOf(items[after] as Item) + 1
  return [...rest.slice(0, at), ...items.slice(index, end), ...rest.slice(at)]
}
const lists = fc
  .array(fc.constantFrom<BlockLevel>(...CLAUSE_LEVELS, 'table'), { minLength: 1, maxLength: 25 })
  .map((levels) => levels.map((level, id): Item => ({ id, level })))

describe('the ladder of headings', () => {
  test.each(PAIRS.filter(canMeet))('$level under $holder: $may', ({ level, holder, may }) => {
    if (holder === 'top') expect(isPlaceFor(['annex', level], 1, null)).toBe(may)
    else expect(isPlaceFor([level, holder], 0, 1)).toBe(may)
  })

  test('holds through any number of steps: nothing is lost, and nobody else changes its parent', () => {
    const steps = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 20 })
    fc.assert(
      fc.property(lists, steps, (start, walk) => {
        let items = start
        for (const [pick, up] of walk) {
          const index = pick % items.length
          const levels = levelsOf(items)
          const target = (up ? moveUp : moveDown)(levels, index)
          if (target === null) continue
          const next = moved(items, index, target.after)
          expect(next.map(({ id }) => id)).not.toEqual(items.map(({ id }) => id))
          expect(next.map(({ id }) => id).sort((a, b) => a - b)).toEqual(start.map(({ id }) => id))
          const root = items[index] as Item
          const [before, now] = [parentsOf(items), parentsOf(next)]
          for (const { id } of items)
            if (id !== root.id) expect(now.get(id)?.id).toBe(before.get(id)?.id)
          const holder = now.get(root.id)?.level ?? null
          if (holder !== (before.get(root.id)?.level ?? null))
            expect(mayHold(holder, root.level)).toBe(true)
          items = next
        }
      }),
      { numRuns: 400 },
    )
  })

  test('every place that a step finds is one that the server takes, and none nearer is', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (items, pick) => {
        const levels = levelsOf(items)
        const index = pick % levels.length
        const end = subtreeEnd(levels, index)
        const good = [null, ...levels.keys()].filter((after) => isPlaceFor(levels, index, after))
        const isAbove = (after: number | null) => (after ?? -1) < index - 1
        expect(moveUp(levels, index)?.after).toBe(good.filter(isAbove).at(-1))
        expect(moveDown(levels, index)?.after).toBe(
          good.find((after) => after !== null && after >= end),
        )
      }),
    )
  })

  test('an Điều cannot go between two khoản of another, nor a clause into itself', () => {
    expect(isPlaceFor(LEVELS, 7, 4)).toBe(false)
    expect(isPlaceFor(LEVELS, 7, 6)).toBe(true)
    expect(isPlaceFor(LEVELS, 2, 4)).toBe(false)
    expect(isPlaceFor(LEVELS, 3, 1)).toBe(false)
  })
})

test('the fingerprint of a single clause is its own, of several that of all', () => {
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as [Sha256, Sha256]
  expect(subtreeHash([{ id: 'x', hash: a }])).toBe(a)
  const both = subtreeHash([
    { id: 'x', hash: a },
    { id: 'y', hash: b },
  ])
  expect([a, b]).not.toContain(both)
  expect(
    subtreeHash([
      { id: 'y', hash: b },
      { id: 'x', hash: a },
    ]),
  ).not.toBe(both)
})
