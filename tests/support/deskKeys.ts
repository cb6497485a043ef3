import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'

type Editing = HTMLElement & { editor: Editor }

/** Where the caret is, and what it is in. */
export const here = (page: Page) =>
  page.evaluate(() => {
    const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Editing
    const { editor } = shown
    const { $head, from, to } = editor.state.selection
    return {
      level: String($head.node(1)?.attrs.level ?? 'table'),
      text: $head.parent.textContent,
      offset: $head.parentOffset,
      selected: editor.state.doc.textBetween(from, to),
      marks: ['bold', 'italic', 'underline'].filter((mark) => editor.isActive(mark)),
      focused: document.activeElement === shown,
    }
  })

/** A new last block of the text with the caret at the end of its first words; undone by itself. */
export const newBlock = (page: Page, block: { level?: string; text?: string; cells?: string[] }) =>
  page.evaluate(({ level = 'text', text = '', cells }) => {
    const shown = document.querySelector('[role=tabpanel]:not([hidden]) .page-text') as Editing
    const { editor } = shown
    type Undo = { undoManager: { stopCapturing(): void } }
    const undo = (editor.state as unknown as Record<string, Undo>)['y-undo$']?.undoManager
    const words = (one: string) => (one === '' ? [] : [{ type: 'text', text: one }])
    const end = editor.state.doc.content.size
    undo?.stopCapturing()
    editor.commands.insertContentAt(
      end,
      cells
        ? {
            type: 'table',
            content: [
              {
                type: 'tableRow',
                content: cells.map((one) => ({
                  type: 'tableCell',
                  content: [{ type: 'paragraph', content: words(one) }],
                })),
              },
            ],
          }
        : { type: 'clause', attrs: { level }, content: words(text) },
      { updateSelection: false },
    )
    undo?.stopCapturing()
    editor.view.focus()
    const first = cells ? end + 4 + (cells[0] ?? '').length : end + 1 + text.length
    editor.commands.setTextSelection(first)
  }, block)

/** What is read out at the moment. */
export const said = (page: Page) => page.textContent('[data-live]').then((text) => text?.trim())

/** As Playwright calls a key of the list of shortcuts. */
export const chord = (key: string): string =>
  key
    .replace('Ctrl', 'Control')
    .replace('Esc', 'Escape')
    .replace('↑', 'ArrowUp')
    .replace('↓', 'ArrowDown')
    .replace('←', 'ArrowLeft')
    .replace('→', 'ArrowRight')
    .replace(/\+([A-Z])$/, (_, letter: string) => `+${letter.toLowerCase()}`)
