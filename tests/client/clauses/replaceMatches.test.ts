import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { searcher } from '../../../client/clauses/find/matchesIn.ts'
import { replacing } from '../../../client/clauses/find/replaceMatches.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'

const schema = getSchema(schemaExtensions)
const bold = schema.mark('bold')
const doc = schema.node('doc', null, [
  schema.node('clause', { id: 'a' }, [schema.text('Khối thi '), schema.text('đua', [bold])]),
  schema.node('clause', { id: 'b' }, [schema.text('Thi đua', [bold]), schema.text(' và thi đua')]),
])
const find = (text: string) => searcher({ text, matchCase: false })(doc)

test('[P06] words are found across the border of bold', () => {
  expect(find('thi dua').map(({ from, to }) => doc.textBetween(from, to))).toEqual([
    'thi đua',
    'Thi đua',
    'thi đua',
  ])
})

test('[P06] all are replaced in one transaction, each looking as its first letter did', () => {
  const tr = replacing(EditorState.create({ doc }), find('thi dua'), 'phong trào')
  expect(tr.doc.children.map((node) => node.textContent)).toEqual([
    'Khối phong trào',
    'phong trào và phong trào',
  ])
  const looks = tr.doc.children.map((node) => node.children.map(({ marks }) => marks.length))
  expect(looks).toEqual([[0], [1, 0]])
  const gone = replacing(EditorState.create({ doc }), find('thi dua'), '')
  expect(gone.doc.children.map((node) => node.textContent)).toEqual(['Khối ', ' và '])
})
