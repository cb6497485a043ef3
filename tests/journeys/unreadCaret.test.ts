import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { here, newBlock } from '../support/deskKeys.ts'
import { end, poll, startJourney } from '../support/journey.ts'

const journey = startJourney()

/** Selects the last two letters as the browser does on Shift+←, and presses Ctrl+B before it has told the editor. */
const selectAndPress = (page: Page) =>
  page.evaluate(() => {
    type Held = HTMLElement & { editor: Editor }
    const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Held
    const { editor } = shown
    const { node, offset } = editor.view.domAtPos(editor.state.selection.head - 2)
    getSelection()?.setBaseAndExtent(node, offset + 2, node, offset)
    const key = { key: 'b', code: 'KeyB', ctrlKey: true, bubbles: true }
    shown.dispatchEvent(new KeyboardEvent('keydown', key))
    return editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to)
  })

test('[P04] a key acts on what is selected on the page, though the editor has not been told of it', async () => {
  const open = await journey.desk('stc.officer')
  const { page } = open
  await newBlock(page, { text: 'giao ước' })
  await poll(async () => (await here(page)).focused).toBe(true)
  await page.keyboard.type('c')
  await poll(async () => (await here(page)).text).toBe('giao ướcc')
  expect(await selectAndPress(page)).toBe('cc')
  expect((await here(page)).marks).toEqual(['bold'])
  await end(open)
})
