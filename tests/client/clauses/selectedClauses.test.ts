import type { Editor } from '@tiptap/core'
import { Schema } from '@tiptap/pm/model'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test, vi } from 'vitest'
import { selectedClauses } from '../../../client/clauses/selectedClauses.ts'

const schema = new Schema({
  nodes: {
    doc: { content: 'clause+' },
    clause: { content: 'text*', attrs: { id: { default: '' } } },
    text: {},
  },
})
const doc = schema.node(
  'doc',
  null,
  ['a', 'b', 'c'].map((id) => schema.node('clause', { id }, [schema.text('mười')])),
)
/** Each clause takes 6 positions. */
const chosen = (from: number, to: number) => {
  const state = EditorState.create({ doc, selection: TextSelection.create(doc, from, to) })
  return selectedClauses({ state } as Pick<Editor, 'state'>)
}

test('[UX-34] a selection reaches into a clause by a letter at least, and a caret into none', () => {
  expect(chosen(2, 2)).toEqual([])
  expect(chosen(1, 5)).toEqual(['a'])
  expect(chosen(2, 8)).toEqual(['a', 'b'])
  expect(chosen(5, 13)).toEqual(['b'])
  expect(chosen(4, 14)).toEqual(['a', 'b', 'c'])
})

test('[UX-34] no block is sought from the start of the text: a long one is selected at every frame', () => {
  const seek = vi.spyOn(doc, 'nodeAt')
  chosen(1, 17)
  expect(seek).not.toHaveBeenCalled()
})
