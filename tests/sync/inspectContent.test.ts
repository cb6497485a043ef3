import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type ContentProblem, inspectContent, ownWork } from '../../server/sync/inspectContent.ts'
import { REFERENCE_LETTER } from '../../shared/clauses/reference.ts'
import { bodyOf, readBody, writeBody } from '../../shared/clauses/yjs.ts'
import { clause } from '../support/builders.ts'

test('words under a reference are text for everybody, whether they or the mark came first', () => {
  const doc = new Y.Doc()
  writeBody(doc, [clause('c1', 'article', 'Theo đó')])
  const text = (bodyOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
  const reference = { document: null, clause: 'c2', was: 'Điều 2' }
  const write = (change: () => void) =>
    doc.transact((transaction): ContentProblem | null => {
      change()
      return inspectContent(doc, transaction, ownWork(doc))
    })
  expect(write(() => text.format(0, 4, { reference }))).toBeNull()
  expect(write(() => text.insert(0, REFERENCE_LETTER, { reference }))).toBeNull()
  expect(write(() => text.insert(1, 'thêm ', { reference }))).toBeNull()
  const [block] = readBody(doc)
  const runs = block?.level === 'table' ? [] : (block?.runs ?? [])
  expect(runs.map((run) => run.text)).toEqual([REFERENCE_LETTER, 'thêm Theo đó'])
  expect(runs.map((run) => run.reference?.clause)).toEqual(['c2', undefined])
  const bad = { ...reference, clause: 'a b' }
  expect(write(() => text.format(0, 1, { reference: bad }))).toMatchObject({
    details: { what: 'bad reference' },
  })
})
