import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { here, newBlock } from '../support/deskKeys.ts'
import { end, poll, startJourney } from '../support/journey.ts'

const journey = startJourney()

type Act = 'bold' | 'marks' | 'focus and marks'

/** Moves the browser's selection to the last two letters, or the focus away and back, and acts before the editor has been told. */
const selectAnd = (page: Page, act: Act) =>
  page.evaluate((what) => {
    type Held = HTMLElement & { editor: Editor }
    const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Held
    const { editor } = shown
    const { head } = editor.state.selection
    const { node, offset } = editor.view.domAtPos(head - 2)
    if (what === 'focus and marks') {
      shown.blur()
      editor.commands.setTextSelection({ from: head - 2, to: head })
      // As the browser leaves it when the words that the caret was in are drawn anew elsewhere.
      getSelection()?.collapse(shown.querySelectorAll('[data-id]')[3] ?? null, 0)
      shown.focus()
      // As long as a slow machine may take, in which no timer runs out.
      for (const began = performance.now(); performance.now() - began < 120; );
    } else getSelection()?.setBaseAndExtent(node, offset + 2, node, offset)
    const key = { key: 'b', code: 'KeyB', ctrlKey: true, bubbles: true }
    const { words } = editor.storage.scoreMarks
    const inUse = words.getSnapshot()
    if (what === 'bold') shown.dispatchEvent(new KeyboardEvent('keydown', key))
    else for (const each of [null, inUse]) words.set(each)
    return editor.state.doc.textBetween(editor.state.selection.from, editor.state.selection.to)
  }, act)

test.each<[Act, string]>([
  ['bold', 'a key acts on what is selected on the page, though the editor has not been told of it'],
  ['marks', 'what is selected stays selected when marks are drawn anew in that moment'],
  ['focus and marks', 'a page that has just got the focus keeps the caret it had'],
])('[P04] %s: %s', async (act) => {
  const open = await journey.desk('stc.officer')
  const { page } = open
  await newBlock(page, { text: 'giao ước' })
  await page.keyboard.type('c')
  await poll(async () => (await here(page)).text).toBe('giao ướcc')
  expect(await selectAnd(page, act)).toBe('cc')
  if (act === 'bold') expect((await here(page)).marks).toEqual(['bold'])
  await end(open)
})
