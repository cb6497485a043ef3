import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreedStructure } from '../../../shared/agreements/agreedStructure.ts'
import { structureChanges } from '../../../shared/agreements/structureChanges.ts'
import type { Block } from '../../../shared/clauses/clause.ts'
import { structureHash } from '../../../shared/clauses/hash.ts'
import { clause, fields } from '../../support/builders.ts'
import { documents } from '../../support/random.ts'

const TEXT = [
  clause('a', 'article', 'Mục tiêu'),
  clause('b', 'paragraph', 'Giữ vững đoàn kết.'),
  clause('c', 'paragraph', 'Đổi mới nội dung.'),
  clause('d', 'article', 'Hiệu lực'),
]
const changes = (now: readonly Block[], record = fields()) =>
  structureChanges(agreedStructure(TEXT, fields()), agreedStructure(now, record)).map((change) =>
    change.kind === 'field'
      ? `${change.kind} ${change.field}`
      : `${change.kind} ${change.clauseId}`,
  )
const [a, b, c, d] = TEXT as [Block, Block, Block, Block]

test('[P13] the structure says which clauses have come, gone, moved and changed their level, and which fields', () => {
  expect(changes(TEXT)).toEqual([])
  expect(changes([a, b, clause('e', 'point', 'mới'), c, d])).toEqual(['added e'])
  expect(changes([a, c, d])).toEqual(['removed b'])
  expect(changes([a, c, b, d])).toHaveLength(1)
  expect(changes([d, a, b, c])).toEqual(['moved d'])
  expect(changes([a, b, clause('c', 'point', 'Đổi mới nội dung.'), d])).toEqual(['level c'])
  expect(changes(TEXT, fields({ title: 'BẢN GIAO ƯỚC', recipients: ['Lưu: VT'] }))).toEqual([
    'field title',
    'field recipients',
  ])
})

test('[P13] one that is gone is named by the words it had; other words of one that stays are no change here', () => {
  const [gone] = structureChanges(
    agreedStructure(TEXT, fields()),
    agreedStructure([a, c, d], fields()),
  )
  expect(gone).toMatchObject({ kind: 'removed', head: 'Giữ vững đoàn kết.', level: 'paragraph' })
  expect(changes([a, b, clause('c', 'paragraph', 'Khác hẳn.'), d])).toEqual([])
})

test('[P13] there is something to say exactly when the structure hash differs', () => {
  fc.assert(
    fc.property(documents, documents, (before, now) => {
      const same = structureHash(before, fields()) === structureHash(now, fields())
      const said = structureChanges(
        agreedStructure(before, fields()),
        agreedStructure(now, fields()),
      )
      return same === (said.length === 0)
    }),
  )
})
