import { describe, expect, test } from 'vitest'
import type { Act } from '../../../server/clauses/inverseActs.ts'
import { type Block, blockText, CLAUSE_LEVELS } from '../../../shared/clauses/clause.ts'
import { clause, run, table } from '../../support/builders.ts'
import { type Chance, seeded } from '../../support/seeded.ts'
import { Hand, StepsWorld } from './ownSteps/StepsWorld.ts'

const TEMPLATE: Block[] = [
  clause('b', 'basis', 'Căn cứ một;'),
  clause('h1', 'article', 'Mục tiêu'),
  clause('k1', 'paragraph', [run('Khoản một '), run('đậm', 'bold')]),
  clause('d1', 'point', 'điểm một'),
  clause('d2', 'point', ''),
  table('t', [['TT', 'Tiêu chí']]),
  clause('h2', 'article', 'Chỉ tiêu'),
  clause('k2', 'paragraph', 'Khoản khác'),
  clause('z', 'text', 'Hết./.'),
]

function world(hands = 1) {
  const at = new StepsWorld(TEMPLATE)
  let ids = 0
  const newId = () => `n${++ids}`
  return { at, hands: Array.from({ length: hands }, (_, i) => new Hand(at, i + 2, newId)) }
}
const textOf = (at: StepsWorld, id: string) => {
  const block = at.blocks.find((one) => one.id === id)
  return block ? blockText(block) : null
}
const order = (at: StepsWorld) => at.blocks.map(({ id }) => id).join(' ')
const move = (clauseId: string, after: string | null): Act => ({
  kind: 'move',
  clauseId,
  after,
  seen: null,
})
const merge = (clauseId: string): Act => ({ kind: 'merge', clauseId, seen: null })
const remove = (clauseId: string): Act => ({ kind: 'delete', clauseId, seen: null })

describe('[UX-61] one stack for typing and for what the server ran', () => {
  test('type, move, type: three times undo goes back in order, three times redo forth again', async () => {
    const { at, hands } = world()
    const [hand] = hands as [Hand]
    const seen = [at.text]
    hand.type('d1', 4, ' rất')
    seen.push(at.text)
    hand.act(move('h1', 'z'))
    seen.push(at.text)
    hand.type('d1', 0, 'Là ')
    seen.push(at.text)
    for (const was of [2, 1, 0]) {
      await hand.back('undo')
      expect(at.text).toBe(seen[was])
    }
    expect(await hand.back('undo')).toBe(false)
    for (const is of [1, 2, 3]) {
      await hand.back('redo')
      expect(at.text).toBe(seen[is])
    }
    expect(await hand.back('redo')).toBe(false)
  })

  test('words erased before a move come back after it, at their place in the moved clause', async () => {
    const { at, hands } = world(2)
    const [mine, other] = hands as [Hand, Hand]
    mine.erase('k2', 0, 6)
    other.act(move('h2', 'b'))
    expect(textOf(at, 'k2')).toBe('khác')
    await mine.back('undo')
    expect(textOf(at, 'k2')).toBe('Khoản khác')
    await mine.back('redo')
    expect(textOf(at, 'k2')).toBe('khác')
  })

  test('a level set before a move of somebody else is taken back after it', async () => {
    const { at, hands } = world(2)
    const [mine, other] = hands as [Hand, Hand]
    mine.setLevel('z', 'basis')
    other.act(move('z', 'b'))
    await mine.back('undo')
    expect(at.blocks.find(({ id }) => id === 'z')?.level).toBe('text')
  })

  test('what the server could not keep is undone, and no redo is offered', async () => {
    const { hands } = world()
    const [hand] = hands as [Hand]
    hand.act(remove('d1'))
    hand.steps.setTakeBackAct(async () => 'forGood')
    await hand.back('undo')
    expect([hand.steps.can('undo'), hand.steps.can('redo')]).toEqual([false, false])
  })

  test('whoever types after undoing an act redoes nothing', async () => {
    const { at, hands } = world()
    const [hand] = hands as [Hand]
    hand.act(remove('d1'))
    await hand.back('undo')
    hand.type('z', 0, 'x')
    expect(hand.steps.can('redo')).toBe(false)
    expect(textOf(at, 'd1')).toBe('điểm một')
  })
})

