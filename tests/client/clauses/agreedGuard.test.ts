import { getSchema } from '@tiptap/core'
import { EditorState, type Plugin, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import { AgreedGuard, type Held } from '../../../client/clauses/agreed/agreedGuard.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'

const schema = getSchema(schemaExtensions)

/** A page of which these clauses are agreed. */
function page(...agreed: readonly string[]) {
  const asked: Held[] = []
  const watch = {
    held: () => new Set(agreed),
    onHeld: (held: Held) => void asked.push(held),
  }
  const plugins = AgreedGuard.config.addProseMirrorPlugins?.call({
    storage: { watch },
  } as never) as Plugin[]
  const doc = schema.node('doc', null, [
    schema.node('clause', { id: 'a', level: 'paragraph' }, schema.text('một')),
    schema.node('clause', { id: 'b', level: 'paragraph' }, schema.text('hai')),
  ])
  const state = EditorState.create({ doc, plugins })
  const make = async (change: (tr: Transaction) => Transaction) => {
    const next = state.apply(change(state.tr))
    await Promise.resolve()
    return next.doc.eq(doc) ? 'held' : 'made'
  }
  return { make, held: () => asked.flatMap(({ clauseIds }) => clauseIds) }
}

test('[UX-31] a letter in agreed words is not let in, and its author is asked', async () => {
  const { make, held } = page('a')
  expect(await make((tr) => tr.insertText('x', 2))).toBe('held')
  expect(held()).toEqual(['a'])
  expect(await make((tr) => tr.insertText('x', 7))).toBe('made')
})

test('[UX-31] a deletion over several clauses asks for those that are agreed', async () => {
  const { make, held } = page('a', 'b')
  expect(await make((tr) => tr.delete(2, 8))).toBe('held')
  expect(held()).toEqual(['a', 'b'])
})

test('[UX-31] bold, level and place are nobody’s agreed words; and what comes from the shared text, as others’ words and undo do, passes', async () => {
  const { make, held } = page('a', 'b')
  const bold = schema.marks.bold?.create()
  expect(await make((tr) => tr.addMark(1, 4, bold as NonNullable<typeof bold>))).toBe('made')
  expect(await make((tr) => tr.setNodeAttribute(0, 'level', 'point'))).toBe('made')
  expect(
    await make((tr) => {
      const first = tr.doc.child(0)
      return tr.delete(0, first.nodeSize).insert(tr.doc.content.size, first)
    }),
  ).toBe('made')
  expect(
    await make((tr) => tr.insertText('x', 2).setMeta(ySyncPluginKey, { isChangeOrigin: true })),
  ).toBe('made')
  expect(held()).toEqual([])
})
