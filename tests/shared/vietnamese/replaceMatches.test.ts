import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { takeBackChanges, textBoxes } from '../../../shared/clauses/editTexts.ts'
import { texts } from '../../../shared/clauses/inlineText.ts'
import { CLAUSE_LIMIT } from '../../../shared/clauses/limits.ts'
import { readBody, setClauseText, writeBody } from '../../../shared/clauses/yjs.ts'
import { FRAME_LIMIT } from '../../../shared/sync/protocol.ts'
import { findMatches } from '../../../shared/vietnamese/findMatches.ts'
import { REPLACE_LIMIT, replaceMatches } from '../../../shared/vietnamese/replaceMatches.ts'
import { clause, run, table } from '../../support/builders.ts'

const QUERY = { text: 'thi dua', matchCase: false }
const words = (doc: Y.Doc) => textBoxes(doc).map(({ text }) => text)
const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
const replace = (doc: Y.Doc, by: string) => doc.transact(() => replaceMatches(doc, QUERY, by))
const changed = (made: ReturnType<typeof replaceMatches>) => (typeof made === 'string' ? [] : made)

test('[P06] 5,000 matches in 200 pages are replaced in one update that the server reads, and put back', () => {
  const line = 'Khối thi đua phát động phong trào thi đua sôi nổi, thiết thực, hiệu quả trong năm. '
  const doc = new Y.Doc()
  const clauses = Array.from({ length: 1_250 }, (_, i) =>
    clause(`c${i}`, 'paragraph', line.repeat(2) + 'Nội dung khác. '.repeat(20)),
  )
  writeBody(doc, clauses)
  const before = JSON.stringify(readBody(doc))
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const made = replace(doc, 'Thi đua yêu nước')
  expect(made).toHaveLength(5_000)
  expect(updates).toHaveLength(1)
  expect(updates[0]?.byteLength).toBeLessThan(FRAME_LIMIT / 2)
  expect(words(doc).join('\n')).not.toContain('thi đua')
  expect(doc.transact(() => takeBackChanges(doc, changed(made)))).toHaveLength(5_000)
  expect(JSON.stringify(readBody(doc))).toBe(before)
})

test('[P06] 5,000 matches in one clause are too', () => {
  const doc = new Y.Doc()
  writeBody(doc, [clause('c', 'text', 'thi đua, '.repeat(5_000))])
  const made = replace(doc, 'TĐ')
  expect([changed(made).length, words(doc)[0]]).toEqual([5_000, 'TĐ, '.repeat(5_000)])
  expect(doc.transact(() => takeBackChanges(doc, changed(made)))).toHaveLength(5_000)
  expect(words(doc)[0]).toBe('thi đua, '.repeat(5_000))
})

test('[P06] a clause that would become too long is not, and nothing else is changed', () => {
  const doc = new Y.Doc()
  writeBody(doc, [
    clause('a', 'text', 'thi đua'),
    clause('b', 'text', 'thi đua'.padEnd(CLAUSE_LIMIT, '.')),
  ])
  expect(replace(doc, 'phong trào thi đua')).toBe('tooLarge')
  expect(words(doc)[0]).toBe('thi đua')
})

test('[P06] more matches than one act may change are not counted to the end, and none is changed', () => {
  const doc = new Y.Doc()
  const text = 't'.repeat(REPLACE_LIMIT)
  writeBody(doc, [clause('a', 'text', text), clause('b', 'text', 't')])
  const one = { text: 't', matchCase: true }
  expect(findMatches(text, one, 3)).toHaveLength(3)
  expect(doc.transact(() => replaceMatches(doc, one, 'n'))).toBe('tooMany')
  expect(words(doc)).toEqual([text, 't'])
})

test('[P06] cells and bold are replaced as they look, each by itself', () => {
  const doc = new Y.Doc()
  writeBody(doc, [
    clause('a', 'text', [
      run('Khối thi '),
      run('đua', 'bold'),
      run(' và '),
      run('thi đua', 'bold'),
    ]),
    table('t', [
      ['Thi', 'đua'],
      ['thi đua', ''],
    ]),
  ])
  expect(replace(doc, 'TĐ')).toHaveLength(3)
  expect(readBody(doc)[0]).toMatchObject({ runs: [run('Khối TĐ và '), run('TĐ', 'bold')] })
  expect(words(doc).slice(1)).toEqual(['Thi', 'đua', 'TĐ', ''])
})

test('[P06] matches side by side that were replaced by nothing all come back', () => {
  const doc = new Y.Doc()
  writeBody(doc, [clause('c', 'text', 'Số: ......../QĐ')])
  const made = doc.transact(() => replaceMatches(doc, { text: '.', matchCase: false }, ''))
  expect(words(doc)).toEqual(['Số: /QĐ'])
  const back = doc.transact(() => takeBackChanges(doc, changed(made)))
  expect([words(doc), back.length]).toEqual([['Số: ......../QĐ'], 8])
  doc.transact(() => takeBackChanges(doc, back))
  expect(words(doc)).toEqual(['Số: /QĐ'])
})

test('[P04] whatever another types at the same moment, all replaced and put back: every letter is there again', () => {
  void fc.assert(
    fc.property(
      fc.array(fc.constantFrom('thi đua', 'Thi Đua', 'phong trào', ' ', ', '), { maxLength: 12 }),
      fc.nat(),
      fc.constantFrom('TĐ', '', 'thi đua thi đua'),
      (parts, n, by) => {
        const doc = new Y.Doc()
        writeBody(doc, [clause('a', 'text', parts.join('')), clause('b', 'text', 'thi đua')])
        const other = copyOf(doc)
        const text = parts.join('')
        const at = n % (text.length + 1)
        const [box] = textBoxes(other)
        const [part] = box ? texts(box.element) : []
        if (part) part.insert(at, '※')
        else setClauseText(other, 'a', '※')
        const made = replace(doc, by)
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
        expect(words(doc)[0]?.split('※')).toHaveLength(2)
        doc.transact(() => takeBackChanges(doc, changed(made)))
        expect(words(doc)[0]?.split('※')).toHaveLength(2)
        expect(words(doc)[0]?.replace('※', '')).toBe(text)
        expect(words(doc)[1]).toBe('thi đua')
      },
    ),
    { numRuns: 100 },
  )
})
