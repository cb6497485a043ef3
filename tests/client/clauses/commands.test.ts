import { getSchema } from '@tiptap/core'
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { demote, promote } from '../../../client/clauses/schema/commands.ts'
import { duplicateClause } from '../../../client/clauses/schema/duplicateClause.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import type { ClauseLevel } from '../../../shared/clauses/clause.ts'

const schema = getSchema(schemaExtensions)
type Line = readonly [level: ClauseLevel, text: string]

/** What a command makes of these clauses, with the selection from the first to the second one named. */
function after(lines: readonly Line[], command: Command, first: number, last = first) {
  const doc = schema.node(
    'doc',
    null,
    lines.map(([level, text], n) =>
      schema.node('clause', { id: `c${n}`, level }, text === '' ? [] : schema.text(text)),
    ),
  )
  const starts: number[] = []
  doc.forEach((_, pos) => {
    starts.push(pos + 1)
  })
  const selection = TextSelection.create(doc, starts[first] ?? 0, starts[last] ?? 0)
  let state = EditorState.create({ doc, selection })
  command(state, (tr) => {
    state = state.apply(tr)
  })
  return state
}
const levels = (state: EditorState) => state.doc.children.map(({ attrs }) => attrs.level)

const LINES: readonly Line[] = [
  ['article', 'Nội dung'],
  ['text', 'Lời dẫn'],
  ['paragraph', 'Khoản'],
  ['point', 'điểm'],
  ['article', 'Hiệu lực'],
]

test('Tab over several clauses takes all of them one rung down, and leaves the plain text among them', () => {
  expect(levels(after(LINES, demote('articles'), 0, 2))).toEqual([
    'paragraph',
    'text',
    'point',
    'point',
    'article',
  ])
  expect(levels(after(LINES, promote('articles'), 1, 3))).toEqual([
    'article',
    'text',
    'article',
    'paragraph',
    'article',
  ])
})

test('plain text alone gets a number by Tab', () => {
  expect(levels(after(LINES, demote('articles'), 1))[1]).toBe('paragraph')
  expect(levels(after(LINES, promote('articles'), 1))[1]).toBe('article')
  expect(levels(after([['basis', 'Căn cứ']], demote('articles'), 0))).toEqual(['text'])
})

test('[P02] a clause is doubled with all under it, right below, without its ids, and the caret goes along', () => {
  const state = after(LINES, duplicateClause, 0)
  const lines = LINES.map(([, text]) => text)
  expect(state.doc.children.map(({ textContent }) => textContent)).toEqual([
    ...lines.slice(0, 4),
    ...lines.slice(0, 4),
    'Hiệu lực',
  ])
  const ids = state.doc.children.map(({ attrs }) => attrs.id as string)
  expect([...ids.slice(0, 4), ids[8]]).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
  expect(new Set(ids).size).toBe(9)
  expect(state.selection.$head.index(0)).toBe(4)
  expect(state.selection.$head.parentOffset).toBe('Nội dung'.length)
})
