import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLAUSE_LEVELS } from '../../shared/clauses/clause.ts'
import { findBlock } from '../../shared/clauses/yjs.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { BEFORE, inTheEmptyClause, KINDS, MEANWHILE } from '../support/typing/meanwhile.ts'
import { type Case, TypingTable } from '../support/typing/TypingTable.ts'
import { FORMS, WORDS } from '../support/typing/vietnameseKeys.ts'
import { watchTyping } from '../support/typing/watchTyping.ts'

let harness: EditorHarness
let typing: TypingTable
beforeAll(async () => {
  harness = await startHarness('production')
  typing = await TypingTable.open(harness)
})
afterAll(() => harness?.close())

const wordOf = (word: string) => WORDS[word] ?? []
const IN_CELLS = ['giao ước', 'ĐIỀU 1']

/** So many failures say what is wrong; each costs seconds. */
const ENOUGH = 3

/** Runs cases one after the other and names all that fail. */
async function all(cases: readonly (readonly [what: string, Case, run: () => Promise<unknown>])[]) {
  const failures: string[] = []
  for (const [what, { form, place = 'clause', ...more }, run] of cases)
    try {
      await typing.begin({ form, place, ...more })
      await run()
      await typing.end()
    } catch (error) {
      failures.push(`${what}, ${form}, in ${place}: ${(error as Error).message}`)
      if (failures.length === ENOUGH) break
    }
  expect(failures).toEqual([])
}

describe('[B10] [UX-65] words stand there once, caret behind them, with an edit of somebody else after every step', () => {
  test.each(KINDS)('%s', async (kind) => {
    const places = [
      ...Object.keys(WORDS).map((word) => ['clause', word] as const),
      ...IN_CELLS.map((word) => ['cell', word] as const),
    ]
    await all(
      FORMS.flatMap((form) =>
        places.map(
          ([place, word]) =>
            [
              word,
              { form, place, meanwhile: MEANWHILE[kind] },
              () => typing.word(wordOf(word)),
            ] as const,
        ),
      ),
    )
  })

  test('over a selection, which goes with the first key', async () => {
    const kinds = ['text in the same run', 'a paragraph above', 'a change of level'] as const
    await all(
      FORMS.flatMap((form) =>
        kinds.map(
          (kind) =>
            [
              kind,
              { form, meanwhile: MEANWHILE[kind], over: ' phần cuối' },
              () => typing.word(wordOf('khuỷu tay')),
            ] as const,
        ),
      ),
    )
  })

  test('undone they are gone and nobody else’s letter is; typed again they stand there once', async () => {
    const meanwhile = MEANWHILE['text in the same run']
    await all(
      FORMS.map((form) => [
        'giao ước',
        { form, meanwhile },
        async () => {
          await typing.word(wordOf('giao ước'))
          await typing.undone()
          await typing.word(wordOf('hoà hòa'))
        },
      ]),
    )
  })

  test('without a pause between the syllables', async () => {
    await all(
      FORMS.map((form) => [
        'all words',
        { form, meanwhile: MEANWHILE['a paragraph above'] },
        () => typing.word(Object.values(WORDS).flat(), true),
      ]),
    )
  })

  test('[B19] in a clause still empty, where somebody else begins in the same moment', async () => {
    await all(
      FORMS.map((form) => [
        'nghiêm',
        { form, place: 'empty', meanwhile: inTheEmptyClause },
        () => typing.word(wordOf('nghiêm')),
      ]),
    )
  })
})

