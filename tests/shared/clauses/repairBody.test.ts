import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { repairBody } from '../../../shared/clauses/repairBody.ts'
import { bodyOf, readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause, table } from '../../support/builders.ts'
import { documents } from '../../support/random.ts'

const ids = () => {
  let n = 0
  return () => {
    n += 1
    return `new${n}`
  }
}
const docOf = (...blocks: Parameters<typeof writeBody>[1][number][]) => {
  const doc = new Y.Doc()
  writeBody(doc, blocks)
  return doc
}
const element = (name: string, attributes: Record<string, string> = {}) => {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

test('a text in order is left as it is, without so much as an empty update', () => {
  fc.assert(
    fc.property(documents, (blocks) => {
      const doc = new Y.Doc()
      writeBody(doc, blocks)
      let updates = 0
      doc.on('update', () => {
        updates += 1
      })
      expect(repairBody(doc, ids())).toEqual([])
      expect(updates).toBe(0)
    }),
    { numRuns: 50 },
  )
})

test('of two blocks with one id the first keeps it', () => {
  const doc = docOf(clause('a', 'article', 'một'), clause('b', 'article', 'hai'), {
    ...clause('a', 'article', 'một'),
  })
  expect(repairBody(doc, ids())).toEqual(['id'])
  expect(readBody(doc).map(({ id }) => id)).toEqual(['a', 'b', 'new1'])
})

test('a clause that lacks an id or a level gets one', () => {
  const doc = docOf(clause('a', 'article', 'một'))
  bodyOf(doc).insert(1, [element('clause'), element('clause', { id: 'ê', level: 'article' })])
  expect(repairBody(doc, ids())).toEqual(['id', 'level', 'id'])
  expect(readBody(doc).map(({ id, level }) => [id, level])).toEqual([
    ['a', 'article'],
    ['new1', 'text'],
    ['new2', 'article'],
  ])
  expect(bodyProblems(doc)).toEqual([])
})

test('two people empty one table from both ends: what is left of it is whole, or gone', () => {
  for (const [rows, left] of [
    [
      [
        ['1', '2'],
        ['3', '4'],
      ],
      0,
    ],
    [
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
      1,
    ],
  ] as const) {
    const doc = docOf(
      table(
        't',
        rows.map((row) => [...row]),
      ),
      clause('a', 'text', 'sau'),
    )
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    ;(bodyOf(doc).get(0) as Y.XmlElement).delete(0, 1)
    ;(bodyOf(other).get(0) as Y.XmlElement).delete(1, 1)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    repairBody(doc, ids())
    expect(bodyProblems(doc)).toEqual([])
    expect(readBody(doc)).toHaveLength(left + 1)
  }
})

test('whatever is cut out of a text by hand, it is in order afterwards', () => {
  fc.assert(
    fc.property(documents, fc.array(fc.nat(), { maxLength: 12 }), (blocks, cuts) => {
      const doc = new Y.Doc()
      writeBody(doc, blocks)
      for (const cut of cuts) {
        let here: Y.XmlFragment = bodyOf(doc)
        for (let depth = cut % 4; depth > 0; depth -= 1) {
          const next = here.length > 0 ? here.get(cut % here.length) : null
          if (next instanceof Y.XmlElement) here = next
        }
        if (here.length > 0) here.delete(cut % here.length, 1)
      }
      repairBody(doc, ids())
      expect(bodyProblems(doc)).toEqual([])
    }),
    { numRuns: 100 },
  )
})
