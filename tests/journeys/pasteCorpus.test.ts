import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeItems } from '../../shared/pasting/decodeItems.ts'
import { levelItems } from '../../shared/pasting/levelItems.ts'
import { readPlain } from '../../shared/pasting/readPlain.ts'
import { clause } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { OTHERS } from './pasteCorpus/others.ts'
import type { Sample } from './pasteCorpus/samples.ts'
import { tell } from './pasteCorpus/tell.ts'
import { WORD } from './pasteCorpus/word.ts'

let harness: EditorHarness
let page: Page
beforeAll(async () => {
  harness = await startHarness()
  page = await harness.open(harness.newDocument([clause('a', 'text', '')]), 'stc')
  await page.waitForSelector('.page-text [data-id]')
})
afterAll(() => harness?.close())

/** Read by a real browser's parser, as on the page. */
async function read({ html, text = '', model = 'articles' }: Sample) {
  const items =
    html === undefined
      ? readPlain(text)
      : await page.evaluate((source) => window.harness.readHtml(source), html)
  const { items: decoded, finding } = decodeItems(items)
  return { blocks: levelItems(decoded, model).map(tell), finding }
}

test('the corpus has at least thirty samples, all of different names', () => {
  const names = [...WORD, ...OTHERS].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(30)
})

for (const [program, samples] of [
  ['Word', WORD],
  ['other programs', OTHERS],
] as const)
  describe(`[UX-64] what ${program} put on the clipboard`, () => {
    test.each(samples.map((sample) => [sample.name, sample] as const))('%s', async (_, sample) => {
      const { blocks, finding } = await read(sample)
      expect(blocks).toEqual(sample.is)
      expect(finding && `${finding.encoding}${finding.decoded ? '' : '?'}`).toBe(
        sample.encoding ?? null,
      )
    })
  })

test('a box around two hundred thousand paragraphs is read, and not too deep for the browser', async () => {
  const count = 200_000
  const found = await page.evaluate((n) => {
    const inside = '<p>a</p>'.repeat(n)
    return window.harness.readHtml(`<table><tr><td>${inside}</td></tr></table>`).length
  }, count)
  expect(found).toBe(count)
}, 60_000)
