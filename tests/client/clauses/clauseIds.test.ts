import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { giveIds } from '../../../client/clauses/schema/clauseIds.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import type { Block } from '../../../shared/clauses/clause.ts'
import { bodyOf, writeBody } from '../../../shared/clauses/yjs.ts'
import { documents } from '../../support/random.ts'

const schema = getSchema(schemaExtensions)
type Plain = readonly (readonly [id: string | null, text: string])[]
const docOf = (clauses: Plain) =>
  schema.node(
    'doc',
    null,
    clauses.map(([id, text]) =>
      schema.node('clause', { id }, text === '' ? [] : schema.text(text)),
    ),
  )
const idsAfter = (before: Plain, after: Plain) => {
  const fresh = ['new1', 'new2', 'new3']
  const state = EditorState.create({ doc: docOf(after) })
  const { doc } = giveIds(docOf(before), state.doc, state.tr, () => fresh.shift() ?? '')
  return doc.children.map((node) => node.attrs.id)
}

test('the schema of the editor takes every document that the shared rules allow', () => {
  fc.assert(
    fc.property(
      documents.filter((blocks: Block[]) => blocks.length > 0),
      (blocks) => {
        const doc = new Y.Doc()
        writeBody(doc, blocks)
        const node = schema.nodeFromJSON(yXmlFragmentToProsemirrorJSON(bodyOf(doc)))
        node.check()
        expect(node.children.map(({ attrs }) => attrs.id)).toEqual(blocks.map(({ id }) => id))
      },
    ),
  )
})

test('a missing id is made', () => {
  expect(
    idsAfter(
      [['a', 'x']],
      [
        ['a', 'x'],
        [null, ''],
      ],
    ),
  ).toEqual(['a', 'new1'])
})

test('of two new copies the first keeps the id', () => {
  expect(
    idsAfter(
      [['a', 'x']],
      [
        ['a', 'x'],
        ['a', 'x'],
      ],
    ),
  ).toEqual(['a', 'new1'])
})

test('doubles that somebody else left are not touched: two editors would part them differently', () => {
  const doubled: Plain = [
    ['a', 'x'],
    ['a', 'y'],
  ]
  expect(idsAfter(doubled, [...doubled, [null, 'z']])).toEqual(['a', 'a', 'new1'])
})

test('an id follows its text when the left half of a split is empty', () => {
  expect(
    idsAfter(
      [['a', 'x']],
      [
        ['a', ''],
        [null, 'x'],
      ],
    ),
  ).toEqual(['new1', 'a'])
})

test('an empty clause keeps its id when something is written below it', () => {
  expect(
    idsAfter(
      [['a', '']],
      [
        ['a', ''],
        [null, 'x'],
      ],
    ),
  ).toEqual(['a', 'new1'])
})
