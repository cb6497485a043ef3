import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Block, blockText } from '../../shared/clauses/clause.ts'
import type { EditorHarness } from './editorHarness/startHarness.ts'

/** What the tests of pasting do and look at. @param harness asked when a test runs, for it starts before them */
export function pastingTests(harness: () => EditorHarness) {
  const open = async (id: string, as = 'stc', size?: { width: number; height: number }) => {
    const page = await harness().open(id, as, size)
    await page.waitForSelector('.page-text [data-id]')
    return page
  }
  const shape = (blocks: readonly Block[]) => blocks.map((block) => [block.level, blockText(block)])
  const expectShape = (id: string, wanted: unknown) =>
    expect.poll(() => shape(harness().blocks(id))).toEqual(wanted)
  const expectUniqueIds = (id: string) => {
    const ids = harness()
      .blocks(id)
      .map((block) => block.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((one) => /^[A-Za-z0-9_-]{1,64}$/.test(one))).toBe(true)
  }
  const labels = (page: Page) =>
    page.$$eval('.clause', (list) =>
      list.map((element) => element.getAttribute('data-label') ?? ''),
    )

  /** Through the editor itself, by positions of its document: keys are read by it only some time later. */
  const select = (page: Page, from: number, to = from) =>
    page.evaluate(
      ([start, end]) => {
        const { editor } = document.querySelector('.page-text') as unknown as { editor: Editor }
        editor.view.focus()
        editor.commands.setTextSelection({ from: start, to: end })
      },
      [from, to] as const,
    )

  /** Through the system's clipboard and the keys, as a person would. */
  async function paste(page: Page, data: { html?: string; text?: string }, keys = 'Control+v') {
    await page.evaluate(({ html, text }) => {
      const blob = (type: string, content: string) => [type, new Blob([content], { type })] as const
      const parts = [
        ...(html === undefined ? [] : [blob('text/html', html)]),
        ...(text === undefined ? [] : [blob('text/plain', text)]),
      ]
      return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))])
    }, data)
    await page.keyboard.press(keys)
  }
  /** With exactly these bytes: the clipboard of a test browser cleans HTML first. */
  const pasteExactly = (page: Page, html: string) =>
    page.evaluate((source) => {
      const data = new DataTransfer()
      data.setData('text/html', source)
      data.setData('text/plain', 'x')
      const event = new ClipboardEvent('paste', {
        clipboardData: data,
        bubbles: true,
        cancelable: true,
      })
      document.querySelector('.page-text')?.dispatchEvent(event)
    }, html)

  return { open, shape, expectShape, expectUniqueIds, labels, select, paste, pasteExactly }
}
