export type CardBox = {
  key: string
  /** Where its clause stands, px from the top of the column. */
  desired: number
  height: number
}

/**
 * Cards beside their clauses without overlap (UX-41): each as near to its clause as those above allow. The active one
 * stands exactly beside its clause, and its neighbours make way in both directions.
 * @param cards in document order
 * @returns top of each card by key, px, and the height of the whole column
 */
export function layoutCards(
  cards: readonly CardBox[],
  gap: number,
  activeKey: string | null = null,
): { tops: Map<string, number>; height: number } {
  const active = cards.findIndex(({ key }) => key === activeKey)
  const tops = cards.map(({ desired }) => Math.max(0, desired))
  // Upwards from the active card: whoever is in its way moves up, as far as there is room.
  for (let i = active - 1; i >= 0; i -= 1) {
    const room = at(tops, i + 1) - gap - heightOf(cards, i)
    if (at(tops, i) > room) tops[i] = Math.max(0, room)
  }
  let free = 0
  for (const [i, card] of cards.entries()) {
    tops[i] = Math.max(at(tops, i), free)
    free = at(tops, i) + card.height + gap
  }
  return {
    tops: new Map(cards.map(({ key }, i) => [key, at(tops, i)])),
    height: Math.max(0, free - gap),
  }
}

const at = (list: readonly number[], index: number) => list[index] ?? 0
const heightOf = (cards: readonly CardBox[], index: number) => cards[index]?.height ?? 0
