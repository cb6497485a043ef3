import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { NO_DEVICE, NOTHING_KEPT } from '../../../../client/clauses/suggest/draftDatabase.ts'
import { openFork } from '../../../../client/clauses/suggest/fork.ts'
import { sharedPlace } from '../../../../client/clauses/threads/sharedPlace.ts'
import { insertClause, setClauseText, writeBody } from '../../../../shared/clauses/yjs.ts'
import { wordsLocator } from '../../../../shared/comments/locateWords.ts'
import { clause } from '../../../support/builders.ts'

function start() {
  const room = new Y.Doc()
  writeBody(room, [clause('a', 'paragraph', 'một hai ba'), clause('b', 'paragraph', 'bốn năm')])
  const { doc } = openFork(
    room,
    { userId: 'u', documentId: 'd', epoch: 'e' },
    NO_DEVICE,
    NOTHING_KEPT,
  )
  return { room, page: doc }
}
const words = { box: 0, from: 4, to: 7, seen: 'hai' }

test('[UX-48] words of a draft that the others have too are found in the shared text', () => {
  const { room, page } = start()
  setClauseText(page, 'b', 'bốn năm sáu')
  const place = sharedPlace(room, page, { clauseId: 'a', ...words })
  expect(place).toMatchObject({ clauseId: 'a', quote: 'hai' })
  if (!place?.anchor) throw new Error('no anchor')
  expect(wordsLocator(room)(place.anchor, 'a')).toMatchObject({ clauseId: 'a', from: 4, to: 7 })
})

test('[P11] what only the draft says goes into no thread: not as a quote, not as a place', () => {
  const { room, page } = start()
  setClauseText(page, 'a', 'một kín ba')
  expect(sharedPlace(room, page, { clauseId: 'a', ...words, seen: 'kín' })).toEqual({
    clauseId: 'a',
    anchor: null,
    quote: '',
  })
  insertClause(page, 'a', clause('n', 'paragraph', 'mới kín'))
  expect(sharedPlace(room, page, { clauseId: 'n', ...words, seen: 'kín' })).toBeNull()
})

test('words of a clause that the others have changed meanwhile are no place either', () => {
  const { room, page } = start()
  const late = new Y.Doc()
  Y.applyUpdate(late, Y.encodeStateAsUpdate(room))
  setClauseText(late, 'a', 'không một hai ba')
  expect(sharedPlace(late, page, { clauseId: 'a', ...words })?.anchor).toBeNull()
})
