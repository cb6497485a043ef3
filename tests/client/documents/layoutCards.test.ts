import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CardBox, layoutCards } from '../../../client/documents/layoutCards.ts'

const GAP = 12

const boxes = fc
  .array(
    fc.record({
      desired: fc.integer({ min: -50, max: 3_000 }),
      height: fc.integer({ min: 20, max: 400 }),
    }),
    {
      maxLength: 20,
    },
  )
  .map((list): CardBox[] =>
    list.sort((a, b) => a.desired - b.desired).map((box, index) => ({ key: `c${index}`, ...box })),
  )

test('[UX-41] cards never overlap, keep their order and never leave the column', () => {
  fc.assert(
    fc.property(boxes, fc.option(fc.nat(19)), (cards, active) => {
      const key = active === null ? null : `c${active}`
      const { tops, height } = layoutCards(cards, GAP, key)
      let free = 0
      for (const card of cards) {
        const top = tops.get(card.key) ?? Number.NaN
        expect(top).toBeGreaterThanOrEqual(free)
        free = top + card.height + GAP
      }
      expect(height).toBe(cards.length === 0 ? 0 : free - GAP)
    }),
  )
})

test('[UX-41] a card with room stands exactly beside its clause', () => {
  const { tops } = layoutCards(
    [
      { key: 'a', desired: 40, height: 100 },
      { key: 'b', desired: 300, height: 100 },
    ],
    GAP,
  )
  expect([...tops.values()]).toEqual([40, 300])
})

test('[UX-41] the active card stands beside its clause and its neighbours make way', () => {
  const cards = [
    { key: 'a', desired: 200, height: 100 },
    { key: 'b', desired: 210, height: 100 },
    { key: 'c', desired: 220, height: 100 },
  ]
  const { tops } = layoutCards(cards, GAP, 'b')
  expect(tops.get('b')).toBe(210)
  expect(tops.get('a')).toBe(210 - GAP - 100)
  expect(tops.get('c')).toBe(210 + 100 + GAP)
})

test('where there is no room above, the active card gives way instead of hiding another', () => {
  const cards = [
    { key: 'a', desired: 0, height: 300 },
    { key: 'b', desired: 10, height: 50 },
  ]
  const { tops } = layoutCards(cards, GAP, 'b')
  expect(tops.get('a')).toBe(0)
  expect(tops.get('b')).toBe(312)
})
