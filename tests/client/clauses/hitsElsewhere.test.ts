import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { hitsIn } from '../../../client/clauses/find/useElsewhere.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { writeBody } from '../../../shared/clauses/yjs.ts'
import { replaceMatches } from '../../../shared/vietnamese/replaceMatches.ts'
import { cites, clause, fields, run } from '../../support/builders.ts'

const BLOCKS = [
  clause('m', 'article', 'Mục tiêu'),
  clause('c', 'text', [run('Theo '), cites('m', 'Điều 1'), run(' và các điều khác')]),
]
const { clauses } = viewClauses(BLOCKS, fields(), 'articles')
const hits = (text: string) => hitsIn(clauses, { text, matchCase: false }, { model: 'articles' })

test('[P06] what a reference says is not found in another document, as it is not replaced there', () => {
  expect(clauses[1]?.text).toBe('Theo Điều 1 và các điều khác')
  const found = hits('dieu')
  expect(found).toMatchObject([
    { clauseId: 'c', nth: 0, before: 'Theo [\u2026] và các ', match: 'điều', after: ' khác' },
  ])
  const doc = new Y.Doc()
  writeBody(doc, BLOCKS)
  const made = doc.transact(() => replaceMatches(doc, { text: 'dieu', matchCase: false }, 'mục'))
  expect(made).toHaveLength(found.length)
  expect(hits('Điều 1')).toEqual([])
  expect(clauses[0]).not.toHaveProperty('own')
})
