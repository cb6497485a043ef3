import { getSchema } from '@tiptap/core'
import { EditorState, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { editShared } from '../../../client/clauses/find/editShared.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import { editTexts, textBoxes } from '../../../shared/clauses/editTexts.ts'
import { writeBody } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'

/** As much of an editor as it takes. */
function viewOf(doc: Y.Doc, editable: boolean): EditorView {
  const shared = new Plugin({
    key: ySyncPluginKey,
    state: { init: () => ({ doc }), apply: (_, now) => now },
  })
  const state = EditorState.create({ schema: getSchema(schemaExtensions), plugins: [shared] })
  return { editable, state } as EditorView
}
const mended = (editable: boolean) => {
  const doc = new Y.Doc()
  writeBody(doc, [clause('a', 'text', 'hoà')])
  const made = editShared(viewOf(doc, editable), (text) =>
    editTexts(text, () => [{ from: 0, to: 3, text: 'hòa' }]),
  )
  return [made?.length ?? null, textBoxes(doc)[0]?.text]
}

test('[P06] an editor that is only read mends nothing, and does not say that it did', () => {
  expect(mended(true)).toEqual([1, 'hòa'])
  expect(mended(false)).toEqual([null, 'hoà'])
})
