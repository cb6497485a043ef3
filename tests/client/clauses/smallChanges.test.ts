import { getSchema } from '@tiptap/core'
import { type Node, Slice } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import { narrowed, smallestChange } from '../../../client/clauses/schema/smallChanges.ts'

const schema = getSchema(schemaExtensions)
const words = fc.string({ unit: fc.constantFrom('a', 'b', 'ế', '😀', ' '), maxLength: 8 })
const runs = fc.array(fc.record({ text: words, bold: fc.boolean() }), { maxLength: 3 })
type Line = { id: string; level: string; runs: { text: string; bold: boolean }[] }
const clause: fc.Arbitrary<Line> = fc.record({
  id: fc.constantFrom('p', 'q', 'r'),
  level: fc.constantFrom('article', 'text'),
  runs,
})
const blocks = fc.array(clause, { minLength: 1, maxLength: 5 })

function documentOf(all: readonly Line[]): Node {
  const content = all.map(({ id, level, runs }) =>
    schema.nodes.clause?.create(
      { id, level },
      runs
        .filter(({ text }) => text !== '')
        .map(({ text, bold }) => schema.text(text, bold ? [schema.mark('bold')] : [])),
    ),
  )
  return schema.topNodeType.create(null, content as Node[])
}

test('[P01] whatever somebody else did, the smallest change makes exactly his document of mine', () => {
  fc.assert(
    fc.property(blocks, blocks, (mine, his) => {
      const [before, after] = [documentOf(mine), documentOf(his)]
      const change = smallestChange(before, after.content)
      const { tr } = EditorState.create({ doc: before })
      if (change) tr.replace(change.from, change.to, change.slice)
      expect(tr.doc.eq(after)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('[P01] a letter is a letter, a block is a block, and nothing is nothing', () => {
  const text = (...all: string[]) =>
    documentOf(all.map((text) => ({ id: text, level: 'text', runs: [{ text, bold: false }] })))
  const of = (before: Node, after: Node) => {
    const change = smallestChange(before, after.content)
    return change && [change.from, change.to, change.slice.content.size]
  }
  const same = { id: 'x', level: 'text' }
  const line = (text: string) => documentOf([{ ...same, runs: [{ text, bold: false }] }])
  expect(of(line('một'), line('một'))).toBe(null)
  expect(of(line('một'), line('mộtt'))).toEqual([4, 4, 1])
  expect(of(line('aaa'), line('aa'))).toEqual([3, 4, 0])
  expect(of(text('một', 'hai'), text('một', 'ba', 'hai'))).toEqual([5, 5, 4])
  expect(of(text('một', 'hai'), text('hai'))).toEqual([0, 5, 0])
})

test('[P04] the shared text goes on to know the nodes of the page, whatever became of them and back', () => {
  const line = (text: string) => ({ id: text, level: 'text', runs: [{ text, bold: false }] })
  const doc = documentOf([line('một'), line('hai'), line('ba')])
  const type = new Y.Doc().getXmlFragment('body')
  for (const word of ['một', 'hai', 'ba']) {
    const part = new Y.XmlElement('clause')
    part.insert(0, [new Y.XmlText(word)])
    type.insert(type.length, [part])
  }
  const parts = type.toArray()
  for (const now of [
    // A letter typed and deleted in one go: other nodes, that say the same.
    documentOf([line('một'), line('hai'), line('ba')]),
    documentOf([
      line('một'),
      { ...line('hai'), runs: [{ text: 'haai', bold: false }] },
      line('ba'),
    ]),
  ]) {
    const mapping = new Map<unknown, Node | Node[]>()
    for (const [index, part] of parts.entries()) mapping.set(part, now.child(index))
    const state = EditorState.create({ doc })
    const tr = narrowed({ type, mapping, prosemirrorView: { state } })
    tr.replace(0, doc.content.size, new Slice(now.content, 0, 0))
    expect(tr.doc.eq(now)).toBe(true)
    for (const [index, part] of parts.entries()) expect(mapping.get(part)).toBe(tr.doc.child(index))
  }
})
