import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { findMark, keepingMarks, markAt } from '../../../server/clauses/mergeMark.ts'
import { subtreeOf } from '../../../server/clauses/structureCommands.ts'
import { moveBlocks } from '../../../shared/clauses/moveBlocks.ts'
import { writeBody } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'

const ids = Array.from({ length: 60 }, (_, i) => `c${i}`)

test('[P06] an act reads only the clauses that have marks, each once before it and once after, however many marks', () => {
  const doc = new Y.Doc()
  writeBody(
    doc,
    ids.map((id) => clause(id, 'text', `Lời của ${id}`)),
  )
  const marks = ['c3', 'c3', 'c3', 'c9'].map((id) => markAt(doc, id, 4))
  const read = vi.spyOn(Y.XmlText.prototype, 'toDelta')
  const asked = vi.spyOn(Y.XmlElement.prototype, 'getAttributes')
  keepingMarks(doc, marks, () => {})
  expect(read).toHaveBeenCalledTimes(4)
  expect(asked.mock.calls.length).toBeLessThanOrEqual(2 * ids.length)
  vi.restoreAllMocks()
  // And they are where they were once a marked clause has been written anew.
  keepingMarks(doc, marks, () => moveBlocks(doc, subtreeOf(doc, 'c3', null).blocks, 'c20'))
  expect(marks.map((mark) => findMark(doc, mark))).toEqual([4, 4, 4, 4])
})
