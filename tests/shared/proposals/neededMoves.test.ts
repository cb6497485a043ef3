import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BlockLevel } from '../../../shared/clauses/clause.ts'
import { moveDown, moveUp, subtreeEnd } from '../../../shared/clauses/subtree.ts'
import { neededMoves } from '../../../shared/proposals/neededMoves.ts'
import {
  type Line,
  moveLines,
  moveNow,
  type Pending,
} from '../../../shared/proposals/placeMoves.ts'

/** A covenant in small: two chapters of Điều with khoản and điểm. */
const texts = fc
  .array(fc.array(fc.array(fc.nat({ max: 2 }), { maxLength: 3 }), { maxLength: 3 }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((chapters): Line[] => {
    const levels = chapters.flatMap((articles): BlockLevel[] => [
      'chapter',
      ...articles.flatMap((paragraphs): BlockLevel[] => [
        'article',
        ...paragraphs.flatMap((points): BlockLevel[] => [
          'paragraph',
          ...Array.from({ length: points }, (): BlockLevel => 'point'),
        ]),
      ]),
    ])
    return levels.map((level, index) => ({ id: `c${index}`, level }))
  })

type Steps = readonly { at: number; up: boolean }[]
const steps = (maxLength: number) =>
  fc.array(fc.record({ at: fc.nat(), up: fc.boolean() }), { maxLength })

/** What the commands make of it, and which clauses they took up. */
function moved(before: readonly Line[], all: Steps) {
  let lines = before
  const touched = new Set<string>()
  for (const { at, up } of all) {
    const levels = lines.map(({ level }) => level)
    const index = at % lines.length
    const target = (up ? moveUp : moveDown)(levels, index)
    if (!target) continue
    const count = subtreeEnd(levels, index) - index
    const taken = lines.slice(index, index + count)
    for (const { id } of taken) touched.add(id)
    const after = target.after === null ? null : lines[target.after]?.id
    const rest = lines.toSpliced(index, count)
    lines = rest.toSpliced(rest.findIndex(({ id }) => id === after) + 1, 0, ...taken)
  }
  return { lines, touched }
}

function pendingOf(after: readonly Line[], needed: ReadonlySet<string>): Pending[] {
  return after.flatMap(({ id }, index): Pending[] =>
    needed.has(id) ? [{ kind: 'move', clauseId: id, after: after[index - 1]?.id ?? null }] : [],
  )
}

const accept = (lines: readonly Line[], one: Pending, open: readonly Pending[]) => {
  const level = lines.find(({ id }) => id === one.clauseId)?.level ?? 'text'
  const taken = moveNow(lines, { ...one, level }, open)
  return taken ? moveLines(lines, taken, level) : lines
}

/** @param next which of those that are open is accepted now */
function acceptAll(before: readonly Line[], all: Steps, next: (count: number) => number) {
  const { lines: after, touched } = moved(before, all)
  let open = pendingOf(
    after,
    neededMoves(before, after, (id) => touched.has(id)),
  )
  let now: readonly Line[] = before
  while (open.length > 0) {
    const one = open[next(open.length)] as Pending
    open = open.filter((each) => each !== one)
    now = accept(now, one, open)
    expect(now.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
  }
  return { now, after }
}

test('[P11] accepted in whatever order, moves make the order of the draft, and no block is lost on the way', () => {
  fc.assert(
    fc.property(texts, steps(3), fc.infiniteStream(fc.nat()), (before, all, chance) => {
      const made = acceptAll(before, all, (count) => (chance.next().value as number) % count)
      expect(made.now).toEqual(made.after)
    }),
    { numRuns: 1_000 },
  )
})

test('[P11] however tangled the moves are, accepted from the top of the text they make its order', () => {
  fc.assert(
    fc.property(texts, steps(8), (before, all) => {
      const made = acceptAll(before, all, () => 0)
      expect(made.now).toEqual(made.after)
    }),
    { numRuns: 500 },
  )
})

test('[P11] only what its author took up is said to be moved, and what goes along is not named', () => {
  fc.assert(
    fc.property(texts, steps(5), (before, all) => {
      const { lines: after, touched } = moved(before, all)
      for (const id of neededMoves(before, after, (each) => touched.has(each)))
        expect(touched).toContain(id)
    }),
    { numRuns: 500 },
  )
})

const lines = (text: string): Line[] =>
  text.split(' ').map((id) => ({
    id,
    level: id.startsWith('Đ') ? 'article' : id.startsWith('k') ? 'paragraph' : 'point',
  }))
const names = (before: string, after: string, could = (_: string) => true) => [
  ...neededMoves(lines(before), lines(after), could),
]

test('[P11] an Điều moved with its khoản is one move', () => {
  expect(names('Đ1 k1 k2 Đ2 k3 Đ3', 'Đ2 k3 Đ1 k1 k2 Đ3', (id) => /Đ1|k1|k2/.test(id))).toEqual([
    'Đ1',
  ])
})

test('[P11] of two that changed places it is the one that its author took up', () => {
  expect(names('Đ1 Đ2', 'Đ2 Đ1', (id) => id === 'Đ1')).toEqual(['Đ1'])
  expect(names('Đ1 Đ2', 'Đ2 Đ1', (id) => id === 'Đ2')).toEqual(['Đ2'])
})

test('[P11] a heading that left without what hung under it: that is told to go back', () => {
  const before = lines('Đ0 Đ1 k1 Đ2')
  const after = lines('Đ0 k1 Đ2 Đ1')
  const needed = neededMoves(before, after, () => true)
  let now: readonly Line[] = before
  for (const one of pendingOf(after, needed)) now = accept(now, one, [])
  expect(now).toEqual(after)
})

test('[P11] rejected, a move leaves what was to follow it at the place before', () => {
  const before = lines('Đ1 Đ2 Đ3 Đ4')
  const open = pendingOf(lines('Đ3 Đ4 Đ1 Đ2'), new Set(['Đ1', 'Đ2']))
  const [one, two] = open as [Pending, Pending]
  expect(accept(before, two, [one])).toEqual(lines('Đ1 Đ3 Đ4 Đ2'))
})
