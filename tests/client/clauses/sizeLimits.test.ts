import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import { isTooLarge } from '../../../client/clauses/schema/sizeLimits.ts'
import { CLAUSE_LIMIT } from '../../../shared/clauses/limits.ts'
import { FRAME_LIMIT } from '../../../shared/sync/protocol.ts'

const schema = getSchema(schemaExtensions)
const clause = (id: string, length: number) =>
  schema.node('clause', { id }, length === 0 ? [] : schema.text('ữ'.repeat(length)))
const stateOf = (...lengths: number[]) =>
  EditorState.create({
    doc: schema.node(
      'doc',
      null,
      lengths.map((length, i) => clause(`c${i}`, length)),
    ),
  })

test('a clause may grow to its limit and not a letter beyond; one that is beyond may become shorter', () => {
  const { doc, tr } = stateOf(CLAUSE_LIMIT - 1)
  expect(isTooLarge(tr.insertText('x', 1), doc)).toBe(false)
  expect(isTooLarge(tr.insertText('y', 1), doc)).toBe(true)
  const long = stateOf(CLAUSE_LIMIT + 10)
  expect(isTooLarge(long.tr.delete(1, 3), long.doc)).toBe(false)
  expect(isTooLarge(long.tr.delete(1, 3).insertText('abc', 1), long.doc)).toBe(true)
})

test('many clauses may come at once, but what comes at once fits into one frame', () => {
  const { doc, tr } = stateOf(0)
  const paste = (total: number) =>
    Array.from({ length: 3 }, (_, i) => clause(`p${i}`, Math.floor(total / 3)))
  expect(isTooLarge(stateOf(0).tr.insert(0, paste(299_000)), doc)).toBe(false)
  expect(isTooLarge(tr.insert(0, paste(300_100)), doc)).toBe(true)
  // Vietnamese letters take three bytes at most.
  expect(300_000 * 3).toBeLessThan(FRAME_LIMIT)
})

test('a table of more squares than the server takes does not come in, in however few cells', () => {
  const { tr, doc } = stateOf(0)
  const cell = (colspan: number, rowspan: number) =>
    schema.node('tableCell', { colspan, rowspan }, schema.node('paragraph'))
  const table = (rows: number, rowspan: number) =>
    schema.node(
      'table',
      { id: 't' },
      Array.from({ length: rows }, () => schema.node('tableRow', null, cell(1, rowspan))),
    )
  expect(isTooLarge(tr.insert(0, table(400, 100)), doc)).toBe(false)
  expect(isTooLarge(stateOf(0).tr.insert(0, table(1_200, 100)), doc)).toBe(true)
})
