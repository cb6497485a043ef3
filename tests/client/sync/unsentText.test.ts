import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { touchedClauses, unsentClauses, wordsIn } from '../../../client/sync/unsentText.ts'
import { insertClause, readBody, setClauseText, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause, table } from '../../support/builders.ts'

const start = [
  clause('a', 'article', 'Mục tiêu'),
  clause('k', 'paragraph', 'Khoản một'),
  clause('p', 'point', 'điểm'),
  table('t', [['TT', 'Tiêu chí']]),
]
const setUp = () => {
  const mine = new Y.Doc()
  const theirs = new Y.Doc()
  writeBody(theirs, start)
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
  const touched = new Set<string>()
  mine.on('afterTransaction', (transaction) => {
    for (const id of touchedClauses(mine, transaction)) touched.add(id)
  })
  const unsent = () => unsentClauses(wordsIn(mine, touched, 'articles'), readBody(theirs))
  return { mine, theirs, touched, unsent }
}

test('names what the author wrote by its place, with his words and those of the text', () => {
  const { mine, unsent } = setUp()
  setClauseText(mine, 'p', 'điểm sửa')
  expect(unsent()).toEqual([
    { clauseId: 'p', place: 'điểm a khoản 1 Điều 1', mine: 'điểm sửa', theirs: 'điểm' },
  ])
})

test('edits of others in the meantime are not the author’s', () => {
  const { mine, theirs, unsent } = setUp()
  setClauseText(mine, 'k', 'Khoản một sửa')
  setClauseText(theirs, 'a', 'Mục tiêu chung')
  expect(unsent().map(({ clauseId }) => clauseId)).toEqual(['k'])
})

test('a new clause of his has no counterpart', () => {
  const { mine, unsent } = setUp()
  insertClause(mine, 'k', clause('n', 'paragraph', ''))
  setClauseText(mine, 'n', 'Khoản mới')
  expect(unsent()).toMatchObject([
    { clauseId: 'n', place: 'khoản 2 Điều 1', mine: 'Khoản mới', theirs: null },
  ])
})

test('what has been confirmed is not listed again', () => {
  const { mine, touched, unsent } = setUp()
  setClauseText(mine, 'a', 'Mục tiêu sửa')
  touched.clear()
  expect(unsent()).toEqual([])
})

test('a changed cell counts as its table', () => {
  const { mine, unsent } = setUp()
  const [cell] = mine.getXmlFragment('body').querySelectorAll('tableCell') as Y.XmlElement[]
  const paragraph = cell?.get(0) as Y.XmlElement
  const text = paragraph.get(0) as Y.XmlText
  text.insert(2, 'x')
  expect(unsent()).toMatchObject([{ clauseId: 't', mine: 'TTx\tTiêu chí', theirs: 'TT\tTiêu chí' }])
})
