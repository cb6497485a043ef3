import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import {
  askedIn,
  dismiss,
  ReferenceTrigger,
} from '../../../client/clauses/references/referenceTrigger.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'

const schema = getSchema(schemaExtensions)
const plugins =
  ReferenceTrigger.config.addProseMirrorPlugins?.call({ storage: { keys: null } } as never) ?? []

/** A clause with these words, the caret behind them, and what a view does. */
function writing(words: string) {
  const clause = schema.nodes.clause?.create({ id: 'a', level: 'text' }, schema.text(words))
  const doc = schema.topNodeType.create(null, clause)
  const view = {
    state: EditorState.create({
      doc,
      plugins,
      selection: TextSelection.create(doc, words.length + 1),
    }),
    dispatch(tr: EditorState['tr']) {
      view.state = view.state.apply(tr)
    },
    type: (letters: string) => view.dispatch(view.state.tr.insertText(letters)),
    /** Others write at the beginning; the caret is a letter too far to the left until it is put right. */
    others() {
      const { head } = view.state.selection
      const written = view.state.tr.insertText('x', 1)
      written.setSelection(TextSelection.create(written.doc, head))
      view.dispatch(written.setMeta(ySyncPluginKey, { isChangeOrigin: true }))
      const { tr } = view.state
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, head + 1)))
    },
  }
  return view
}

test('[P02] turned away, the picker stays away while others write before it, and comes for other words', () => {
  const view = writing('Theo ')
  for (const letter of '@điều') view.type(letter)
  expect(askedIn(view.state)?.query).toBe('điều')
  view.others()
  expect(askedIn(view.state)?.query).toBe('điều')
  dismiss(view as never)
  expect(askedIn(view.state)).toBeNull()
  view.others()
  view.others()
  expect(askedIn(view.state)).toBeNull()
  view.type(' 2')
  expect(askedIn(view.state)).toBeNull()
  view.type('; @khoản')
  expect(askedIn(view.state)?.query).toBe('khoản')
})