describe('as keyboards and phones do it', () => {
  test('[B14] beside the caret of somebody else', async () => {
    const { mine, theirs } = typing
    const watch = await watchTyping(theirs)
    await all(
      FORMS.map((form) => [
        'thi đua',
        { form },
        async () => {
          await watch.begin(BEFORE)
          await mine.waitForSelector('[data-id=w] .caret', { state: 'attached' })
          await typing.word(wordOf('thi đua'))
        },
      ]),
    )
    await theirs.evaluate(() => (document.activeElement as HTMLElement).blur())
    await mine.waitForSelector('[data-id=w] .caret', { state: 'detached' })
  })

  test('[B12] in bold, each syllable taken by Enter: no letter twice, no clause more', async () => {
    await typing.begin({ form: 'composed', meanwhile: MEANWHILE['a paragraph above'] })
    await typing.mine.keyboard.press('Control+b')
    typing.others(MEANWHILE['a paragraph above'])
    await typing.shown()
    for (const [index, syllable] of wordOf('giao ước').entries()) {
      if (index > 0) await typing.plain(' ')
      await typing.syllable(syllable, (step) => {
        if (step === syllable.length - 1) return typing.keys.swallowed()
      })
    }
    await typing.end()
    const blocks = harness.blocks(typing.id)
    expect(blocks.filter(({ id }) => !id.startsWith('n'))).toHaveLength(3)
    expect(blocks.find(({ id }) => id === 'w')).toMatchObject({
      runs: [{ marks: [] }, { text: 'giao ước', marks: ['bold'] }, { marks: [] }],
    })
  })

  test('[B11] letters taken back out of a word that is still composed, and Enter behind it: bold stays', async () => {
    await typing.begin({ form: 'composed', place: 'empty' })
    await typing.mine.keyboard.press('Control+b')
    await typing.word([['v', 'vi', 'việ', 'việt', 'việ', 'vi']])
    await typing.mine.keyboard.press('Enter')
    await expect.poll(() => harness.blocks(typing.id).length).toBe(4)
    await typing.word([['ơ']])
    await typing.end()
    expect(harness.blocks(typing.id).slice(1, 3)).toMatchObject([
      { runs: [{ text: 'vi', marks: ['bold'] }] },
      { runs: [{ text: 'ơ', marks: ['bold'] }] },
    ])
  })

  test('[B15] a suggestion taken for what was begun', async () => {
    await all([
      [
        'hello',
        { form: 'composed', meanwhile: MEANWHILE['a paragraph above'] },
        () => typing.word([['h', 'hê', 'hel', 'hello']]),
      ],
    ])
  })

  test('[B13] bursts that wait for nothing, while others write', async () => {
    const syllables = [
      ['v', 'va', 'và'],
      ['t', 'tu', 'tuo', 'tuon', 'tuong', 'tưởng'],
      ['d', 'de', 'đe', 'đê', 'để'],
    ]
    await all(
      (['clause', 'cell'] as const).map((place) => [
        'và tưởng để',
        { form: 'retyped', place },
        async () => {
          for (let round = 0; round < 15; round += 1)
            await typing.burst(syllables[round % 3] ?? [], MEANWHILE['text in the same run'])
        },
      ]),
    )
  })
})

describe('[B19] the caret stays with its letter when somebody else', () => {
  test('changes the level of the clause from any to any other', async () => {
    await typing.begin({ form: 'retyped' })
    const frame = (level: string) => {
      findBlock(typing.doc, 'w')?.setAttribute('level', level)
      return 0
    }
    for (const from of CLAUSE_LEVELS)
      for (const to of CLAUSE_LEVELS) {
        if (from === to) continue
        for (const level of [from, to]) typing.others(() => frame(level))
        await typing.shown()
        await typing.plain('o')
      }
    await typing.end()
    // What was typed would have gone elsewhere, had the caret been thrown.
    expect(harness.blocks(typing.id)[1]).toMatchObject({ id: 'w', level: CLAUSE_LEVELS.at(-2) })
  })

  test.each([
    ['before it', BEFORE.slice(0, 5)],
    ['behind it', ' phần'],
  ])('presses Enter %s', async (_, mark) => {
    const { theirs } = typing
    const watch = await watchTyping(theirs)
    await all(
      FORMS.map((form) => [
        'khuỷu tay',
        { form },
        async () => {
          const [first = [], second = []] = wordOf('khuỷu tay')
          // Between the keys of a syllable where they are letters, and between the syllables where they are composed.
          const enter = async (now: boolean) => {
            if (!now) return
            await watch.begin(mark)
            await theirs.keyboard.press('Enter')
            await expect.poll(() => harness.blocks(typing.id).length).toBe(4)
            await typing.shown()
          }
          await typing.syllable(first, (step) => enter(form === 'retyped' && step === 2))
          await enter(form === 'composed')
          await typing.rest()
          await typing.plain(' ')
          await typing.syllable(second)
        },
      ]),
    )
  })
})

describe('[B10] what the others write while one composes', () => {
  const begun = ['n', 'ng', 'ngh']

  test('comes in when the page loses the keyboard', async () => {
    await typing.begin({ form: 'composed' })
    await typing.begun(begun)
    typing.others(MEANWHILE['a paragraph above'])
    await typing.mine.evaluate(() => (document.activeElement as HTMLElement).blur())
    await typing.end()
  })

  test('comes in after a pause, which ends the composition and leaves its letters', async () => {
    await typing.begin({ form: 'composed' })
    await typing.begun(begun)
    typing.others(MEANWHILE['text in the same run'])
    await typing.end()
    await typing.syllable(['i', 'iê', 'iêm'])
    await typing.end()
  })

  test('comes in when the line is cut, and what was missed comes with the next', async () => {
    await typing.begin({ form: 'composed' })
    await typing.begun(begun)
    typing.others(MEANWHILE['a paragraph above'])
    harness.relay.cut({ refuse: true })
    await typing.rest()
    for (const text of ['i', 'iê']) await typing.keys.step('composed', '', text)
    typing.others(MEANWHILE['text in the same run'])
    harness.relay.cut({ refuse: false })
    await expect.poll(() => harness.relay.room(typing.id).peers.size).toBe(2)
    await typing.syllable(['iê', 'iêm'])
    await typing.end()
  })
})
