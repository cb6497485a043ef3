import { afterAll, beforeAll, expect, test } from 'vitest'
import { setClauseText } from '../../shared/clauses/yjs.ts'
import { clause } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { watchRenders } from '../support/watchRenders.ts'

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
