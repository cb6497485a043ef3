import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { here, newBlock } from '../support/deskKeys.ts'
import { end, startJourney } from '../support/journey.ts'

const journey = startJourney()

/** Selects the last two letters as the browser does on Shift+←, and acts before it has told the editor. */
const selectAnd = (page: Page, act: 'bold' | 'marks') =>
  page.evaluate((what) => {
    type Held = HTMLElement & { editor: Editor }
    const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Held
    const { editor } = shown
    const { node, offset } = editor.view.domAtPos(editor.state.selection.head - 2)
    getSelection()?.setBaseAndExtent(node, offset + 2, node, offset)
    if (what === 'bold')
      shown.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'b', code: 'KeyB', ctrlKey: true, bubbles: true }),
      )
    else {
      const { words } = editor.storage.scoreMarks
      const inUse = words.getSnapshot()
      words.set(null)
      words.set(inUse)
    }
    return editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to)
  }, act)

test('[P04] a key acts on what is selected on the page, and marks that are drawn anew leave it selected', async () => {
  const open = await journey.desk('stc.officer')
  const { page } = open
  await newBlock(page, { text: 'thi đua' })
  expect(await selectAnd(page, 'marks')).toBe('ua')
  await newBlock(page, { text: 'giao ước' })
  expect(await selectAnd(page, 'bold')).toBe('ớc')
  expect((await here(page)).marks).toEqual(['bold'])
  await end(open)
})
