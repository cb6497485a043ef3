import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { NOTHING_KEPT, type Words } from '../../../../client/clauses/suggest/draftDatabase.ts'
import { type Fork, openFork } from '../../../../client/clauses/suggest/fork.ts'
import type { Block } from '../../../../shared/clauses/clause.ts'
import {
  deleteClause,
  insertClause,
  readBody,
  setClauseText,
  writeBody,
} from '../../../../shared/clauses/yjs.ts'
import { clause } from '../../../support/builders.ts'

const KEY = { userId: 'u', documentId: 'd', epoch: 'e' }

function start() {
  const room = new Y.Doc()
  writeBody(room, [
    clause('a', 'paragraph', 'một hai ba'),
    clause('b', 'paragraph', 'bốn năm'),
    clause('c', 'paragraph', 'sáu'),
  ])
  const updates: Uint8Array[] = []
  const device = { ...NOTHING_KEPT, updates }
  const database = {
    add: async (_: unknown, update: Uint8Array) => updates.push(update) > 0,
    setWords: async (_: unknown, words: Words) => Object.assign(device, words) === device,
  }
  return { room, device, database, fork: openFork(room, KEY, database, NOTHING_KEPT) }
}
const says = (fork: Fork) =>
  fork
    .now()
    .changes.map(
      (change) => `${change.kind} ${change.clauseId}${'text' in change ? `: ${change.text}` : ''}`,
    )

test('[P11] a draft is one’s own: the shared text hears nothing of it, and goes on into it', () => {
  const { room, fork } = start()
  const before = Y.encodeStateVector(room)
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  expect(Y.encodeStateVector(room)).toEqual(before)
  setClauseText(room, 'a', 'không một hai ba')
  setClauseText(room, 'c', 'sáu bảy')
  expect(says(fork)).toEqual(['edit a: không một hai ba bốn'])
})

test('what the device kept comes back over a newer text', () => {
  const { room, fork, device, database } = start()
  setClauseText(fork.doc, 'a', 'một 2 ba')
  deleteClause(fork.doc, 'b')
  insertClause(fork.doc, 'a', clause('n', 'point', 'mới'))
  setClauseText(room, 'c', 'sáu bảy')
  const again = openFork(room, KEY, database, device)
  expect(says(again)).toEqual(['delete b', 'edit a: một 2 ba', 'insert n: mới'])
})

test('a clause that others move takes its draft along, merged with what they wrote', () => {
  const { room, fork } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  const moved = { ...(readBody(room)[0] as Block) }
  room.transact(() => {
    deleteClause(room, 'a')
    insertClause(room, 'c', moved)
    setClauseText(room, 'a', 'MỘT hai ba')
  })
  expect(says(fork)).toEqual(['edit a: MỘT hai ba bốn'])
  expect(fork.now().adrift).toEqual([])
})

test('a level that was drafted outlives a move too', () => {
  const { room, fork } = start()
  ;(fork.doc.getXmlFragment('body').get(0) as Y.XmlElement).setAttribute('level', 'point')
  const moved = { ...(readBody(room)[0] as Block) }
  room.transact(() => {
    deleteClause(room, 'a')
    insertClause(room, 'c', moved)
  })
  expect(fork.now().changes).toMatchObject([{ kind: 'edit', clauseId: 'a', level: 'point' }])
})

test('[P04] a clause that others delete leaves what was drafted in it to its author', () => {
  const { room, fork } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  deleteClause(room, 'a')
  expect(says(fork)).toEqual([])
  expect(fork.now().adrift).toEqual([{ clauseId: 'a', text: 'một hai ba bốn' }])
  fork.dismissAdrift()
  expect(fork.now().adrift).toEqual([])
})

test('[P04] so it is when the clause was deleted while no page was open, until they have been seen', () => {
  const { room, fork, device, database } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  expect(says(fork)).toHaveLength(1)
  fork.destroy()
  deleteClause(room, 'a')
  const lost = [{ clauseId: 'a', text: 'một hai ba bốn' }]
  const again = openFork(room, KEY, database, device)
  expect(again.now().adrift).toEqual(lost)
  again.destroy()
  const third = openFork(room, KEY, database, device)
  expect(third.now().adrift).toEqual(lost)
  third.dismissAdrift()
  third.destroy()
  expect(openFork(room, KEY, database, device).now().adrift).toEqual([])
})

test('a device that takes nothing is said', async () => {
  const room = new Y.Doc()
  writeBody(room, [clause('a', 'paragraph', 'một')])
  const nothing = async () => false
  const fork = openFork(room, KEY, { add: nothing, setWords: nothing }, NOTHING_KEPT)
  setClauseText(fork.doc, 'a', 'hai')
  await expect.poll(() => fork.now().kept).toBe(false)
})
