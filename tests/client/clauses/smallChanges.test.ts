import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import { smallestChange } from '../../../client/clauses/schema/smallChanges.ts'

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
    return change && [change.from, change.to, change.slice.content.size, change.within]
  }
  const same = { id: 'x', level: 'text' }
  const line = (text: string) => documentOf([{ ...same, runs: [{ text, bold: false }] }])
  expect(of(line('một'), line('một'))).toBe(null)
  expect(of(line('một'), line('mộtt'))).toEqual([4, 4, 1, 0])
  expect(of(line('aaa'), line('aa'))).toEqual([3, 4, 0, 0])
  expect(of(text('một', 'hai'), text('một', 'ba', 'hai'))).toEqual([5, 5, 4, null])
  expect(of(text('một', 'hai'), text('hai'))).toEqual([0, 5, 0, null])
})
