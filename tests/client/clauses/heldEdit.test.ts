import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { heldEdit } from '../../../client/clauses/agreed/heldEdit.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'

/** Each editor makes its own. */
const pageOf = (...lines: readonly (readonly [id: string, text: string])[]) => {
  const schema = getSchema(schemaExtensions)
  const doc = schema.node(
    'doc',
    null,
    lines.map(([id, text]) =>
      schema.node('clause', { id, level: 'paragraph' }, text === '' ? [] : schema.text(text)),
    ),
  )
  return EditorState.create({ doc })
}
const lines = (doc: Node) =>
  doc.children.map(({ attrs, textContent }) => `${attrs.id} ${textContent}`)

/** @returns the page afterwards; null where the edit was not made */
function again(tr: Transaction, now: EditorState): EditorState | null {
  let state = now
  const dispatch = (next: Transaction) => {
    state = state.apply(next)
  }
  const made = heldEdit(tr).make({ state, view: { dispatch } } as never)
  return made ? state : null
}
const ONE = [
  ['a', 'một'],
  ['b', 'hai'],
  ['c', 'ba'],
] as const
const typed = (text: string, at: number) => {
  const { tr } = pageOf(...ONE)
  tr.insertText(text, at)
  return tr.setSelection(TextSelection.create(tr.doc, at + text.length))
}

test('[UX-31] a letter that was held back is typed in another editor, and the caret stands behind it', () => {
  const page = again(typed('x', 9), pageOf(...ONE))
  expect(page && lines(page.doc)).toEqual(['a một', 'b haix', 'c ba'])
  expect(page?.selection.head).toBe(10)
})

test('[UX-31] others may have written above meanwhile; the clause itself has to be the same', () => {
  const above = pageOf(['n', 'mới'], ['a', 'một hai ba'], ['b', 'hai'], ['c', 'ba'])
  const page = again(typed('x', 9), above)
  expect(page && lines(page.doc)).toEqual(['n mới', 'a một hai ba', 'b haix', 'c ba'])
  expect(again(typed('x', 9), pageOf(['a', 'một'], ['b', 'khác'], ['c', 'ba']))).toBeNull()
})

test('[UX-31] Enter, and a deletion across two clauses', () => {
  const split = pageOf(...ONE).tr.split(8)
  expect(lines(again(split, pageOf(...ONE))?.doc as Node)).toHaveLength(4)
  const cut = pageOf(...ONE).tr.delete(2, 8)
  expect(lines(again(cut, pageOf(['n', 'mới'], ...ONE))?.doc as Node)).toEqual([
    'n mới',
    'a mi',
    'c ba',
  ])
})

test('[UX-31] what became of it in a draft is made in the text, and nothing else of the draft', () => {
  const held = heldEdit(typed('x', 9))
  const draft = pageOf(['a', 'một'], ['b', 'haixyz'], ['n', 'mới'], ['c', 'ba'])
  const grown = held.grown(draft.doc, ['b', 'n'])
  let text = pageOf(['a', 'một, hai'], ['b', 'hai'], ['c', 'ba'])
  const dispatch = (next: Transaction) => {
    text = text.apply(next)
  }
  expect(grown?.make({ state: text, view: { dispatch } } as never)).toBe(true)
  expect(lines(text.doc)).toEqual(['a một, hai', 'b haixyz', 'n mới', 'c ba'])
  // Another clause was drafted too, or the one above has gone.
  expect(held.grown(draft.doc, ['b', 'c'])).toBeNull()
  expect(held.grown(pageOf(['b', 'haix'], ['c', 'ba']).doc, ['b'])).toBeNull()
  const other = pageOf(['a', 'một'], ['b', 'khác'], ['c', 'ba'])
  expect(grown?.make({ state: other, view: { dispatch } } as never)).toBe(false)
})

test('[UX-31] a clause that was emptied, and then filled again', () => {
  const { tr } = pageOf(...ONE)
  const held = heldEdit(tr.delete(6, 9))
  for (const now of ['', 'h', 'hai ba', 'ahai']) {
    let text = pageOf(...ONE)
    const draft = pageOf(['a', 'một'], ['b', now], ['c', 'ba'])
    const dispatch = (next: Transaction) => {
      text = text.apply(next)
    }
    held.grown(draft.doc, ['b'])?.make({ state: text, view: { dispatch } } as never)
    expect(lines(text.doc)).toEqual(['a một', `b ${now}`, 'c ba'])
  }
})