describe('[P04] what others have done since', () => {
  test('a merged clause comes back with its id, its words, and those typed in them since', async () => {
    const { at, hands } = world(2)
    const [mine, other] = hands as [Hand, Hand]
    mine.act(merge('d1'))
    expect(textOf(at, 'k1')).toBe('Khoản một đậm điểm một')
    other.type('k1', 19, 'cũng ')
    other.type('k1', 0, 'Các ')
    await mine.back('undo')
    expect([textOf(at, 'k1'), textOf(at, 'd1')]).toEqual(['Các Khoản một đậm', 'điểm cũng một'])
    // And what the other typed is still his to take back.
    await other.back('undo')
    await other.back('undo')
    expect([textOf(at, 'k1'), textOf(at, 'd1')]).toEqual(['Khoản một đậm', 'điểm một'])
  })

  test('an empty clause above comes back too', async () => {
    const { at, hands } = world()
    const [hand] = hands as [Hand]
    hand.erase('d1', 0, 20)
    hand.type('d2', 0, 'chữ')
    const before = at.text
    hand.act(merge('d2'))
    expect(order(at)).not.toContain('d1')
    await hand.back('undo')
    expect(at.text).toBe(before)
  })

  test('a clause that another has moved on is left where he put it, and the step is dropped', async () => {
    const { at, hands } = world(2)
    const [mine, other] = hands as [Hand, Hand]
    mine.type('z', 0, 'x')
    mine.act(move('h1', 'z'))
    other.act(move('h1', 'b'))
    other.act(move('h1', 'z'))
    const before = at.text
    await mine.back('undo')
    expect([at.text, mine.gone]).toEqual([before, 1])
    await mine.back('undo')
    expect(textOf(at, 'z')).toBe('Hết./.')
  })

  test('to redo a deletion takes nothing that was written since it was undone', async () => {
    const { at, hands } = world(2)
    const [mine, other] = hands as [Hand, Hand]
    mine.act(remove('h1'))
    await mine.back('undo')
    other.type('d1', 0, 'Xin giữ: ')
    await mine.back('redo')
    expect([textOf(at, 'd1'), mine.gone]).toEqual(['Xin giữ: điểm một', 1])
  })

  test('a deleted clause whose neighbour is gone is not put anywhere else', async () => {
    const { at, hands } = world(2)
    const [mine, other] = hands as [Hand, Hand]
    mine.act(remove('d2'))
    other.act(remove('d1'))
    const before = at.text
    await mine.back('undo')
    expect([at.text, mine.gone]).toEqual([before, 1])
  })
})

/** What somebody does next, by chance; `words` are unlike any other. */
function next(hand: Hand, chance: Chance, words: string): void {
  const blocks = hand.blocks
  const index = chance.below(blocks.length)
  const block = blocks[index] as Block
  const length = blockText(block).length
  const at = chance.below(length + 1)
  const isText = block.level !== 'table'
  const deeds = [
    () => isText && hand.type(block.id, at, words),
    () => isText && hand.type(block.id, length, words),
    () => isText && hand.erase(block.id, at, 1 + chance.below(5)),
    () => isText && hand.setLevel(block.id, chance.pick(CLAUSE_LEVELS)),
    () => isText && hand.split(block.id, at),
    () => hand.act(move(block.id, chance.pick([...hand.places(index), null]))),
    () => hand.act(move(block.id, chance.pick([...hand.places(index), null]))),
    () => hand.act(merge(block.id)),
    () => hand.act(remove(block.id)),
  ]
  chance.pick(deeds)()
}

const { SEED, SOAK } = process.env
const seeds = (count: number) =>
  SEED ? [Number(SEED)] : Array.from({ length: SOAK === '1' ? count * 50 : count }, (_, i) => i)

/** Each block with its words, in whatever order. */
const parts = (text: string) =>
  text
    .split('\n')
    .map((line) => line.slice(line.indexOf('|')))
    .sort()

test('[UX-61] in a quiet room undo of all own steps goes back text by text to the one begun with, and redo brings all words again', async () => {
  const problems: string[] = []
  for (const seed of seeds(12)) {
    const chance = seeded(seed)
    const { at, hands } = world(2)
    const [hand] = hands as [Hand]
    const seen = [at.text]
    for (let i = 0; i < 10; i += 1) {
      next(hand, chance, ` w${i} `)
      if (at.text !== seen.at(-1)) seen.push(at.text)
    }
    const last = at.text
    const wrong = (what: string) => problems.push(`SEED=${seed} ${what}`)
    while (await hand.back('undo')) if (!seen.includes(at.text)) wrong('undo')
    if (at.text !== seen[0]) wrong('first')
    if (hand.gone > 0) wrong('gone')
    while (await hand.back('redo'));
    // A clause made by Enter beside one that moved may come back behind it, and then the next act finds no place.
    if (hand.gone === 0 && parts(at.text).join() !== parts(last).join()) wrong('last')
  }
  expect(problems).toEqual([])
})

test('[P04] three people type, move, merge, delete, undo and redo: no undo takes a letter of another, ids stay unique', async () => {
  for (const seed of seeds(8)) {
    const chance = seeded(seed)
    const { at, hands } = world(3)
    const typed = hands.map((): string[] => [])
    /** Of each, what came back by an undo: to redo may take it again. */
    const returned = hands.map(() => new Set<string>())
    const counts = () => {
      const letters = [...at.blocks.map(blockText).join('')]
      return (letter: string) => letters.filter((one) => one === letter).length
    }
    for (let i = 0; i < 30; i += 1) {
      const n = chance.below(3)
      const hand = hands[n] as Hand
      const story = `SEED=${seed} step ${i}`
      const before = counts()
      const others = typed.flatMap((list, m) => (m === n ? [] : list))
      if (chance.oneIn(3)) {
        const way = chance.oneIn(3) ? 'redo' : 'undo'
        await hand.back(way)
        const after = counts()
        const lost = others.filter((letter) => after(letter) < before(letter))
        const may = way === 'undo' ? new Set() : returned[n]
        expect(
          lost.filter((letter) => !may?.has(letter)),
          story,
        ).toEqual([])
        for (const letter of others) if (after(letter) > before(letter)) returned[n]?.add(letter)
      } else {
        // A letter of this step alone.
        const letter = String.fromCodePoint(0x4e00 + i)
        next(hand, chance, letter.repeat(3))
        typed[n]?.push(letter)
      }
      const ids = at.blocks.map(({ id }) => id)
      expect(new Set(ids).size, story).toBe(ids.length)
      for (const one of hands) expect(one.text, story).toBe(JSON.stringify(at.blocks))
    }
  }
})
