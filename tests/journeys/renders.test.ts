import { afterAll, beforeAll, expect, test } from 'vitest'
import { setClauseText } from '../../shared/clauses/yjs.ts'
import { clause } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { end, startJourney } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { watchRenders } from '../support/watchRenders.ts'

const journey = startJourney()
let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })

/** The toolbar and what is in it; what says whether it is saved; what shows the words themselves, a few times a second. */
const TOOLBAR = ['EditorToolbar', 'RovingFocusGroupProvider', 'Tool', 'LevelMenu', 'ClauseMenu']
const SAVED = ['SaveIndicator', 'UnsentMarks']
const WORDS = ['Outline', 'StructureMarks']
const MAY_BE_DRAWN = [...TOOLBAR, ...SAVED, ...WORDS]

test('[B20] a letter of mine or of somebody else draws no part of the page anew but the toolbar and the saved state', async () => {
  const blocks = Array.from({ length: 30 }, (_, n) => clause(`k${n}`, 'paragraph', 'Nội dung.'))
  const id = harness.newDocument([clause('a', 'article', 'Thi đua'), ...blocks])
  const page = await harness.open(id, 'stc')
  await watchRenders(page)
  await page.reload()
  await page.waitForSelector('.page-text [data-id]')
  await placeCaret(page, 'k3')
  expect(await page.evaluate(() => window.drawn.length)).toBeGreaterThan(0)
  await page.evaluate(() => {
    window.drawn = []
  })
  await page.keyboard.type('cac co quan')
  await poll(() => page.textContent('[data-id=k3]')).toContain('cac co quan')
  setClauseText(harness.relay.room(id).doc, 'k9', 'Nội dung khác.')
  await poll(() => page.textContent('[data-id=k9]')).toContain('khác')
  await poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
  const drawn = new Set(await page.evaluate(() => window.drawn))
  expect([...drawn].filter((name) => !MAY_BE_DRAWN.includes(name))).toEqual([])
  await page.close()
})

test('a desk that nobody touches rests', async () => {
  const { page, ...open } = await journey.open('stc.officer')
  await watchRenders(page)
  await page.goto(`${journey.server.url}/bloc/${journey.server.blocId}/covenant`)
  await page.waitForSelector('.page-text [data-id]')
  const drawnWithin = (frames: number) =>
    page.evaluate(async (count) => {
      window.drawn = []
      for (let frame = 0; frame < count; frame += 1)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      return window.drawn.length
    }, frames)
  // Parts and answers come behind the text; then there is nothing left to do.
  await poll(() => drawnWithin(60)).toBe(0)
  await end(open)
})
