import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Puts the caret into a clause, or selects all of it, and waits until the page agrees. Through the editor itself: a
 * selection made in the DOM, by script or by a key, is lost when somebody else's words come before the editor has
 * read it.
 */
export async function placeCaret(
  page: Page,
  clauseId: string,
  where: 'start' | 'end' | 'all' = 'end',
): Promise<void> {
  const place = () =>
    page.evaluate(
      ([id, side]) => {
        const dom = document.querySelector<HTMLElement & { editor?: Editor }>('.page-text')
        const editor = dom?.editor
        const block = document.querySelector(`.page-text [data-id="${id}"]`)
        if (!dom || !editor || !block) return false
        editor.state.doc.forEach((node, pos) => {
          if (node.attrs.id !== id) return
          const [from, to] = [pos + 1, pos + node.nodeSize - 1]
          editor.view.focus()
          editor.commands.setTextSelection({
            from: side === 'end' ? to : from,
            to: side === 'start' ? from : to,
          })
        })
        const { anchorNode } = window.getSelection() ?? {}
        return document.activeElement === dom && block.contains(anchorNode ?? null)
      },
      [clauseId, where] as const,
    )
  await expect.poll(place).toBe(true)
}
